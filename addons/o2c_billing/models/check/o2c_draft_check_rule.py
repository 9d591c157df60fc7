"""Rules: which drafts a second person looks at."""

import secrets
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...policy import draft_check as policy


class O2cDraftCheckRule(models.Model):
    """One reason to look at a draft before it is posted, and who looks."""

    _name = "o2c.draft.check.rule"
    _description = "Draft Check Rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        tracking=True,
        help="Empty: the rule holds in every company, its amounts in the currency of "
        "the company that invoices.",
    )
    kind = fields.Selection(
        [
            ("amount", "Amount above"),
            ("price", "Price differs from what was agreed"),
            ("margin", "Earns too little over cost"),
            ("first", "First invoice of a customer"),
            ("grade", "Customer graded this or worse"),
            ("limit", "Customer goes over his limit"),
            ("customer", "Customer is marked"),
            ("manual", "A price was set by hand"),
            ("credit_note", "Credit note"),
            ("pass_through", "Share advanced in the customer's name"),
            ("currency", "Foreign currency"),
            ("reference", "Order reference is missing"),
            ("sample", "Random sample"),
        ],
        required=True,
        default="amount",
        tracking=True,
    )
    amount = fields.Monetary(
        tracking=True, help="With VAT, in company currency. Above, not from."
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    percentage = fields.Float(
        digits=(5, 2),
        tracking=True,
        help="Of a random sample: of all drafts; which ones is random but can be "
        "proved. Of a price: up or down from what was agreed. Of a margin: the least "
        "that each article earns over its cost of today.",
    )
    measure = fields.Selection(
        [("percentage", "Percent, of any line"), ("amount", "Amount, all lines")],
        default="percentage",
        required=True,
        tracking=True,
        help="A percentage looks at the line that is furthest off; an amount adds up "
        "what all lines differ, up or down.",
    )
    without_pass_through = fields.Boolean(
        string="Leave Out What Was Advanced",
        tracking=True,
        help="What was advanced in the customer's name, duties for example, does not "
        "count for the amount.",
    )
    grade = fields.Selection(
        [(letter, letter) for letter in policy.GRADES], tracking=True
    )
    seed = fields.Char(
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_hex(8),
        groups="o2c_base.group_billing_approver,base.group_system",
        help="Decides with company and origin which documents are drawn. It never "
        "changes, so that an auditor draws the same ones again: the first 12 "
        "hexadecimal digits of SHA-256 of seed/company/origin, of that number the "
        "last four digits, divided by 100, below the percentage.",
    )
    segment_ids = fields.Many2many(
        "o2c.customer.segment",
        string="Only Segments",
        help="Only customers of these segments. Empty: all.",
    )
    journal_ids = fields.Many2many(
        "account.journal",
        string="Only Journals",
        domain="[('type', '=', 'sale')]",
        help="Only documents of these journals. Empty: all.",
    )
    team_ids = fields.Many2many(
        "crm.team",
        string="Only Sales Teams",
        help="Only documents of these sales teams. Empty: all.",
    )
    amount_from = fields.Monetary(
        string="Only From",
        tracking=True,
        help="Only documents of this amount or more, with VAT. 0: all.",
    )
    authority_ids = fields.One2many(
        "o2c.draft.check.authority",
        "rule_id",
        string="Who Approves",
        copy=True,
        help="Empty: any billing approver, any amount.",
    )
    draw_count = fields.Integer(string="Drawn From", compute="_compute_draws")
    chosen_share = fields.Float(
        string="Share Looked At (%)",
        compute="_compute_draws",
        help="Of all documents that took part in this sample, how many were drawn.",
    )

    _percentage_check = models.Constraint(
        "CHECK(kind <> 'sample' OR percentage >= 0 AND percentage <= 100)",
        "A sample is between 0 and 100 %.",
    )
    _amount_check = models.Constraint(
        "CHECK(COALESCE(amount, 0) >= 0 AND COALESCE(amount_from, 0) >= 0)",
        "Give amounts as 0 or more.",
    )

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.depends("kind", "amount", "percentage", "grade", "measure", "company_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for rule in self:
            rule.name = rule._rule_words()

    def _compute_draws(self):
        figures = {
            rule: (count, chosen)
            for rule, count, chosen in self.env["o2c.draft.check.draw"]
            .sudo()
            ._read_group(
                [
                    ("rule_id", "in", self.ids),
                    ("company_id", "in", self.env.companies.ids),
                ],
                ["rule_id"],
                ["__count", "share:avg"],
            )
        }
        for rule in self:
            rule.draw_count, rule.chosen_share = figures.get(rule._origin, (0, 0.0))

    @api.constrains("kind", "percentage", "grade", "measure", "amount")
    def _check_complete(self):
        for rule in self:
            if rule.kind == policy.SAMPLE and not rule.percentage:
                raise ValidationError(
                    self.env._("Give the percentage of the random sample.")
                )
            if rule.kind == policy.GRADE and not rule.grade:
                raise ValidationError(
                    self.env._("Give the grade from which drafts are checked.")
                )
            if rule.kind == policy.PRICE and rule.percentage < 0:
                raise ValidationError(
                    self.env._("Give how much the price may differ as 0 or more.")
                )

    @api.constrains("company_id", "journal_ids", "team_ids")
    def _check_same_company(self):
        for rule in self.filtered("company_id"):
            own = rule.company_id | rule.company_id.child_ids
            for one in [*rule.journal_ids, *rule.team_ids]:
                if one.company_id and one.company_id not in own:
                    raise ValidationError(
                        self.env._(
                            "%(name)s belongs to another company than this rule.",
                            name=one.display_name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._guard_seed(vals)
        if "default_seed" in self.env.context:
            self = self.with_context(default_seed=secrets.token_hex(8))
        return super().create(vals_list)

    def write(self, vals):
        self._guard_seed(vals)
        return super().write(vals)

    @api.model
    def _guard_seed(self, vals):
        """Who could choose the seed could choose what is looked at."""
        if "seed" in vals and not self.env.su:
            raise AccessError(
                self.env._("The seed of a random sample is given, not chosen.")
            )

    def action_open_draws(self):
        """Every document that took part in this sample."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_draft_check_draw_action"
        )
        return action | {"domain": [("rule_id", "=", self.id)]}

    @api.model
    def _rules(self, company):
        """The rules of a company as the policy reads them: a fixed number of queries.

        Those of its head company hold for a branch too.
        """
        wanted = [*company.sudo().parent_ids.ids, False]
        rules = self.sudo().search([("company_id", "in", wanted)])
        return [rule._as_policy() for rule in rules]

    def _as_policy(self):
        """This rule as the policy reads it."""
        in_money = self.kind == policy.PRICE and self.measure == "amount"
        by_percentage = self.kind in (
            policy.SAMPLE,
            policy.MARGIN,
            policy.PASS_THROUGH,
            policy.PRICE,
        )
        value = self.percentage if by_percentage and not in_money else self.amount
        return policy.Rule(
            id=self.id,
            kind=self.kind,
            value=Decimal(str(value)),
            grade=self.grade or "",
            in_money=in_money,
            without_pass_through=self.without_pass_through,
            seed=self.seed or "",
            segments=frozenset(self.segment_ids.ids),
            journals=frozenset(self.journal_ids.ids),
            teams=frozenset(self.team_ids.ids),
            amount_from=Decimal(str(self.amount_from)),
        )
