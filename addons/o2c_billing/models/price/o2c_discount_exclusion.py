"""Discounts that exclude each other."""

from odoo import fields, models


class O2cDiscountExclusion(models.Model):
    """Of the discounts in one such group only one counts."""

    _name = "o2c.discount.exclusion"
    _description = "Discounts That Exclude Each Other"
    _inherit = ["o2c.price.rule.part"]
    _order = "name, id"

    name = fields.Char(
        required=True, translate=True, help="For example: campaigns, or payment terms."
    )
    pick = fields.Selection(
        [("best", "The best for the customer"), ("first", "The first in sequence")],
        required=True,
        default="best",
        help="Which discount of the group counts when several fit. The best is "
        "measured on the price before discounts.",
    )
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies."
    )
    active = fields.Boolean(default=True)
