"""Which codes a printed invoice has."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_pay_codes(self):
        """Codes on this invoice: the pay page, and beside it the bank app's.

        :return: list, see ``o2c.payment.link._paper_codes``; empty where the company
            prints no codes or has no durable links
        """
        self.ensure_one()
        if not self.display_link_qr_code or not self._o2c_has_pay_link():
            return []
        if not self.amount_residual:
            return []
        return self.env["o2c.payment.link"]._paper_codes(
            self._get_portal_payment_link(),
            self._o2c_bank_code(),
            self.company_id,
            self.commercial_partner_id,
            self.currency_id,
        )

    def _o2c_bank_code(self):
        """Code for bank apps, empty when one transfer does not say all.

        A code has one amount and one account: an invoice with several instalments
        still open, or with a part for a blocked account, has none.
        """
        self.ensure_one()
        account = self.partner_bank_id.sudo()
        instalments = self.line_ids.filtered(
            lambda line: line.display_type == "payment_term" and not line.reconciled
        )
        if not account or len(instalments) > 1 or not self._o2c_one_account():
            return b""
        return self.env["o2c.payment.link"]._bank_code(
            account,
            self.amount_residual,
            self.currency_id,
            self.payment_reference or self.name,
        )

    def _compute_display_qr_code(self):
        """Extends account: never two codes for the bank app on one invoice.

        Without a dependency on our fields: when they go, Odoo would take along its own
        field of the same name on bank statement lines, which inherits this one.
        """
        result = super()._compute_display_qr_code()
        for move in self:
            ours = move.display_link_qr_code and move._o2c_has_pay_link()
            if move.display_qr_code and ours and move._o2c_bank_code():
                move.display_qr_code = False
        return result
