"""Rate and target of the invoicing lag on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_internal_rate = fields.Float(
        related="company_id.o2c_internal_rate", readonly=False
    )
    o2c_lag_target = fields.Float(related="company_id.o2c_lag_target", readonly=False)
    o2c_lag_benchmark = fields.Float(
        related="company_id.o2c_lag_benchmark", readonly=False
    )
