"""The ways that are no e-mail: network, portal, supplier portal."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...policy import channel as policy


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    # The network

    def _send_network(self):
        """Over the network when it can be; else as a file with the e-mail."""
        self.ensure_one()
        if not self._preflight():
            return False
        if not self._on_network():
            return self._as_file()
        if not self._generate(["peppol"]):
            return False
        if self._network_state() == "error":
            self._rejected()
            return False
        self._left(self.partner_id.commercial_partner_id.peppol_endpoint or "")
        return True

    def _on_network(self):
        """Can this document go over the network? The add-on for it must be there."""
        if "peppol" not in self.company_id._o2c_methods():
            return False
        send = self.env["account.move.send"]
        return bool(
            self._peppol_user() and send._is_applicable_to_move("peppol", self.move_id)
        )

    def _peppol_user(self):
        """Our company's registration at the network."""
        company = self.company_id
        return "peppol_can_send" in company._fields and company.peppol_can_send

    def _network_state(self):
        """What the network says of the document: processing, done, error or nothing."""
        move = self.move_id
        return "peppol_move_state" in move._fields and move.peppol_move_state

    def _as_file(self):
        """The e-invoice goes as a file with the e-mail."""
        mailed = self.search(
            [
                ("move_id", "=", self.move_id.id),
                ("channel", "=", policy.EMAIL),
                ("state", "!=", "dropped"),
            ]
        )
        words = self.env._("Not on the network: the file goes with the e-mail.")
        if mailed:
            self.write({"state": "dropped", "reason": words, "next_try": False})
            self._settle()
            return False
        self.write({"channel": policy.EMAIL, "instead_of": policy.NETWORK})
        return self._send_email()

    def _rejected(self):
        """The network refused it."""
        self._came_back(
            "einvoice_rejected",
            self.env._("The e-invoice was refused by the network."),
            self.customer_id,
            event="rejected",
        )

    @api.model
    def _read_network(self, company):
        """What the network answered since."""
        sent = self.search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", policy.NETWORK),
                ("state", "=", "sent"),
                ("handed_at", "=", False),
                ("answered", "=", False),
            ]
        )
        for row in sent:
            state = row._network_state()
            if state == "done":
                row.answered = True
                self.env["o2c.delivery.log"]._log(
                    row.move_id, policy.NETWORK, "accepted"
                )
            elif state == "error":
                row._rejected()

    answered = fields.Boolean(
        readonly=True, help="The network said that the document arrived."
    )

    # The portal

    def _send_portal(self):
        """The document stands in the portal; a notice says so, or nothing does."""
        self.ensure_one()
        preference = self._preference()
        notice = preference.portal_notice if preference else True
        if self.message_id:
            return self._carry()
        if not self._preflight() or not self._generate(["manual"]):
            return False
        if not notice:
            self._left(self.env._("in the portal, without a notice"))
            return True
        self.message_id = self._write_notice()
        return self._carry()

    def _write_notice(self):
        """A short e-mail without the document.

        :return: ``mail.message``
        """
        move = self.move_id
        lang = (
            self.env["o2c.mail.bundle"]
            .new({"partner_id": self.partner_id.id, "company_id": self.company_id.id})
            ._language()
        )
        self.move_id._portal_ensure_token()
        template = self.env.ref("o2c_billing.o2c_portal_notice_template")
        render = template.with_context(lang=lang)._render_field
        author = move.invoice_user_id or self.env.user
        return move.with_context(
            lang=lang,
            email_notification_allow_footer=True,
            mail_notify_force_send=False,
            no_document=True,
        ).message_post(
            body=render("body_html", move.ids, options={"post_process": True})[move.id],
            subject=render("subject", move.ids)[move.id],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
            partner_ids=(self.partner_id | self._copies()).filtered("email").ids,
            author_id=author.partner_id.id,
            email_layout_xmlid="mail.mail_notification_layout_with_responsible_signature",
        )

    # The customer's own supplier portal

    def _send_upload(self):
        """A colleague uploads it: a task with address, owner, deadline and proof."""
        self.ensure_one()
        if not self._preflight() or not self._generate(["manual"]):
            return False
        preference = self._preference()
        owner = (
            preference.upload_user_id
            or self.company_id.o2c_responsible_id
            or self._owner(self.move_id, "document")
        )
        deadline = self.company_id._o2c_today() + timedelta(
            days=max(preference.upload_days, 0)
        )
        self.write(
            {
                "state": "todo",
                "waits_for": "person",
                "reason": self.env._("To be uploaded at %s", preference.upload_url),
                "user_id": owner.id,
                "upload_url": preference.upload_url,
                "deadline": deadline,
                "next_try": False,
            }
        )
        if owner:
            self.move_id.activity_schedule(
                "o2c_billing.o2c_upload_activity",
                date_deadline=deadline,
                user_id=owner.id,
                note=preference.upload_url,
            )
        self._settle()
        return False

    def action_uploaded(self):
        """The document was uploaded; without a proof it does not count."""
        self._check_sender()
        rows = self.sudo().filtered(
            lambda row: row.channel == policy.UPLOAD and row.state == "todo"
        )
        bare = rows.filtered(lambda row: not (row.proof or row.proof_ids))
        if bare:
            raise UserError(
                self.env._(
                    "Record the proof of upload first (a reference or a file): "
                    "%(numbers)s.",
                    numbers=", ".join(bare.mapped("name")),
                )
            )
        for row in rows:
            row._left(row.proof or ", ".join(row.proof_ids.mapped("name")))
            row.move_id._o2c_close_activities(
                "o2c_billing.o2c_upload_activity", feedback=row.proof
            )

    def action_open_upload(self):
        """Open the supplier portal."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.upload_url, "target": "new"}

    # Post by Snailmail

    def _send_snailmail(self):
        """Odoo's own service prints and posts; it looks at the contact himself, and
        passes over who has no address without a word."""
        send = self.env["account.move.send"]
        if not send._is_applicable_to_move("snailmail", self.move_id):
            words = self.env._(
                "Snailmail needs street, postcode, city and country on %(contact)s "
                "itself.",
                contact=self.move_id.partner_id.display_name,
            )
            later = fields.Datetime.now() + timedelta(hours=1)
            self._block(words, "customer", later)
            return False
        if not self._generate(["snailmail"]):
            return False
        self._left(self.env._("handed to Snailmail"))
        return True

    def _has_snailmail(self):
        """Is the app there, and does the company want it?"""
        return "snailmail" in self.company_id._o2c_methods()

    @api.model
    def _read_snailmail(self, company):
        """Letters that Snailmail did not print after all."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        posted = self.search(
            [
                ("company_id", "=", company.id),
                ("channel", "=", policy.POST),
                ("state", "=", "sent"),
                ("batch_id", "=", False),
                ("sent_at", ">=", since),
            ]
        )
        refused = posted._snailmail_refused() if posted else {}
        for row in posted.filtered(lambda one: one.move_id.id in refused):
            words = self.env._(
                "Snailmail did not print the letter: %(reason)s",
                reason=refused[row.move_id.id],
            )
            row._came_back("other", words, row.customer_id, event="rejected")

    def _snailmail_refused(self):
        """Documents whose letter failed, with the reason, when that app is there.

        :return: dict of move id to reason
        """
        if "snailmail.letter" not in self.env:
            return {}
        letters = (
            self.env["snailmail.letter"]
            .sudo()
            .search(
                [
                    ("model", "=", "account.move"),
                    ("res_id", "in", self.move_id.ids),
                    ("state", "in", ("error", "canceled")),
                ]
            )
        )
        return {one.res_id: one.error_code or one.state for one in letters}
