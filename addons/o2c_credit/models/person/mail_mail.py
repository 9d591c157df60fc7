"""What became of a letter or a confirmation that was mailed: into the delivery log."""

from odoo import models

#: Documents whose mails are logged here.
DOCUMENTS = ("o2c.decision.letter", "o2c.payment.agreement")


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        for mail in self.filtered(lambda mail: mail.model in DOCUMENTS):
            document = self.env[mail.model].sudo().browse(mail.res_id).exists()
            if document:
                self.env["o2c.delivery.log"]._log(
                    document,
                    "email",
                    "failed" if failure_type else "sent",
                    detail=failure_reason or ", ".join(success_emails or ()) or "",
                )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
