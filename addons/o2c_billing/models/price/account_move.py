"""The invoice made by hand: whose pricelist, and asking again."""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.onchange("partner_id", "invoice_date", "currency_id")
    def _onchange_o2c_price_factors(self):
        """Another customer, day or currency can have other prices."""
        lines = self.invoice_line_ids
        lines.filtered(lambda line: line._o2c_follows_rules())._o2c_ask_prices()

    def copy(self, default=None):
        """A credit note, or the same again, keeps why its prices are what they are;
        lines that come from outside do not."""
        if {"line_ids", "invoice_line_ids"} & (default or {}).keys():
            return super().copy(default)
        with_pen = self.env["o2c.priced.line"]._o2c_with_pen().env
        copies = super(AccountMove, self.with_env(with_pen)).copy(default)
        return copies.with_env(self.env)

    def _o2c_pricelist(self):
        """The pricelist of the customer in this company; empty where none is used."""
        self.ensure_one()
        customer = self.partner_id.with_company(self.company_id)
        return customer.property_product_pricelist
