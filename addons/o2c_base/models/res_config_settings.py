"""One settings page for the whole chain."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_profile = fields.Selection(related="company_id.o2c_profile", readonly=False)
    o2c_responsible_id = fields.Many2one(
        related="company_id.o2c_responsible_id", readonly=False
    )
