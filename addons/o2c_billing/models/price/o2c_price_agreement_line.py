"""Lines of a price agreement, with their quantity tiers."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy import price as policy


class O2cPriceAgreementLine(models.Model):
    """One price or percentage, and for what it holds."""

    _name = "o2c.price.agreement.line"
    _description = "Agreed Price"
    _inherit = ["o2c.price.rule.part"]
    _order = "agreement_id, sequence, id"
    _check_company_auto = True

    agreement_id = fields.Many2one(
        "o2c.price.agreement", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="agreement_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="agreement_id.currency_id")
    sequence = fields.Integer(default=10)
    step = fields.Selection(
        [("price", "Price"), ("discount", "On top")],
        default="price",
        required=True,
        help="Price: the one most specific line gives the price. On top: every "
        "discount or surcharge that fits is applied after it, in this order.",
    )
    product_id = fields.Many2one(
        "product.product",
        string="Article",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain=[("sale_ok", "=", True)],
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Category",
        index="btree_not_null",
        ondelete="restrict",
        help="Holds for this category and everything below it.",
    )
    article_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Article Group",
        domain=[("scope", "=", "article")],
        ondelete="restrict",
        check_company=True,
    )
    customer_group_id = fields.Many2one(
        "o2c.discount.group",
        string="Customer Group",
        domain=[("scope", "=", "customer")],
        ondelete="restrict",
        check_company=True,
    )
    subscription_form_id = fields.Many2one(
        "o2c.subscription.form", ondelete="restrict", check_company=True
    )
    kind = fields.Selection(
        [("goods", "Goods"), ("service", "Services")],
        help="Holds for goods or for services only. Empty: for both.",
    )
    computation = fields.Selection(
        [("fixed", "Amount"), ("percentage", "Percentage")],
        default="fixed",
        required=True,
    )
    fixed_price = fields.Float(
        string="Amount",
        min_display_digits="Product Price",
        help="Per unit of the article, without VAT unless your prices include it.",
    )
    percentage = fields.Float(
        string="Discount %",
        digits="Discount",
        help="Taken off the price so far. A negative percentage is a surcharge.",
    )
    exclusion_id = fields.Many2one(
        "o2c.discount.exclusion",
        string="Excludes",
        ondelete="restrict",
        check_company=True,
        help="Of all discounts with the same group only one counts. Empty: comes on "
        "top of all others.",
    )
    basis = fields.Selection(
        [
            ("line", "The line"),
            ("order", "The whole order"),
            ("year", "The year so far"),
        ],
        string="Quantity Of",
        default="line",
        required=True,
        help="What the starting quantity and the tiers are compared with: the quantity "
        "of the line, of all lines of the order that fit, or what was bought before in "
        "the year (this order not included).",
    )
    measure = fields.Selection(
        [("quantity", "Quantity"), ("amount", "Amount")],
        string="Counted In",
        default="quantity",
        required=True,
        help="Volumes of the year can be counted in units or in company currency.",
    )
    minimum = fields.Float(
        string="From",
        digits="Product Unit",
        help="The line holds from this quantity on, in the unit of the article (or "
        "from this amount on, where amounts are counted).",
    )
    tier_ids = fields.One2many("o2c.price.tier", "line_id", string="Tiers", copy=True)
    tier_summary = fields.Char(compute="_compute_tier_summary")

    _percentage_check = models.Constraint(
        "CHECK(percentage <= 100)",
        "A discount of more than 100 % would mean paying the customer.",
    )
    _minimum_check = models.Constraint(
        "CHECK(minimum >= 0)", "The quantity from which a line holds is not negative."
    )

    _measure_check = models.Constraint(
        "CHECK(measure = 'quantity' OR basis = 'year')",
        "Only volumes of the year are counted in money. Count quantities for the line "
        "or the order.",
    )

    @api.depends(
        "tier_ids.quantity",
        "tier_ids.fixed_price",
        "tier_ids.percentage",
        "computation",
        "basis",
        "measure",
    )
    @api.depends_context("lang")
    def _compute_tier_summary(self):
        words = self.env["o2c.price.words"]
        for line in self:
            line.tier_summary = " · ".join(
                self.env._(
                    "%(volume)s: %(value)s",
                    volume=words._volume(
                        line.basis, line.measure, tier.quantity, line.company_id
                    ),
                    value=words._number(tier.fixed_price, least=2)
                    if line.computation == "fixed"
                    else words._number(tier.percentage) + "%",
                )
                for tier in line.tier_ids
            )

    @api.depends("product_id", "categ_id", "article_group_id", "computation")
    def _compute_display_name(self):
        for line in self:
            article = line.product_id or line.categ_id or line.article_group_id
            line.display_name = article.display_name or self.env._("All articles")

    @api.constrains("product_id", "categ_id", "article_group_id")
    def _check_article(self):
        for line in self:
            chosen = [line.product_id, line.categ_id, line.article_group_id]
            if sum(1 for record in chosen if record) > 1:
                raise ValidationError(
                    self.env._(
                        "Choose an article, a category or an article group for a "
                        "line, not several: make a line for each."
                    )
                )

    def _value(self):
        """Amount or percentage of the line or tier, as a decimal."""
        return Decimal(
            str(self.fixed_price if self.computation == "fixed" else self.percentage)
        )

    def _rule(self, scope=None, distance=0):
        """This line as the policy reads it.

        :param int scope: for whom the agreement was made, seen from the buyer
        :param int distance: how many companies above the buyer the customer stands
        :return: :class:`policy.price.Rule`
        """
        self.ensure_one()
        agreement = self.agreement_id
        group = agreement.partner_id and agreement.subsidiaries
        return policy.Rule(
            id=self.id,
            name=agreement.name,
            fixed=self.computation == "fixed",
            value=self._value(),
            step=self.step,
            scope=agreement._scope() if scope is None else scope,
            sequence=self.sequence,
            minimum=Decimal(str(self.minimum)),
            tiers=tuple(tier._tier() for tier in self.tier_ids),
            currency=agreement.currency_id.name,
            valid_from=agreement.date_from,
            valid_to=agreement.date_to or None,
            product=self.product_id.id or None,
            category=self.categ_id.id or None,
            article_group=self.article_group_id.id or None,
            customer_group=self.customer_group_id.id or None,
            subscription_form=self.subscription_form_id.id or None,
            kind=self.kind or None,
            distance=distance,
            basis=self.basis,
            measure=self.measure,
            source=agreement.volume_source,
            year=agreement.volume_year,
            holder=agreement.partner_id.id if group else None,
            exclusion=self.exclusion_id.id or None,
            best=self.exclusion_id.pick != "first",
            index=self._rule_index(),
            decimals=int(agreement.price_decimals)
            if agreement.price_decimals
            else None,
            agreement=agreement.id,
        )

    def _rule_index(self):
        """How this price moved when it was last indexed.

        :return: :class:`policy.price.Index` or None
        """
        return None


class O2cPriceTier(models.Model):
    """From a quantity on, another price or percentage."""

    _name = "o2c.price.tier"
    _description = "Price Tier"
    _inherit = ["o2c.price.rule.part"]
    _order = "line_id, quantity"
    _rec_name = "quantity"

    line_id = fields.Many2one(
        "o2c.price.agreement.line", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    computation = fields.Selection(related="line_id.computation")
    quantity = fields.Float(
        string="From Quantity",
        required=True,
        digits="Product Unit",
        help="In the unit of the article. The tier begins at this quantity.",
    )
    fixed_price = fields.Float(string="Amount", min_display_digits="Product Price")
    percentage = fields.Float(string="Discount %", digits="Discount")

    _quantity_uniq = models.Constraint(
        "UNIQUE(line_id, quantity)",
        "This line already has a tier from that quantity. Change that one instead.",
    )

    def _tier(self):
        """This tier as the policy reads it."""
        self.ensure_one()
        value = self.fixed_price if self.computation == "fixed" else self.percentage
        return policy.Tier(Decimal(str(self.quantity)), Decimal(str(value)))
