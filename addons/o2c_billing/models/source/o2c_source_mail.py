"""Files that come by mail: read one by one, and what cannot be read stays visible."""

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, email_normalize_all

from odoo.addons.o2c_base.tools.spreadsheet import (
    UnsafeFileError,
    rows_of_workbook,
)

from ...policy import event_file
from ...policy.order_file import Problem, decode

MAX_BYTES = 10 * 1024 * 1024
WORKBOOK = b"PK\x03\x04"


class O2cSourceBatch(models.Model):
    _inherit = "o2c.source.batch"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail to the alias of a source; its files are read right after."""
        values = dict(custom_values or {})
        source = self.env["o2c.billing.source"].sudo().browse(values.get("source_id"))
        values |= {
            "name": msg_dict.get("subject") or self.env._("Mail without subject"),
            "channel": "mail",
            "sender": msg_dict.get("email_from"),
            "user_id": source.user_id.id or source.company_id.o2c_responsible_id.id,
        }
        batch = super().message_new(msg_dict, custom_values=values)
        self.env.ref("o2c_billing.o2c_source_mail_cron").sudo()._trigger()
        return batch

    @api.model
    def _cron_read_mails(self):
        """Every mail that was not read yet; one that fails never stops another."""
        batches = self.search(
            [("state", "=", "received"), ("channel", "=", "mail")], order="id"
        )
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(batches))
        for batch in batches:
            if batch.try_lock_for_update():
                batch._read_mail()
            if not cron._commit_progress(processed=1):
                return

    def action_read(self):
        """Read it again, whoever sent it: a person has looked at the mail."""
        self._check_authority()
        for batch in self.filtered(lambda b: b.state in ("received", "failed")):
            batch.sudo()._read_mail(trusted=True)

    def _read_mail(self, trusted=False):
        """Take the events of the attached files.

        :param bool trusted: a person vouches for the sender
        """
        self.ensure_one()
        self = self.sudo()
        try:
            with self.env.cr.savepoint():
                if not trusted:
                    self._check_sender()
                self._take_files()
        except OperationalError:
            raise
        except Exception as error:
            self._fail(error)
            return
        self.activity_unlink(["mail.mail_activity_data_todo"])
        self.message_post(
            body=self.env._(
                "%(taken)s taken, %(known)s known before, %(refused)s refused.",
                taken=self.accepted_count,
                known=self.known_count,
                refused=self.refused_count,
            )
        )

    def _check_sender(self):
        """Not everybody who knows the address may have things invoiced."""
        allowed = email_normalize_all(self.source_id.sender_emails or "")
        if email_normalize(self.sender or "") not in allowed:
            raise UserError(
                self.env._(
                    "%(sender)s is not a sender of this source. Look at the mail; "
                    "read it by hand if it is right, and add the sender.",
                    sender=self.sender or self.env._("An unknown sender"),
                )
            )

    def _take_files(self):
        source = self.source_id._at_work()
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id)], order="id"
        )
        rows = []
        for attachment in files:
            if attachment.name and attachment.name.lower().endswith((".eml", ".html")):
                continue  # the mail itself, kept by the gateway
            rows += self._rows(attachment.name or "", attachment.raw or b"", source)
        if not rows:
            raise UserError(self.env._("No CSV or XLSX file is attached to the mail."))
        source._take(rows, self)

    @api.model
    def _rows(self, filename, content, source):
        """Rows of a file.

        :raise UserError: naming what is wrong with the file as a whole
        """
        rows, problems = self._read_file(filename, content)
        if problems:
            words = "\n".join(
                f"{problem.line}: {source._problem_words(problem)}"
                if problem.line
                else source._problem_words(problem)
                for problem in problems[:20]
            )
            raise UserError(
                self.env._(
                    "%(file)s cannot be read.\n%(problems)s",
                    file=filename,
                    problems=words,
                )
            )
        return rows

    @api.model
    def _read_file(self, filename, content):
        """:return: pairs of line and dict, and the problems of the file"""
        if len(content) > MAX_BYTES:
            return [], [Problem(0, "", "large_file")]
        if content.startswith(WORKBOOK):
            try:
                return event_file.read_rows(rows_of_workbook(content))
            except UnsafeFileError:
                return [], [Problem(0, "", "unsafe", filename)]
            except Exception:
                return [], [Problem(0, "", "unreadable", filename)]
        text = decode(content)
        if text is None or text.lstrip("\ufeff \r\n\t").startswith("<"):
            return [], [Problem(0, "", "unreadable", filename)]
        return event_file.read_text(text)

    def _fail(self, error):
        """It could not be read: reason, and a task for its owner."""
        self.write({"state": "failed", "reason": str(error)})
        if self.user_id and not self.activity_ids:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=fields.Date.context_today(self),
                summary=self.env._("Import failed: %s", self.name),
                note=str(error),
                user_id=self.user_id.id,
            )
