"""The billing block of the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_billing_mode = fields.Selection(
        related="company_id.o2c_billing_mode", readonly=False
    )
    o2c_billing_start_date = fields.Date(
        related="company_id.o2c_billing_start_date", readonly=False
    )
    o2c_billing_automatic = fields.Boolean(
        related="company_id.o2c_billing_automatic", readonly=False
    )
    o2c_first_batch_id = fields.Many2one(related="company_id.o2c_first_batch_id")
    o2c_billing_rhythm_id = fields.Many2one(
        related="company_id.o2c_billing_rhythm_id", readonly=False
    )

    def action_o2c_first_batch(self):
        """Show the first batch of the company, to be approved."""
        return self.company_id.action_o2c_first_batch()
