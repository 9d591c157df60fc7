"""Settings of the run: bank data, office hours, unusual nights."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_dunning_bank_days = fields.Integer(
        related="company_id.o2c_dunning_bank_days", readonly=False
    )
    o2c_dunning_other_payer = fields.Selection(
        related="company_id.o2c_dunning_other_payer", readonly=False
    )
    o2c_dunning_office_hours = fields.Boolean(
        related="company_id.o2c_dunning_office_hours", readonly=False
    )
    o2c_dunning_opens = fields.Float(
        related="company_id.o2c_dunning_opens", readonly=False
    )
    o2c_dunning_closes = fields.Float(
        related="company_id.o2c_dunning_closes", readonly=False
    )
    o2c_dunning_max_amount = fields.Monetary(
        related="company_id.o2c_dunning_max_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_dunning_unusual_factor = fields.Integer(
        related="company_id.o2c_dunning_unusual_factor", readonly=False
    )
    o2c_dunning_engine = fields.Selection(
        related="company_id.o2c_dunning_engine", readonly=False
    )
    o2c_followup_installed = fields.Boolean(compute="_compute_o2c_followup_installed")

    def _compute_o2c_followup_installed(self):
        installed = "account_followup" in self.env["ir.module.module"]._installed()
        self.o2c_followup_installed = installed
