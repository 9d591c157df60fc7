"""Odoo's mail queue tells the notice what became of its mail."""

from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        carriers = self.filtered(lambda mail: mail.model == "o2c.dunning.case")
        if carriers:
            self.env["o2c.dunning.notice"]._mail_outcome(
                carriers, failure_type, failure_reason
            )
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        if failure_type:
            # the notice tries again with fresh amounts; this mail must not
            carriers.exists().write({"state": "cancel"})
        return result
