"""How long a draft may wait, on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_check_hours = fields.Float(related="company_id.o2c_check_hours", readonly=False)
    o2c_office_from = fields.Float(related="company_id.o2c_office_from", readonly=False)
    o2c_office_to = fields.Float(related="company_id.o2c_office_to", readonly=False)
