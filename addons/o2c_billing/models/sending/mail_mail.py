"""Odoo's outbox: what became of e-mails that a person sent from the invoice."""

from markupsafe import Markup

from odoo import models
from odoo.exceptions import UserError


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        messages = self.mail_message_id
        result = super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )
        rows = messages and self.env["o2c.sending"].sudo().search(
            [
                ("message_id", "in", messages.ids),
                ("state", "=", "sent"),
                ("handed_at", "=", False),
                ("channel", "=", "email"),
            ]
        )
        for row in rows or ():
            if failure_type:
                row._fail(UserError(failure_reason or failure_type))
            else:
                self.env["o2c.delivery.log"]._log(row.move_id, row.channel, "accepted")
        return result

    def _prepare_outgoing_body(self):
        """The invisible picture and the line that says so, when the company asks."""
        body = super()._prepare_outgoing_body()
        row = (
            self.env["o2c.sending"]
            .sudo()
            .search([("message_id", "=", self.mail_message_id.id)], limit=1)
            if self.mail_message_id
            else self.env["o2c.sending"]
        )
        if not body or not row or not row.company_id.o2c_track_opens:
            return body
        lang = row.partner_id.lang or row.company_id.partner_id.lang
        words = row.with_context(lang=lang).env._(
            "This e-mail holds a small picture that tells us that it was opened, so "
            "that we know that our invoice arrived. It stores nothing on your device; "
            "block pictures if you do not want it."
        )
        return body + Markup(
            '<p style="color:#888;font-size:11px">%s</p>'
            '<img src="%s" width="1" height="1" alt="" style="display:none"/>'
        ) % (words, row._opened_url())
