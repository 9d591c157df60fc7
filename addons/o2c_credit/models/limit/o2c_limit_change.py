"""A limit never just changes: somebody proposes it, somebody approves it."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_amount, format_date

from ..profile.o2c_risk_profile import LIMIT_KINDS

SOURCES = [
    ("hand", "By hand"),
    ("policy", "Credit policy"),
    ("alert", "Alert"),
]
STATES = [
    ("proposed", "To decide"),
    ("approved", "Approved, waits for its date"),
    ("applied", "In force"),
    ("ended", "Ended"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]
#: What the proposer fills in; everything else is written by the decision.
FIGURES = (
    "limit_kind",
    "limit_amount",
    "currency_id",
    "date_from",
    "date_until",
    "review_date",
    "reason",
    "arithmetic",
    "cell_id",
    "ends_temporary",
)


class O2cLimitChange(models.Model):
    """Proposed → approved (waits for its date) → in force; or refused, withdrawn."""

    _name = "o2c.limit.change"
    _description = "Limit Change"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "profile_id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    profile_id = fields.Many2one(
        "o2c.risk.profile",
        string="Risk Profile",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="profile_id.partner_id", string="Customer", store=True, index=True
    )
    company_id = fields.Many2one(
        related="profile_id.company_id", store=True, index=True
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    limit_kind = fields.Selection(
        LIMIT_KINDS,
        string="New Limit",
        required=True,
        default="amount",
        tracking=True,
        help="No limit set: the amount is not judged. Cash only: nothing on account. "
        "Amount: everything owed and ordered together stays within it.",
    )
    limit_amount = fields.Monetary(string="Amount", tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        tracking=True,
        default=lambda self: self.env.company.root_id.currency_id,
        help="Another currency than the company's is converted at the rate of the "
        "day, each day.",
    )
    company_amount = fields.Monetary(
        string="In Company Currency",
        currency_field="company_currency_id",
        readonly=True,
        help="The new limit at the rate of the day on which it was proposed.",
    )
    before_kind = fields.Selection(LIMIT_KINDS, string="Was", readonly=True)
    before_amount = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        help="The limit that counted when this was proposed, in company currency.",
    )
    direction = fields.Selection(
        [("raise", "Raise"), ("lower", "Lower"), ("same", "Same")], readonly=True
    )
    date_from = fields.Date(
        string="Counts From",
        required=True,
        default=lambda self: self.env.company._o2c_today(),
        tracking=True,
        help="The day from which the new limit counts, also when nobody is at work.",
    )
    date_until = fields.Date(
        string="Temporary Until",
        tracking=True,
        help="Last day of a temporary limit; the day after, the agreed limit counts "
        "again by itself. Empty: for good.",
    )
    review_date = fields.Date(help="When somebody should look at this limit again.")
    ends_temporary = fields.Boolean(
        string="Ends a Temporary Limit",
        help="A temporary limit that runs stops when this one starts.",
    )
    reason = fields.Text(required=True, help="Why, for who decides and for later.")
    arithmetic = fields.Text(readonly=True, help="How the amount was calculated.")
    source = fields.Selection(SOURCES, required=True, default="hand", readonly=True)
    cell_id = fields.Many2one(
        "o2c.credit.policy",
        string="Policy Cell",
        ondelete="set null",
        readonly=True,
        help="The cell of the credit policy that asks for it.",
    )
    state = fields.Selection(
        STATES,
        required=True,
        default="proposed",
        readonly=True,
        index=True,
        tracking=True,
    )
    proposer_id = fields.Many2one(
        "res.users", string="Proposed By", readonly=True, ondelete="restrict"
    )
    proposed_on = fields.Datetime(readonly=True)
    decider_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, ondelete="restrict"
    )
    decided_on = fields.Datetime(readonly=True)
    decided_alone = fields.Boolean(
        readonly=True,
        help="Proposed and approved by one person, because nobody else could.",
    )
    decision_reason = fields.Text(string="Reason of the Decision", readonly=True)
    natural_person = fields.Boolean(
        compute="_compute_natural_person",
        help="A person's limit is only lowered by a person.",
    )
    change_text = fields.Char(string="Change", compute="_compute_change_text")

    _one_open = models.UniqueIndex(
        "(profile_id, source) WHERE state = 'proposed'",
        "A change of this limit waits for a decision already. Change that one.",
    )
    # partial: what a verdict reads of years of changes
    _in_force_idx = models.Index(
        "(profile_id) WHERE state = 'approved'"
        " OR (state = 'applied' AND date_until IS NOT NULL)"
    )
    _amount_positive = models.Constraint(
        "CHECK(limit_amount >= 0)",
        "A limit cannot be negative. Choose cash only for who pays up front.",
    )
    _dates_in_order = models.Constraint(
        "CHECK(date_until IS NULL OR date_until >= date_from)",
        "A temporary limit ends on or after the day it starts.",
    )

    @api.depends("profile_id")
    def _compute_natural_person(self):
        for company, changes in self.sudo().grouped("company_id").items():
            persons = self.env["o2c.risk.profile"]._natural_persons(
                company, changes.partner_id.ids
            )
            for change in changes:
                change.natural_person = change.partner_id.id in persons

    @api.depends_context("lang")
    @api.depends("before_kind", "before_amount", "limit_kind", "limit_amount")
    def _compute_change_text(self):
        for change in self:
            before = change._limit_words(
                change.before_kind, change.before_amount, change.company_currency_id
            )
            after = change._limit_words(
                change.limit_kind, change.limit_amount, change.currency_id
            )
            if change.date_until:
                after = self.env._(
                    "%(limit)s until %(date)s",
                    limit=after,
                    date=format_date(self.env, change.date_until),
                )
            change.change_text = f"{before} → {after}" if before else after

    @api.model
    def _limit_words(self, kind, amount, currency):
        """A limit for a reader: its amount, or what it is instead."""
        if kind == "amount":
            return format_amount(self.env, amount, currency)
        kinds = dict(self._fields["limit_kind"]._description_selection(self.env))
        return kinds.get(kind, "")

    @api.constrains("limit_kind", "limit_amount", "date_from", "profile_id")
    def _check_amount(self):
        for change in self:
            if change.limit_kind == "amount" and not change.limit_amount:
                raise ValidationError(
                    self.env._(
                        "A limit of zero is called cash only here; no limit is a third "
                        "thing. Choose which of the three you mean."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(
            self.env._("Limit changes are kept. Withdraw or refuse this one.")
        )

    @api.model
    def get_import_templates(self):
        """A list of proposals as a file."""
        return [
            {
                "label": self.env._("Proposals for limits (CSV)"),
                "template": "/o2c_credit/static/import/limit_changes.csv",
            }
        ]
