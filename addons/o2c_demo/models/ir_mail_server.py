"""The demo's post office: every mail counts as sent, none leaves the machine."""

from odoo import models

#: Mail to this domain comes back, so that the demo has a failed delivery to show.
BOUNCING_DOMAIN = "@bounce.example"


class Postbox:
    """Takes mail as a mail server does, and keeps it to itself."""

    from_filter = False
    smtp_from = False

    def send_message(self, message, smtp_from, smtp_to_list):
        """Accept everything.

        :return: refused recipients: none
        """
        return {}

    def quit(self):
        """Nothing to close."""


class IrMailServer(models.Model):
    _inherit = "ir.mail_server"

    def _connect__(self, *args, **kwargs):  # noqa: PLW3201
        """While the demo is installed no connection to a mail server is made."""
        return None if self._disable_send() else Postbox()

    def _prepare_email_message__(self, message, smtp_session):  # noqa: PLW3201
        """Refuse what is addressed to the demo's unreachable mailboxes."""
        result = super()._prepare_email_message__(message, smtp_session)
        if any(address.endswith(BOUNCING_DOMAIN) for address in result[1]):
            raise AssertionError(self.NO_VALID_RECIPIENT)
        return result
