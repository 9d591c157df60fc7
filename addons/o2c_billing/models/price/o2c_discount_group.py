"""Groups that a contract price can be made for."""

from odoo import fields, models


class O2cDiscountGroup(models.Model):
    """A group of articles or of customers that share a discount."""

    _name = "o2c.discount.group"
    _description = "Discount Group"
    _order = "scope, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name, used when prices are imported.")
    scope = fields.Selection(
        [("article", "Articles"), ("customer", "Customers")],
        required=True,
        default="article",
        help="Whether articles or customers belong to this group.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies."
    )
    active = fields.Boolean(default=True)
