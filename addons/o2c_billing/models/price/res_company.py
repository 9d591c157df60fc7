"""How a company prices: decimals, repricing, invoices made by hand."""

from odoo import api, fields, models

from .o2c_price_agreement import DECIMALS


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_price_decimals = fields.Selection(
        DECIMALS,
        string="Unit Price Decimals",
        help="Agreed unit prices are rounded to so many decimals. Empty: as Odoo's "
        "'Product Price' says.",
    )
    o2c_reprice = fields.Selection(
        [
            ("offer", "Offer to update the prices"),
            ("auto", "Update the prices at once"),
        ],
        string="When a Factor Changes",
        default="offer",
        required=True,
        help="What happens to a saved quotation when its customer, subscription form, "
        "date or pricelist changes. Prices set by hand are left alone in both cases.",
    )
    o2c_price_invoices = fields.Boolean(
        string="Agreed Prices on Invoices Made by Hand",
        help="Lines of an invoice that is made without an order get the price of the "
        "customer's pricelist and agreements instead of the list price.",
    )

    @api.model
    def _o2c_core_digits(self):
        """Decimals of Odoo's 'Product Price'."""
        return self.env["decimal.precision"].precision_get("Product Price")

    def _o2c_price_digits(self):
        """Decimals of a unit price in this company."""
        own = self.sudo().o2c_price_decimals
        return int(own) if own else self._o2c_core_digits()
