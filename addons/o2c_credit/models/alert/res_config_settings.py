"""Monitoring, signatures and natural persons on the settings page."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_digest = fields.Boolean(related="company_id.o2c_digest", readonly=False)
    o2c_report_months = fields.Integer(
        related="company_id.o2c_report_months", readonly=False
    )
    o2c_watch_over_days = fields.Integer(
        related="company_id.o2c_watch_over_days", readonly=False
    )
    o2c_signatory_mode = fields.Selection(
        related="company_id.o2c_signatory_mode", readonly=False
    )
    o2c_signatory_amount = fields.Monetary(
        related="company_id.o2c_signatory_amount",
        currency_field="currency_id",
        readonly=False,
    )
    o2c_sole_traders_are_persons = fields.Boolean(
        related="company_id.o2c_sole_traders_are_persons", readonly=False
    )
    o2c_contest_days = fields.Integer(
        related="company_id.o2c_contest_days", readonly=False
    )
    o2c_person_retention = fields.Boolean(
        related="company_id.o2c_person_retention", readonly=False
    )
    o2c_person_retention_months = fields.Integer(
        related="company_id.o2c_person_retention_months", readonly=False
    )
