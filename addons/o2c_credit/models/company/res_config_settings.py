"""The credit block of the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_credit_mode = fields.Selection(
        related="company_id.o2c_credit_mode", readonly=False
    )
    o2c_credit_start_date = fields.Date(
        related="company_id.o2c_credit_start_date", readonly=False
    )
    o2c_credit_controller_id = fields.Many2one(
        related="company_id.o2c_credit_controller_id", readonly=False
    )
    o2c_overdue_amount = fields.Monetary(
        related="company_id.o2c_overdue_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_overdue_days = fields.Integer(
        related="company_id.o2c_overdue_days", readonly=False
    )
    o2c_release_amount = fields.Monetary(
        related="company_id.o2c_release_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_auto_release = fields.Selection(
        related="company_id.o2c_auto_release", readonly=False
    )
    o2c_trust_registered = fields.Boolean(
        related="company_id.o2c_trust_registered", readonly=False
    )
    o2c_limit_controller_amount = fields.Monetary(
        related="company_id.o2c_limit_controller_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_limit_far_months = fields.Integer(
        related="company_id.o2c_limit_far_months", readonly=False
    )
    o2c_limit_four_eyes = fields.Boolean(
        related="company_id.o2c_limit_four_eyes", readonly=False
    )
    o2c_limit_four_eyes_amount = fields.Monetary(
        related="company_id.o2c_limit_four_eyes_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_hold_days = fields.Integer(related="company_id.o2c_hold_days", readonly=False)
