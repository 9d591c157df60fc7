"""How a company invoices when a customer has no rhythm of his own."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_billing_rhythm_id = fields.Many2one(
        "o2c.billing.rhythm",
        string="Billing Rhythm",
        ondelete="restrict",
        help="For customers without a rhythm of their own. Empty: at once, an invoice "
        "per order.",
    )
