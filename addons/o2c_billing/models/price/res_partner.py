"""The customer: his discount group and his price agreements."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_discount_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Discount Group",
        domain=[("scope", "=", "customer")],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Price agreements can be made for all customers of a discount group.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_discount_group_id"]
