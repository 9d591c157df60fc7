"""A rung of the ladder: when, what it is in law, by which way, in which words."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...policy.ladder import Step
from ...tools.amount import decimal
from .o2c_dunning_ladder import CHANNELS, STEP_KINDS, TONES

#: What a step says about interest and collection cost.
CHARGE_INFO = [
    ("none", "Say nothing"),
    ("announce", "Say that cost may follow"),
    ("show", "Show what it is by now"),
    ("claim", "Claim it"),
]
#: Kinds of debtor that the law tells apart.
DEBTOR_KINDS = [
    ("business", "Businesses"),
    ("consumer", "Consumers"),
    ("public", "Public bodies"),
]
#: What an invoice bills.
BILLED_KINDS = [
    ("goods", "Goods"),
    ("service", "Services"),
    ("subscription", "Terms of contracts"),
    ("charge", "Cost and interest"),
]


class O2cDunningStep(models.Model):
    """One rung of a ladder."""

    _name = "o2c.dunning.step"
    _description = "Reminder Step"
    _order = "ladder_id, days, id"

    ladder_id = fields.Many2one(
        "o2c.dunning.ladder", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True, translate=True)
    days = fields.Integer(
        string="Days After Due",
        required=True,
        help="Days after the due date. A negative number is a reminder in advance; it "
        "lapses once the due date has passed.",
    )
    min_interval = fields.Integer(
        string="At Least Days After Previous",
        default=7,
        required=True,
        help="Counted from the day the previous step was really sent.",
    )
    pay_within = fields.Integer(
        default=7,
        required=True,
        help="Days after sending by which the reminder asks to be paid.",
    )
    kind = fields.Selection(
        STEP_KINDS,
        string="What It Is",
        default="reminder",
        required=True,
        help="A notice of default sets a term after which the customer is in default. "
        "The 14-day letter is what Dutch law asks before a consumer owes collection "
        "cost. A proposal to hand over sends nothing: a person decides.",
    )
    channel = fields.Selection(
        CHANNELS,
        default="email",
        required=True,
        help="An SMS needs the SMS gateway and a mobile number that is not on the "
        "blacklist; without these the next way is taken.",
    )
    fallback_channel = fields.Selection(
        CHANNELS,
        string="If That Fails",
        default="letter",
        help="For a customer who cannot be reached that way: no e-mail address, no "
        "postal address, no phone number. A task is opened to mend his address.",
    )
    last_channel = fields.Selection(
        CHANNELS,
        string="If That Fails Too",
        default="call",
        help="The last way to try. A call is a task for the collector, who finds out "
        "how to reach the customer.",
    )
    approval = fields.Boolean(
        string="Approve First",
        help="A person looks at each reminder of this step before it leaves.",
    )
    tone = fields.Selection(
        TONES,
        default="friendly",
        required=True,
        help="Decides which text is used, in the language of the customer.",
    )
    charge_info = fields.Selection(
        CHARGE_INFO,
        string="About Cost",
        default="none",
        required=True,
        help="Announced: interest and cost may follow. Shown: what they are by now, as "
        "information. Claimed: they are part of what the customer is asked to pay. "
        "Amounts only appear where the law allows them.",
    )
    min_amount = fields.Float(
        string="Only From",
        digits=(16, 2),
        help="Only for customers who owe at least this much overdue, in the currency "
        "of the company. Others skip the step and wait for the next one.",
    )
    segment_ids = fields.Many2many(
        "o2c.customer.segment",
        string="Only Segments",
        help="Only for customers of these segments. Empty: for everybody.",
    )
    debtor_kind = fields.Selection(
        DEBTOR_KINDS,
        string="Only For",
        help="Only for this kind of customer, by his segment. Empty: for everybody.",
    )
    billed_kind = fields.Selection(
        BILLED_KINDS,
        string="Only Invoices Of",
        help="Only for invoices that bill this, by the articles on their lines; one "
        "that bills goods and services meets the steps of both. Empty: for every "
        "invoice, also an opening balance.",
    )
    attach_invoice = fields.Boolean(
        string="Invoices as PDF",
        help="The invoices that are asked, as they were sent. Only with an e-mail.",
    )
    attach_ubl = fields.Boolean(
        string="Invoices as UBL",
        help="The electronic invoice, where there is one, so that the customer can "
        "read it into his own books.",
    )
    attach_statement = fields.Boolean(
        string="Statement of Open Items",
        help="Everything that is open on the day of sending, also what is not due yet, "
        "with credit notes, as PDF. Only with an e-mail.",
    )
    attach_calculation = fields.Boolean(
        string="Calculation of Cost and Interest",
        help="Interest per period and collection cost of the invoices that are asked, "
        "with what each day adds, as PDF. Only where something is owed besides the "
        "invoices and every rate is confirmed. Only with an e-mail.",
    )

    _days_uniq = models.Constraint(
        "UNIQUE(ladder_id, days)",
        "A ladder has one step per day. Give this step another number of days.",
    )
    _interval_positive = models.Constraint(
        "CHECK(min_interval >= 0)",
        "The interval after the previous step cannot be negative.",
    )
    _min_amount_positive = models.Constraint(
        "CHECK(min_amount >= 0)", "A minimum amount cannot be negative."
    )
    _pay_within_positive = models.Constraint(
        "CHECK(pay_within >= 0)",
        "A reminder asks to be paid on the day it is sent or later: 0 days or more.",
    )

    @api.constrains("kind", "channel", "fallback_channel", "last_channel")
    def _check_sms(self):
        """What must be proved to have arrived does not go by SMS."""
        for step in self:
            if step.kind in ("default", "wik") and "sms" in step._channels():
                raise ValidationError(
                    self.env._(
                        "A notice of default and a 14-day letter must be proved to "
                        "have arrived: choose e-mail or letter for “%s”.",
                        step.name,
                    )
                )

    @api.depends("name", "days")
    def _compute_display_name(self):
        for step in self:
            step.display_name = self.env._(
                "%(name)s (day %(days)s)", name=step.name or "", days=step.days
            )

    @api.onchange("channel")
    def _onchange_channel(self):
        """The other ways in their usual order, and never the same way twice."""
        others = [
            name for name, _label in CHANNELS if name not in (self.channel, "sms")
        ]
        if self.channel in (self.fallback_channel, self.last_channel):
            self.fallback_channel, self.last_channel = [*others, False, False][:2]

    @api.onchange("kind")
    def _onchange_kind(self):
        """What is decided by a person waits for him; the 14-day letter has its days."""
        if self.kind == "handover":
            self.approval = True
        elif self.kind == "wik":
            self.pay_within = max(self.pay_within, 15)

    def _policy_step(self):
        """This step as the policy reads it.

        :return: :class:`policy.ladder.Step`
        """
        self.ensure_one()
        ladder = self.ladder_id
        return Step(
            key=self.id,
            days=self.days,
            min_interval=self.min_interval,
            kind=self.kind,
            holidays=frozenset() if ladder.working_days else None,
            wait_at_most=ladder.wait_at_most if ladder.wait_usual else 0,
            min_amount=decimal(self.min_amount),
            segments=frozenset(self.segment_ids.ids),
            debtor=self.debtor_kind or "",
            bills=self.billed_kind or "",
        )

    def _channels(self):
        """The ways to reach a customer, the preferred one first."""
        self.ensure_one()
        ways = (self.channel, self.fallback_channel, self.last_channel)
        return tuple(dict.fromkeys(way for way in ways if way))
