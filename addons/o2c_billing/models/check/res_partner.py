"""The customer whose every invoice is looked at."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_check_invoices = fields.Boolean(
        string="Check Each Invoice",
        help="A second person looks at every invoice of this customer before it is "
        "posted.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_check_invoices"]
