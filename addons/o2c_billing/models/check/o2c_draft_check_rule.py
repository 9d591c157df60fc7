"""Rules: which drafts a second person looks at."""

from decimal import Decimal

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...policy import draft_check as policy


class O2cDraftCheckRule(models.Model):
    """One reason to look at a draft before it is posted."""

    _name = "o2c.draft.check.rule"
    _description = "Draft Check Rule"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    kind = fields.Selection(
        [
            ("amount", "Amount above"),
            ("first", "First invoice of a customer"),
            ("grade", "Customer graded this or worse"),
            ("manual", "A price was set by hand"),
            ("sample", "Random sample"),
        ],
        required=True,
        default="amount",
        tracking=True,
    )
    amount = fields.Monetary(
        tracking=True, help="With VAT, in company currency. Above, not from."
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    percentage = fields.Float(
        digits=(5, 2),
        tracking=True,
        help="Of all drafts. Which ones is random but can be proved afterwards.",
    )
    grade = fields.Selection(
        [(letter, letter) for letter in policy.GRADES], tracking=True
    )

    _percentage_check = models.Constraint(
        "CHECK(percentage >= 0 AND percentage <= 100)",
        "A sample is between 0 and 100 %.",
    )

    @api.depends("kind", "amount", "percentage", "grade", "currency_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for rule in self:
            rule.name = self._words(rule.kind, str(self._value(rule)), rule.grade)

    @api.model
    def _value(self, rule):
        return rule.percentage if rule.kind == policy.SAMPLE else rule.amount

    @api.model
    def _words(self, kind, value="", grade=""):
        """A rule, or the reason it gave, in words.

        :param str kind: a value of :attr:`kind`
        :param str value: amount or percentage as text
        :param str grade: grade of the rule or of the customer
        """
        currency = self.env.company.currency_id
        number = tools.formatLang(self.env, float(value or 0), digits=0)
        return {
            policy.AMOUNT: self.env._(
                "Amount above %(amount)s", amount=f"{currency.symbol} {number}"
            ),
            policy.FIRST: self.env._("First invoice of this customer"),
            policy.GRADE: self.env._(
                "Customer with grade %(grade)s", grade=grade or "-"
            ),
            policy.MANUAL: self.env._("A price was set by hand"),
            policy.SAMPLE: self.env._("Random sample of %(percent)s%%", percent=number),
            policy.POLICY: self.env._("The credit policy asks for it"),
            "batch": self.env._("First batch: approve it by hand"),
        }[kind]

    @api.constrains("kind", "percentage", "grade")
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

    @api.model
    def _rules(self, company):
        """The rules of a company as the policy reads them: one query."""
        return [
            policy.Rule(
                id=rule.id,
                kind=rule.kind,
                value=Decimal(str(self._value(rule))),
                grade=rule.grade or "",
            )
            for rule in self.sudo().search([("company_id", "=", company.id)])
        ]
