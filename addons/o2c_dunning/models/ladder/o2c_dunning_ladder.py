"""The ladder: which words follow when, and through which channel."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
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
        help="Customers of these segments climb this ladder, unless their grade or "
        "the customer's own choice says otherwise.",
    )
    grades = fields.Char(
        tracking=True,
        help="Customers with one of these grades climb this ladder, such as DE for "
        "the two weakest grades. The grade goes before the segment.",
    )
    note = fields.Text(help="When to use this ladder, for your colleagues.")
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

    @api.constrains("grades")
    def _check_grades(self):
        for ladder in self:
            if set(ladder.grades or "") - set("ABCDE"):
                raise ValidationError(
                    self.env._(
                        "Grades are the letters A to E, written together such as DE."
                    )
                )

    @api.model
    def _choice(self, company, today=None):
        """What decides the ladder of a customer in a company.

        Own ladders of the company go before shared ones.

        :return: dict with ``grade`` (letter to ladder), ``segment`` (id to ladder)
            and ``default``
        """
        ladders = self.sudo().search(
            Domain("company_id", "parent_of", company.ids)
            | Domain("company_id", "=", False)
        )
        own_first = ladders.sorted(lambda one: (not one.company_id, one.sequence))
        by_grade, by_segment = {}, {}
        for ladder in own_first:
            for grade in ladder.grades or "":
                by_grade.setdefault(grade, ladder)
            for segment in ladder.segment_ids:
                by_segment.setdefault(segment.id, ladder)
        return {
            "grade": by_grade,
            "segment": by_segment,
            "default": company.sudo()._o2c_dunning_ladder(),
        }

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
        string="Pay Within",
        default=7,
        required=True,
        help="Days after sending by which the reminder asks to be paid.",
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
