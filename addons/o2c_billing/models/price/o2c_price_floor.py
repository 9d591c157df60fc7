"""Minimum prices and margins."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy import price as policy


class O2cPriceFloor(models.Model):
    """Below this, prices by rule are lifted and prices by hand are shown."""

    _name = "o2c.price.floor"
    _description = "Minimum Price"
    _inherit = ["o2c.price.rule.part"]
    _order = "company_id, product_id, categ_id, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="Shown where it lifts a price.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="Empty, with the category empty too: holds for every article. The most "
        "precise minimum counts: article, nearest category, everything.",
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        index="btree_not_null",
        ondelete="cascade",
        help="Holds for this category and everything below it.",
    )
    kind = fields.Selection(
        [("goods", "Goods"), ("service", "Services")],
        help="Holds for goods or for services only. Empty: for both.",
    )
    by_amount = fields.Boolean(
        string="Minimum Price", help="The price does not go below an amount."
    )
    amount = fields.Float(
        string="At Least",
        min_display_digits="Product Price",
        help="Per unit of the article in company currency, without VAT unless your "
        "prices include it.",
    )
    by_margin = fields.Boolean(
        string="Minimum Margin",
        help="The price does not go below the cost of the article plus a margin.",
    )
    margin = fields.Float(
        string="Margin %",
        digits="Discount",
        help="Share of the price that remains after the cost of the article. 0: never "
        "below cost. At 20 % an article that costs 8.00 asks 10.00.",
    )
    date_from = fields.Date(string="Valid From", help="First day on which it holds.")
    date_to = fields.Date(string="Valid Until", help="Last day on which it holds.")
    promises = fields.Boolean(
        string="Also Agreed Prices",
        help="Lift fixed prices that were agreed with the customer himself too. Off: "
        "such a price is a promise; only the discounts on top of it are limited.",
    )

    _margin_check = models.Constraint(
        "CHECK(margin >= 0 AND margin < 100)",
        "A margin is a share of the price: 0 % or more and less than 100 %.",
    )
    _amount_check = models.Constraint(
        "CHECK(amount >= 0)", "A minimum price is not negative."
    )
    _dates_check = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "The minimum ends before it begins. Check the two dates.",
    )

    @api.constrains("name", "by_amount", "by_margin", "product_id", "categ_id")
    def _check_complete(self):
        for floor in self:
            if not floor.by_amount and not floor.by_margin:
                raise ValidationError(
                    self.env._(
                        "%(name)s: choose a minimum price, a minimum margin or both.",
                        name=floor.name,
                    )
                )
            if floor.product_id and floor.categ_id:
                raise ValidationError(
                    self.env._(
                        "%(name)s: choose an article or a category, not both.",
                        name=floor.name,
                    )
                )

    def _floor(self):
        """This minimum as the policy reads it.

        :return: :class:`policy.price.Floor`
        """
        self.ensure_one()
        return policy.Floor(
            id=self.id,
            name=self.name,
            amount=Decimal(str(self.amount)) if self.by_amount else None,
            margin=Decimal(str(self.margin)) if self.by_margin else None,
            product=self.product_id.id or None,
            category=self.categ_id.id or None,
            kind=self.kind or None,
            valid_from=self.date_from or None,
            valid_to=self.date_to or None,
            promises=self.promises,
        )
