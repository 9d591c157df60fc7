"""Settings of collecting."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_dunning_mode = fields.Selection(
        related="company_id.o2c_dunning_mode", readonly=False
    )
    o2c_dunning_start_date = fields.Date(
        related="company_id.o2c_dunning_start_date", readonly=False
    )
    o2c_dunning_ladder_id = fields.Many2one(
        related="company_id.o2c_dunning_ladder_id", readonly=False
    )
    o2c_dunning_tolerance = fields.Monetary(
        related="company_id.o2c_dunning_tolerance",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_dunning_old_items = fields.Boolean(
        related="company_id.o2c_dunning_old_items", readonly=False
    )
    o2c_dunning_sent_required = fields.Boolean(
        related="company_id.o2c_dunning_sent_required", readonly=False
    )
    o2c_dunning_max_notices = fields.Integer(
        related="company_id.o2c_dunning_max_notices", readonly=False
    )
    o2c_dunning_promise_grace = fields.Integer(
        related="company_id.o2c_dunning_promise_grace", readonly=False
    )
    o2c_dunning_email = fields.Char(
        related="company_id.o2c_dunning_email", readonly=False
    )
