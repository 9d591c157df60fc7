"""The customer that hires people and pays a part to the blocked account."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_blocked_account = fields.Boolean(
        string="Pays a Part to the G-Account",
        company_dependent=True,
        help="New invoices of this customer name both accounts and the amounts.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_blocked_account"]
