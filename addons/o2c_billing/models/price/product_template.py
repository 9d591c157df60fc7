"""The article: its discount group."""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    o2c_discount_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Discount Group",
        domain=[("scope", "=", "article")],
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="Price agreements can be made for all articles of a discount group.",
    )
