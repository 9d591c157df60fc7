"""A test mail: the text as a customer would get it, to yourself."""

from odoo import models
from odoo.exceptions import UserError


class O2cNoticeText(models.Model):
    _inherit = "o2c.notice.text"

    def action_test_mail(self):
        """Mail this text to the user who asks, with the customer of the preview, else
        with examples. Nothing is written about any customer."""
        self.ensure_one()
        self._check_writer()
        user = self.env.user
        if not user.email:
            raise UserError(
                self.env._("You have no e-mail address yet. Add it to your user first.")
            )
        company = self.env.company
        rendered = self.env["o2c.dunning.notice"]._preview(
            self, self._preview_customer(), company
        )
        self.env["mail.mail"].sudo().create(
            {
                "subject": self.env._("[Test] %s", rendered["subject"]),
                "body_html": rendered["content"],
                "email_from": company.o2c_dunning_email or company.email_formatted,
                "email_to": user.email_formatted,
                "auto_delete": True,
            }
        ).send()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Test mail sent to %s.", user.email),
            },
        }

    def _preview_customer(self):
        """The customer chosen on the form; the choice itself is not kept."""
        chosen = self.env.context.get("o2c_preview_partner_id")
        return self.env["res.partner"].browse(chosen or ()).exists()

    def _check_writer(self):
        """Who may change texts may try them out."""
        self.env.user._o2c_check_collector(manager=True)
