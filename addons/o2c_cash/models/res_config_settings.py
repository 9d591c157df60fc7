"""Settings of cash matching."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_cash_mode = fields.Selection(related="company_id.o2c_cash_mode", readonly=False)
    o2c_cash_start_date = fields.Date(
        related="company_id.o2c_cash_start_date", readonly=False
    )
    o2c_cash_automatic = fields.Boolean(
        related="company_id.o2c_cash_automatic", readonly=False
    )
    o2c_cash_tolerance = fields.Monetary(
        related="company_id.o2c_cash_tolerance",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_cash_difference = fields.Monetary(
        related="company_id.o2c_cash_difference",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_cash_difference_manager = fields.Monetary(
        related="company_id.o2c_cash_difference_manager",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_cash_difference_account_id = fields.Many2one(
        related="company_id.o2c_cash_difference_account_id", readonly=False
    )
    o2c_cash_discount_days = fields.Integer(
        related="company_id.o2c_cash_discount_days", readonly=False
    )
    o2c_cash_alone_from = fields.Monetary(
        related="company_id.o2c_cash_alone_from",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_cash_approval_id = fields.Many2one(related="company_id.o2c_cash_approval_id")

    def action_o2c_cash_approval(self):
        """Show the first batch of the company, to be approved."""
        return self.company_id.action_o2c_cash_approval()
