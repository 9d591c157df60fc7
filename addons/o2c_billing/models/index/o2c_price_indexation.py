"""An indexation: which prices go up, by what, from when."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ...policy import indexation as policy

#: What an indexation can be about: name of its switch, and the model of the lines.
SOURCES = (
    ("on_agreements", "o2c.price.agreement.line"),
    ("on_contracts", "o2c.contract.line"),
)
#: What only the buttons change.
GUARDED = {"state", "proposer_id", "approver_id", "approved_on", "previewed_on"}


class O2cPriceIndexation(models.Model):
    """Prepared, looked at, approved by a second person, applied, told to customers."""

    _name = "o2c.price.indexation"
    _description = "Indexation"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "effective_date desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        tracking=True,
        help="Customers read it in the letter, e.g. Price indexation 2027.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "To approve"),
            ("approved", "Approved"),
            ("applied", "Applied"),
            ("withdrawn", "Withdrawn"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    effective_date = fields.Date(
        string="From",
        required=True,
        tracking=True,
        help="First day of the new prices; the old ones hold until the day before.",
    )
    notice_days = fields.Integer(
        string="Notice (days)",
        default=30,
        help="How long before that day customers must be told, as your terms say.",
    )
    notice_until = fields.Date(
        string="Tell Them Before",
        compute="_compute_notice_until",
        help="The last day on which a letter is still in time.",
    )
    gap_months = fields.Integer(
        string="Not Again Within (months)",
        default=11,
        help="Prices that were indexed less than this many months before are left "
        "alone.",
    )
    method = fields.Selection(
        [("percentage", "Percentage"), ("index", "Index")],
        default="percentage",
        required=True,
        help="Percentage: the same for every price. Index: new figure divided by the "
        "base figure.",
    )
    percentage = fields.Float(string="Change %", digits=(16, 4), tracking=True)
    index_id = fields.Many2one("o2c.price.index", check_company=True, tracking=True)
    index_period = fields.Date(
        string="New Period", help="The period whose figure the new prices follow."
    )
    base_period = fields.Date(
        help="For prices that name no base of their own: the period whose figure "
        "belongs to the price as it is.",
    )
    provisional_allowed = fields.Boolean(
        string="Provisional Figures Too",
        help="Off: prices wait until the source published the final figure.",
    )
    cap = fields.Float(string="At Most %", digits=(16, 2), help="0: no limit.")
    has_floor = fields.Boolean(string="Has a Minimum")
    floor = fields.Float(
        string="At Least %", digits=(16, 2), help="0 % means that no price goes down."
    )
    threshold = fields.Float(
        string="Leave Alone Below %",
        digits=(16, 2),
        help="A change smaller than this is not worth a letter.",
    )
    price_rounding = fields.Float(
        string="Prices End On",
        digits="Product Price",
        help="Round new prices to a multiple of this, e.g. 0.05. 0: to the decimals of "
        "your prices.",
    )
    on_agreements = fields.Boolean(string="Price Agreements", default=True)
    on_contracts = fields.Boolean(string="Contracts", default=True)
    partner_ids = fields.Many2many(
        "res.partner",
        string="Customers",
        check_company=True,
        help="Empty: all customers.",
    )
    segment_ids = fields.Many2many(
        "o2c.customer.segment", string="Segments", help="Empty: all segments."
    )
    agreement_ids = fields.Many2many(
        "o2c.price.agreement",
        string="Only These Agreements",
        check_company=True,
        help="These, and the contracts that are chosen. Neither chosen: all running "
        "agreements.",
    )
    contract_ids = fields.Many2many(
        "o2c.contract",
        string="Only These Contracts",
        check_company=True,
        help="These, and the agreements that are chosen. Neither chosen: all running "
        "contracts.",
    )
    line_ids = fields.One2many("o2c.price.indexation.line", "indexation_id")
    letter_ids = fields.One2many("o2c.price.indexation.letter", "indexation_id")
    planned_count = fields.Integer(string="Prices", compute="_compute_counts")
    skipped_count = fields.Integer(string="Left Alone", compute="_compute_counts")
    failed_count = fields.Integer(string="Failed", compute="_compute_counts")
    letter_count = fields.Integer(string="Letters", compute="_compute_counts")
    effect = fields.Monetary(
        string="Effect per Year",
        compute="_compute_counts",
        help="On what customers bought at agreed prices in the last twelve months, and "
        "on what contracts charge in a year.",
    )
    previewed_on = fields.Datetime(readonly=True, copy=False)
    proposer_id = fields.Many2one(
        "res.users", string="Proposed By", readonly=True, copy=False
    )
    approver_id = fields.Many2one(
        "res.users", string="Approved By", readonly=True, copy=False
    )
    approved_on = fields.Datetime(readonly=True, copy=False)

    _notice_check = models.Constraint(
        "CHECK(notice_days >= 0 AND gap_months >= 0)",
        "A notice and the time between two indexations are not negative.",
    )
    _percentage_check = models.Constraint(
        "CHECK(percentage BETWEEN -50 AND 100)",
        "A change of more than +100 % or -50 % is no indexation. Check the percentage.",
    )

    @api.depends("effective_date", "notice_days")
    def _compute_notice_until(self):
        for one in self:
            one.notice_until = one.effective_date and policy.notice_until(
                one.effective_date, one.notice_days
            )

    @api.depends("line_ids.state", "line_ids.effect", "letter_ids")
    def _compute_counts(self):
        rows = self.env["o2c.price.indexation.line"]._read_group(
            [("indexation_id", "in", self.ids)],
            ["indexation_id", "state"],
            ["__count", "effect:sum"],
        )
        letters = dict(
            self.env["o2c.price.indexation.letter"]._read_group(
                [("indexation_id", "in", self.ids)], ["indexation_id"], ["__count"]
            )
        )
        found = {}
        for one, state, count, effect in rows:
            found.setdefault(one.id, {})[state] = (count, effect)
        for one in self:
            states = found.get(one.id, {})
            alive = [states.get(key, (0, 0)) for key in ("planned", "approved")]
            alive.append(states.get("applied", (0, 0)))
            one.planned_count = sum(count for count, _effect in alive)
            one.effect = sum(effect for _count, effect in alive)
            one.skipped_count = states.get("skipped", (0, 0))[0]
            one.failed_count = states.get("failed", (0, 0))[0]
            one.letter_count = letters.get(one, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in GUARDED:
                vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if GUARDED & vals.keys():
                raise AccessError(
                    self.env._("An indexation goes on with its buttons only.")
                )
            if any(one.state != "draft" for one in self) and vals.keys() - {
                "message_follower_ids",
                "activity_ids",
            }:
                raise UserError(
                    self.env._(
                        "This indexation was proposed already. Set it back to draft "
                        "before you change it."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if any(one.state not in ("draft", "proposed") for one in self):
            raise UserError(
                self.env._(
                    "Customers or prices refer to this indexation: withdraw it "
                    "instead of deleting it."
                )
            )

    def _policy_run(self):
        """This indexation as the policy reads it; floats become decimals here only."""
        self.ensure_one()
        index = self.index_id if self.method == "index" else self.index_id.browse()
        base = index._figure(self.base_period) if index else None
        return policy.Run(
            self.effective_date,
            percentage=None if index else Decimal(str(self.percentage)),
            index=index.id or None,
            figure=index._figure(self.index_period) if index else None,
            base=policy.BaseFigure(base.period, base.value) if base else None,
            provisional_allowed=self.provisional_allowed,
            bounds=policy.Bounds(
                cap=Decimal(str(self.cap)) or None,
                floor=Decimal(str(self.floor)) if self.has_floor else None,
                threshold=Decimal(str(self.threshold)) or None,
            ),
            gap_months=self.gap_months,
            decimals=self.env["decimal.precision"].precision_get("Product Price"),
            multiple=Decimal(str(self.price_rounding)) or None,
        )

    def _date_words(self):
        return format_date(self.env, self.effective_date)

    def _show(self, name, model, domain, **context):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form,pivot",
            "views": [[False, "list"], [False, "form"], [False, "pivot"]],
            "domain": [("indexation_id", "=", self.id), *domain],
            "context": context,
        }

    def action_lines(self):
        """The prices, old and new."""
        self.ensure_one()
        title = self.env._("Prices")
        return self._show(
            title,
            "o2c.price.indexation.line",
            [("state", "!=", "skipped")],
            search_default_by_partner=True,
        )

    def action_skipped(self):
        """The prices that are left alone, and why."""
        self.ensure_one()
        title = self.env._("Left Alone")
        return self._show(
            title,
            "o2c.price.indexation.line",
            [("state", "in", ("skipped", "failed"))],
            search_default_by_reason=True,
        )

    def action_letters(self):
        """The letters to the customers."""
        self.ensure_one()
        return self._show(self.env._("Letters"), "o2c.price.indexation.letter", [])
