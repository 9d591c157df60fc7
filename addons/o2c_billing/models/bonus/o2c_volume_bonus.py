"""A year-end bonus: who gets it, for what, from which volume."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.o2c_base.tools.local_form import money_text


class O2cVolumeBonus(models.Model):
    """One agreement about a bonus in one period."""

    _name = "o2c.volume.bonus"
    _description = "Year-end Bonus"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        tracking=True,
        help="Stands on the credit note, e.g. Year-end bonus 2026.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        default=lambda self: self.env.user,
        tracking=True,
        domain=[("share", "=", False)],
    )
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    scope = fields.Selection(
        [
            ("customer", "One customer"),
            ("holding", "A holding"),
            ("buying_group", "A buying group"),
        ],
        default="customer",
        required=True,
        help="Whose purchases count. Holding: the members of a credit group. Buying "
        "group: the customers whose payment agreement names it, while it does.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Bonus For",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Who gets the credit note: the customer, the head of the holding or the "
        "buying group itself.",
    )
    group_id = fields.Many2one(
        "o2c.credit.group",
        string="Holding",
        ondelete="restrict",
        index="btree_not_null",
        help="The group of customers whose purchases count together.",
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(string="Until", required=True, tracking=True)
    basis = fields.Selection(
        [("invoiced", "Invoiced"), ("paid", "Paid")],
        default="invoiced",
        required=True,
        help="Invoiced: every posted invoice of the period counts. Paid: the paid part "
        "of those invoices only. Credit notes are always taken off.",
    )
    measure = fields.Selection(
        [("turnover", "Turnover"), ("units", "Units")],
        string="Tiers By",
        default="turnover",
        required=True,
        help="Turnover without VAT in the company's currency, or the number of units.",
    )
    reward = fields.Selection(
        [("percentage", "% of the turnover"), ("per_unit", "Amount per unit")],
        default="percentage",
        required=True,
        help="What the rate of a tier means.",
    )
    excess = fields.Boolean(
        string="Only on the Excess",
        help="Off: the rate of the tier that is reached holds for everything. On: each "
        "rate holds for the part above its own threshold.",
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Articles",
        check_company=True,
        help="Which articles count. Articles, categories and groups add up; all empty: "
        "everything counts.",
    )
    categ_ids = fields.Many2many(
        "product.category",
        string="Categories",
        help="These categories and everything below them count.",
    )
    article_group_ids = fields.Many2many(
        "o2c.discount.group",
        string="Article Groups",
        domain=[("scope", "=", "article")],
        check_company=True,
        help="Articles of these discount groups count.",
    )
    tier_ids = fields.One2many("o2c.volume.bonus.tier", "bonus_id", copy=True)
    wait_days = fields.Integer(
        string="Propose After (days)",
        default=14,
        help="How long after the last day the credit note is proposed, so that late "
        "invoices and credit notes of the period are in.",
    )
    account_id = fields.Many2one(
        "account.account",
        string="Account",
        check_company=True,
        ondelete="restrict",
        help="Ledger account of the credit note. Empty: the revenue account with most "
        "of the turnover.",
    )
    predecessor_id = fields.Many2one(
        "o2c.volume.bonus",
        string="Follows",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        help="The bonus of the period before.",
    )
    settlement_ids = fields.One2many("o2c.bonus.settlement", "bonus_id", readonly=True)
    month_ids = fields.One2many("o2c.volume.bonus.month", "bonus_id", readonly=True)
    # Figures of the last night
    turnover = fields.Monetary(
        readonly=True, copy=False, help="What counts so far, without VAT."
    )
    units = fields.Float(
        readonly=True, copy=False, digits="Product Unit", help="Units so far."
    )
    tier_reached = fields.Float(
        readonly=True, copy=False, aggregator=None, help="Threshold of the tier."
    )
    accrued = fields.Monetary(
        string="Earned So Far",
        readonly=True,
        copy=False,
        help="The bonus over what was bought until now.",
    )
    forecast_turnover = fields.Monetary(
        string="Turnover at This Pace",
        readonly=True,
        copy=False,
        help="Turnover at the end of the period when it goes on as it did.",
    )
    forecast = fields.Monetary(
        string="Bonus at This Pace",
        readonly=True,
        copy=False,
        help="The bonus at the end of the period when it goes on as it did.",
    )
    next_tier = fields.Float(readonly=True, copy=False, aggregator=None)
    to_go = fields.Float(
        string="To the Next Tier", readonly=True, copy=False, aggregator=None
    )
    to_go_words = fields.Char(
        string="Way to the Next Tier", compute="_compute_to_go_words"
    )
    settled = fields.Monetary(
        compute="_compute_settled", help="On posted credit notes, without VAT."
    )
    figures_on = fields.Date(string="Figures Of", readonly=True, copy=False)

    _dates_check = models.Constraint(
        "CHECK(date_to >= date_from)",
        "The bonus period ends before it begins. Check the two dates.",
    )
    _wait_check = models.Constraint(
        "CHECK(wait_days BETWEEN 0 AND 365)",
        "Propose the bonus at once or at most a year after its last day.",
    )

    @api.depends("to_go", "next_tier", "measure", "tier_reached")
    def _compute_to_go_words(self):
        for bonus in self:
            if not bonus.figures_on:
                bonus.to_go_words = False
            elif bonus.to_go <= 0:
                bonus.to_go_words = self.env._("The highest tier is reached")
            elif bonus.measure == "turnover":
                bonus.to_go_words = self.env._(
                    "Still %(amount)s to go", amount=bonus._money(bonus.to_go)
                )
            else:
                bonus.to_go_words = self.env._(
                    "Still %(units)g units to go", units=bonus.to_go
                )

    @api.depends("settlement_ids.amount", "settlement_ids.move_id.state")
    def _compute_settled(self):
        for bonus in self:
            bonus.settled = sum(
                one.amount
                for one in bonus.settlement_ids
                if one.move_id.state == "posted"
            )

    @api.constrains("scope", "group_id", "partner_id")
    def _check_scope(self):
        for bonus in self:
            if bonus.scope == "holding" and not bonus.group_id:
                raise ValidationError(self.env._("%s: choose the holding.", bonus.name))
            customer = bonus.partner_id
            if customer.commercial_partner_id != customer:
                raise ValidationError(
                    self.env._(
                        "%(name)s: a bonus is agreed with %(customer)s, not with one "
                        "of its contacts.",
                        name=bonus.name,
                        customer=customer.commercial_partner_id.display_name,
                    )
                )

    @api.constrains("state", "partner_id", "group_id", "date_from", "date_to")
    def _check_overlap(self):
        """The same purchases are not rewarded twice by the same bonus of two years."""
        for bonus in self.filtered(lambda one: one.state == "running"):
            chain = bonus.predecessor_id | self.search(
                [("predecessor_id", "=", bonus.id)]
            )
            for other in chain.filtered(lambda one: one.state != "draft"):
                if (
                    other.date_from <= bonus.date_to
                    and bonus.date_from <= other.date_to
                ):
                    raise ValidationError(
                        self.env._(
                            "%(name)s and %(other)s have days in common, so purchases "
                            "would count twice. Change the dates.",
                            name=bonus.name,
                            other=other.name,
                        )
                    )

    def write(self, vals):
        fixed = {
            "scope",
            "partner_id",
            "group_id",
            "date_from",
            "date_to",
            "company_id",
        }
        if not self.env.su and fixed & vals.keys():
            if any(one.settlement_ids for one in self):
                raise UserError(
                    self.env._(
                        "This bonus was settled. Make a new one for other customers "
                        "or another period."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if any(bonus.state != "draft" for bonus in self):
            raise UserError(self.env._("Close the bonus instead of deleting it."))

    def _money(self, amount):
        return money_text(self.env, amount, self.currency_id)
