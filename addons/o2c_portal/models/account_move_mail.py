"""The button of a mail about an invoice leads to its pay page."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_mailed_page(self):
        """Address for the button of a mail; empty where Odoo's own page is better."""
        self.ensure_one()
        move = self.sudo()
        if (
            not move._o2c_has_pay_link()
            or move.currency_id.is_zero(move.amount_residual)
            or move.company_id._o2c_address_refusal()
        ):
            return ""
        return self.env["o2c.payment.link"]._for(move)._url()

    def _notify_get_recipients_groups(self, message, model_description, msg_vals=False):
        """Extends account: who is not a colleague gets one button for all that he may
        want with the invoice: look, pay, say what stops him."""
        groups = super()._notify_get_recipients_groups(
            message, model_description, msg_vals=msg_vals
        )
        if url := self._o2c_mailed_page():
            button = {"url": url, "title": self.env._("View and pay")}
            for name, _belongs, data in groups:
                if name != "user" and data.get("has_button_access"):
                    data["button_access"] = dict(button)
        return groups
