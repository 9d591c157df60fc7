"""The order: under which reference it came in."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_import_reference = fields.Char(
        string="Reference of the Order File",
        copy=False,
        readonly=True,
        help="How the sender names this order. The same customer's reference is never "
        "taken twice.",
    )

    _o2c_import_uniq = models.UniqueIndex(
        "(company_id, partner_id, o2c_import_reference) "
        "WHERE o2c_import_reference IS NOT NULL",
        "An order of this customer with this reference exists already.",
    )
