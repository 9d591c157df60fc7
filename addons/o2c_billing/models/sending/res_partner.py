"""What the customer wants on his invoices."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_order_reference_required = fields.Boolean(
        string="Order Number Required",
        help="Invoices without the customer's own order number are not sent: they wait "
        "until somebody fills it in.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_order_reference_required"]
