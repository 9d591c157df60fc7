"""The sending part of the billing settings."""

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_other_way = fields.Selection(related="company_id.o2c_other_way", readonly=False)
    o2c_last_way = fields.Selection(related="company_id.o2c_last_way", readonly=False)
    o2c_bundle_hour = fields.Float(related="company_id.o2c_bundle_hour", readonly=False)
    o2c_ask_customer = fields.Boolean(
        related="company_id.o2c_ask_customer", readonly=False
    )
    o2c_track_opens = fields.Boolean(
        related="company_id.o2c_track_opens", readonly=False
    )
    o2c_post_by = fields.Selection(related="company_id.o2c_post_by", readonly=False)
    o2c_invoice_template_id = fields.Many2one(
        related="company_id.o2c_invoice_template_id", readonly=False
    )
    o2c_invoice_report_id = fields.Many2one(
        related="company_id.o2c_invoice_report_id", readonly=False
    )
