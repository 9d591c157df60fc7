"""Orders that customers mail: kept as they come, read one by one."""

import base64
import hashlib

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize

from ...policy import order_file
from ...policy.order_file import Problem
from .o2c_order_intake import MAX_BYTES

#: What may hold orders; the rest of a mail (logos, the mail itself) is no file.
ENDINGS = (".csv", ".txt", ".xlsx", ".xls", ".xml", ".json", ".zip")


class O2cOrderIntake(models.Model):
    _inherit = "o2c.order.intake"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail to the address of a company; its files are read right after."""
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(values.get("company_id"))
        company = company or self.env.company
        values |= {
            "name": msg_dict.get("subject") or self.env._("Mail without subject"),
            "company_id": company.id,
            "channel": "mail",
            "sender": msg_dict.get("email_from"),
            "user_id": self._owner(company, "mail").id,
        }
        intake = super().message_new(msg_dict, custom_values=values)
        self.env.ref("o2c_billing.o2c_order_intake_cron").sudo()._trigger()
        return intake

    @api.model
    def _cron_work(self):
        """Mails that were not read yet, and files whose quotations are being made.

        One that fails never stops another; a stop resumes where it was.
        """
        cron = self.env["ir.cron"]
        companies = self.env["res.company"]._o2c_companies("billing", ("watch", "live"))
        waiting = self.search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", "received"),
                ("channel", "=", "mail"),
            ],
            order="id",
        )
        making = self.search(
            [("ready_count", ">", 0), ("state", "in", ("ready", "mend"))], order="id"
        ).filtered(lambda intake: intake._goes_by_itself())
        cron._commit_progress(remaining=len(waiting) + len(making))
        for intake in waiting:
            if intake.try_lock_for_update():
                intake.company_id._o2c_job(intake)._work_mail()
            if not cron._commit_progress(processed=1):
                return
        for intake in making | waiting.filtered("ready_count"):
            if not intake._make_steadily():
                return

    def _make_steadily(self):
        """Quotations of a long file, some at a time.

        :return: whether there is time left
        """
        cron = self.env["ir.cron"]
        intake = self.company_id._o2c_job(self)._at_work()
        if not intake._goes_by_itself() or not intake.try_lock_for_update():
            return True
        while ready := intake.order_ids.filtered(lambda o: o.state == "ready")[:100]:
            intake._make(ready)
            if not cron._commit_progress(remaining=intake.ready_count):
                return False
        return bool(cron._commit_progress(processed=1))

    def _work_mail(self):
        """The files of a mail, one record each."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                parts = self._split_files()
        except OperationalError:
            raise
        except UserError as error:
            self.reason = str(error)
            self._settle()
            return
        for part in parts:
            part._work()

    def _split_files(self):
        """This record keeps the first file; each other file gets its own.

        :return: the records to read: a file that came in before is none
        """
        found = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "=", self.id),
                ("res_field", "=", False),
            ],
            order="id",
        )
        files = [one for one in found if (one.name or "").lower().endswith(ENDINGS)]
        if not files:
            return self
        parts = self.browse()
        for place, attachment in enumerate(files):
            part = self
            if place:
                part = self.create(
                    {
                        "name": f"{self.name} ({place + 1})",
                        "company_id": self.company_id.id,
                        "channel": "mail",
                        "sender": self.sender,
                        "user_id": self.user_id.id,
                    }
                )
            if part._keep_file(attachment.name, attachment.raw or b""):
                parts |= part
        return parts

    def _keep_file(self, filename, content):
        """Keep a file on this record.

        :return: whether it has to be read: it is new
        """
        if len(content) > MAX_BYTES:
            self.reason = self.env._("The file is larger than 10 MB. Split it.")
            self.state = "mend"
            return False
        digest = hashlib.sha256(content).hexdigest()
        known = self._same_file(self.company_id, digest)
        with self._once():
            self.write(
                {
                    "filename": filename,
                    "file": base64.b64encode(content),
                    "file_hash": digest,
                    "same_as_id": known.id,
                    **({"state": "done"} if known else {}),
                }
            )
            self.flush_recordset()
        if known:
            self._message_log(
                body=self.env._(
                    "This file came in before (%s); nothing was made again.", known.name
                )
            )
        return not known

    def _check_sender(self):
        """Orders are taken from people we know, or when somebody vouches for them."""
        if not self.trusted_by_id and not self._sender_partners():
            raise UserError(
                self.env._(
                    "%(sender)s is not a contact here. Look at the mail; when it is "
                    "right, press Sender Is Right, and add the contact.",
                    sender=self.sender or self.env._("An unknown sender"),
                )
            )

    def _sender_partners(self):
        """Contacts with the address of the sender."""
        address = email_normalize(self.sender or "")
        if not address:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                ("email_normalized", "=", address),
                ("company_id", "in", (False, self.company_id.id)),
            ]
        )

    def _judge_senders(self, orders, partners):
        """A contact orders for his own company only; our own people for anybody."""
        if self.channel != "mail" or self.trusted_by_id:
            return
        senders = self._sender_partners()
        if any(user._is_internal() for user in senders.sudo().user_ids):
            return
        own = senders.commercial_partner_id
        for order in orders:
            entity = partners[order.number].commercial_partner_id
            if entity and entity not in own:
                order.problems.append(
                    Problem(order.number, order_file.CUSTOMER, "sender", self.sender)
                )
