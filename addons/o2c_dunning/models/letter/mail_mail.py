"""Odoo's mail queue tells a letter what became of its mail."""

from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        carriers = self.filtered(
            lambda mail: mail.model in self.env
            and hasattr(self.env[mail.model], "_letter_left")
        )
        if carriers:
            self.env["o2c.customer.letter"]._mail_outcome(
                carriers, failure_type, failure_reason
            )
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
