"""Prices in the billing block of the settings page."""

from odoo import api, fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_price_decimals = fields.Selection(
        related="company_id.o2c_price_decimals", readonly=False
    )
    o2c_price_decimals_note = fields.Char(
        compute="_compute_o2c_price_decimals_note",
        string="Decimals in Odoo",
        help="How Odoo's own number of decimals and this setting go together.",
    )
    o2c_reprice = fields.Selection(related="company_id.o2c_reprice", readonly=False)
    o2c_price_invoices = fields.Boolean(
        related="company_id.o2c_price_invoices", readonly=False
    )

    @api.depends("o2c_price_decimals")
    def _compute_o2c_price_decimals_note(self):
        core = self.env.company._o2c_core_digits()
        for settings in self:
            own = settings.o2c_price_decimals
            note = False
            if own and int(own) > core:
                note = self.env._(
                    "Odoo's 'Product Price' has %(core)s decimals: list prices are "
                    "kept in %(core)s, agreed prices in %(own)s. Lines and invoices "
                    "show and count all %(own)s.",
                    core=core,
                    own=own,
                )
            elif own and int(own) < core:
                note = self.env._(
                    "Odoo's 'Product Price' has %(core)s decimals: only agreed prices "
                    "are rounded to %(own)s.",
                    core=core,
                    own=own,
                )
            settings.o2c_price_decimals_note = note
