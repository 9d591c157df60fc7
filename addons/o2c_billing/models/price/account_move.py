"""The invoice made by hand: whose pricelist, and asking again."""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.onchange("partner_id", "invoice_date", "currency_id")
    def _onchange_o2c_price_factors(self):
        """Another customer, day or currency can have other prices."""
        lines = self.invoice_line_ids
        lines.filtered(lambda line: line._o2c_follows_rules())._o2c_ask_prices()

    def _o2c_pricelist(self):
        """The pricelist of the customer in this company; empty where none is used."""
        self.ensure_one()
        customer = self.partner_id.with_company(self.company_id)
        return customer.property_product_pricelist
