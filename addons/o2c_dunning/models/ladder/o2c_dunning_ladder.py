"""The ladder: which words follow when, and through which channel."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...policy.ladder import Step

#: How a reminder reaches the customer.
CHANNELS = [
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("call", "Call"),
]
#: How a reminder speaks, from soft to hard.
TONES = [
    ("friendly", "Friendly"),
    ("clear", "Clear"),
    ("firm", "Firm"),
    ("final", "Final"),
]


#: What a step is in law, which decides what it must say and what follows from it.
STEP_KINDS = [
    ("reminder", "Reminder"),
    ("default", "Notice of default"),
    ("wik", "14-day letter (consumers)"),
    ("handover", "Proposal to hand over"),
]


class O2cDunningLadder(models.Model):
    """A set of steps that an unpaid invoice climbs, one at a time."""

    _name = "o2c.dunning.ladder"
    _description = "Reminder Ladder"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this company uses the ladder. Empty: every company may use it.",
    )
    segment_ids = fields.Many2many(
        "o2c.customer.segment",
        string="Segments",
        help="Customers of these segments climb this ladder, unless the credit policy "
        "names one for their grade, or the customer has his own.",
    )
    note = fields.Text(
        translate=True, help="When to use this ladder, for your colleagues."
    )
    step_ids = fields.One2many("o2c.dunning.step", "ladder_id", copy=True)
    rhythm = fields.Char(
        compute="_compute_rhythm",
        help="Days after the due date on which each step may be taken.",
    )

    @api.depends("step_ids.days")
    def _compute_rhythm(self):
        for ladder in self:
            days = sorted(ladder.step_ids.mapped("days"))
            ladder.rhythm = " · ".join(str(day) for day in days)

    @api.model
    def _choice(self, company):
        """The ladder of any customer: own choice, grade, segment, company default.

        Rows of the company go before shared ones, rows for a segment before general
        ones, as everywhere in the credit policy.

        :param company: ``res.company``, the root
        :return: function of (own ladder id, grade, segment id) to a ladder id
        """
        shared = Domain("company_id", "=", False)
        of_company = Domain("company_id", "parent_of", company.ids) | shared
        cells = (
            self.env["o2c.credit.policy"]
            .sudo()
            .search(of_company & Domain("o2c_dunning_ladder_id", "!=", False))
        )
        cells = cells.sorted(lambda cell: (not cell.company_id, not cell.segment_id))
        ladders = self.sudo().search(of_company & Domain("segment_ids", "!=", False))
        ladders = ladders.sorted(lambda one: (not one.company_id, one.sequence))
        default = company.sudo()._o2c_dunning_ladder().id
        known = {}

        def choose(own_id, grade, segment_id):
            key = grade or "unrated", segment_id
            if key not in known:
                cell = cells.filtered(
                    lambda one: one.grade == key[0]
                    and one.segment_id.id in (False, segment_id)
                )[:1]
                by_segment = ladders.filtered(
                    lambda one: segment_id in one.segment_ids.ids
                )[:1]
                known[key] = cell.o2c_dunning_ladder_id.id or by_segment.id or default
            return own_id or known[key] or 0

        return choose

    def _policy_steps(self):
        """The steps as the policy reads them.

        :return: tuple of :class:`policy.ladder.Step`
        """
        self.ensure_one()
        return tuple(
            Step(step.id, step.days, step.min_interval) for step in self.step_ids
        )


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
        help="A customer without e-mail address gets a letter instead of an e-mail.",
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
        [("none", "Say nothing"), ("announce", "Say that cost may follow")],
        string="About Cost",
        default="none",
        required=True,
        help="Whether the reminder says that interest and collection cost may follow. "
        "No amount is claimed.",
    )

    _days_uniq = models.Constraint(
        "UNIQUE(ladder_id, days)",
        "A ladder has one step per day. Give this step another number of days.",
    )
    _interval_positive = models.Constraint(
        "CHECK(min_interval >= 0)",
        "The interval after the previous step cannot be negative.",
    )

    @api.depends("name", "days")
    def _compute_display_name(self):
        for step in self:
            step.display_name = self.env._(
                "%(name)s (day %(days)s)", name=step.name or "", days=step.days
            )
