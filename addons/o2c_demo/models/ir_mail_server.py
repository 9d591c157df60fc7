"""The demo's post office: every mail counts as sent, none leaves the machine."""

from odoo import models

#: Mail to this domain comes back, so that the demo has a failed delivery to show.
BOUNCING_DOMAIN = "@bounce.example"


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    @classmethod
    def _disable_send(cls):
        """Nothing is ever handed to a mail server while the demo is installed."""
        return True

    def _prepare_email_message__(self, message, smtp_session):  # noqa: PLW3201
        """Refuse what is addressed to the demo's unreachable mailboxes."""
        result = super()._prepare_email_message__(message, smtp_session)
        if any(address.endswith(BOUNCING_DOMAIN) for address in result[1]):
            raise AssertionError(self.NO_VALID_RECIPIENT)
        return result
