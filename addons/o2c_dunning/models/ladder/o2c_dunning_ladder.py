"""The ladder: which words follow when, and through which channel."""

from odoo import api, fields, models
from odoo.fields import Domain

#: How a reminder reaches the customer.
CHANNELS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
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
    working_days = fields.Boolean(
        string="Working Days Only",
        default=True,
        help="A step that would fall in a weekend, on an official holiday or on a day "
        "off of the company is taken on the next working day. A step before the due "
        "date is taken on the last working day before it, if need be.",
    )
    wait_usual = fields.Boolean(
        string="Waits for the Usual Day",
        help="The first step waits until the customer is later than he usually is, by "
        "how he paid in the last months. Only for good payers: not with grade D or E, "
        "not with fewer than three payments.",
    )
    wait_at_most = fields.Integer(
        string="At Most Until Day",
        default=10,
        help="Days after the due date. For somebody who usually pays later than this "
        "the first step does not wait at all.",
    )
    rhythm = fields.Char(
        compute="_compute_rhythm",
        help="Days after the due date on which each step may be taken.",
    )

    _wait_positive = models.Constraint(
        "CHECK(wait_at_most >= 0)",
        "The first step waits until a day after the due date: use 0 or more.",
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
        """The steps as the policy reads them. Holidays are put in where the company
        is known; here there are only weekends, or none.

        :return: tuple of :class:`policy.ladder.Step`
        """
        self.ensure_one()
        return tuple(step._policy_step() for step in self.step_ids)
