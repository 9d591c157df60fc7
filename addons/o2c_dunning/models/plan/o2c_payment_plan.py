"""A payment plan: what a customer owes on several invoices, in agreed instalments.

It is a record of its own over open receivables: due dates, invoices and ledger stay as
they are. What was paid is read from the invoices, never written by hand.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...policy.payment_plan import may_charge
from .o2c_plan_policy import INTEREST_MODES

STATES = [
    ("draft", "Proposal"),
    ("waiting", "To approve"),
    ("running", "Running"),
    ("kept", "Kept"),
    ("broken", "Broken"),
    ("withdrawn", "Withdrawn"),
    ("refused", "Refused"),
]
#: What an agreement consists of: fixed as soon as it is made.
TERMS = {
    "move_ids",
    "item_ids",
    "line_ids",
    "count",
    "every",
    "first_amount",
    "start_date",
    "interest_mode",
    "grace_days",
    "signer",
    "signer_id",
}
#: What only follows from money, calendar and buttons.
FACTS = {
    "state",
    "name",
    "total",
    "paid",
    "left",
    "approved_by_id",
    "proposed_by_id",
    "started_on",
    "ended_on",
    "end_reason",
    "wait_reason",
    "interest_owed",
    "cost_owed",
}


class O2cPaymentPlan(models.Model):
    """The agreement of one customer, in one company and currency."""

    _name = "o2c.payment.plan"
    _description = "Payment Plan"
    _inherit = ["o2c.letter.source", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    case_id = fields.Many2one(
        "o2c.dunning.case",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    partner_id = fields.Many2one(related="case_id.partner_id", store=True, index=True)
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="case_id.currency_id", store=True)
    user_id = fields.Many2one(
        "res.users",
        string="Collector",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Who made the plan and follows it.",
    )
    move_ids = fields.Many2many(
        "account.move",
        "o2c_payment_plan_move_rel",
        "plan_id",
        "move_id",
        string="Invoices",
        help="Everything that is open on these invoices is in the plan.",
    )
    item_ids = fields.One2many(
        "o2c.payment.plan.item",
        "plan_id",
        string="What Is In It",
        help="What was open when the plan was made, in the order in which payments "
        "are booked.",
    )
    line_ids = fields.One2many("o2c.payment.plan.line", "plan_id", string="Instalments")
    every = fields.Selection(
        [("month", "Month"), ("week", "Week")], required=True, default="month"
    )
    count = fields.Integer(string="Instalments in All", required=True, default=3)
    first_amount = fields.Monetary(
        string="First Instalment", help="Zero: all instalments are equal."
    )
    start_date = fields.Date(
        string="First On", required=True, default=fields.Date.context_today
    )
    grace_days = fields.Integer(
        string="Grace", default=5, help="Days after an instalment before it is missed."
    )
    interest_mode = fields.Selection(
        INTEREST_MODES,
        string="Interest",
        required=True,
        default="waived",
        tracking=True,
        help="When the plan is broken, interest counts as if it had never been made.",
    )
    cost_owed = fields.Monetary(
        readonly=True, help="Collection cost that was owed when the plan began."
    )
    interest_owed = fields.Monetary(
        readonly=True, help="Interest that was owed when the plan began."
    )
    total = fields.Monetary(readonly=True, help="Sum of the instalments, to the cent.")
    may_approve = fields.Boolean(compute="_compute_may_approve")
    approver_words = fields.Char(
        string="Who Approves",
        compute="_compute_may_approve",
        help="Collecting managers other than who proposed the plan.",
    )
    paid = fields.Monetary(
        readonly=True, help="What the invoices have less open than when it was made."
    )
    left = fields.Monetary(
        string="Still to Pay",
        readonly=True,
        help="Paying this now ends the plan early.",
    )
    progress = fields.Float(
        compute="_compute_progress", help="Share that was paid, in percent."
    )
    next_due = fields.Date(
        string="Next Instalment",
        compute="_compute_next_due",
        store=True,
        help="Day of the first instalment that is not paid.",
    )
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    signer = fields.Char(
        string="Agreed By", help="Who agreed for the customer, when it was written."
    )
    signer_id = fields.Many2one(
        "res.partner",
        string="Contact Who Agreed",
        ondelete="set null",
        help="The contact of the customer who agreed to the plan.",
    )
    state = fields.Selection(
        STATES,
        default="draft",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        group_expand=True,
    )
    wait_reason = fields.Text(
        string="Why It Waits", readonly=True, help="What goes beyond the policy."
    )
    proposed_by_id = fields.Many2one(
        "res.users",
        string="Proposed By",
        readonly=True,
        default=lambda self: self.env.user,
    )
    approved_by_id = fields.Many2one("res.users", string="Approved By", readonly=True)
    started_on = fields.Date(readonly=True, tracking=True)
    ended_on = fields.Date(readonly=True)
    end_reason = fields.Char(readonly=True, tracking=True)
    note = fields.Text(help="What the customer said about why and how.")

    _counts = models.Constraint(
        "CHECK(count BETWEEN 1 AND 260)", "A plan has 1 to 260 instalments."
    )
    _first_positive = models.Constraint(
        "CHECK(COALESCE(first_amount, 0) >= 0)",
        "The first instalment cannot be negative.",
    )
    _grace_sane = models.Constraint(
        "CHECK(grace_days BETWEEN 0 AND 60)", "Grace is 0 to 60 days."
    )

    @api.depends("paid", "total")
    def _compute_progress(self):
        for plan in self:
            plan.progress = 100 * plan.paid / plan.total if plan.total else 0.0

    @api.depends("line_ids.state", "line_ids.due", "state")
    def _compute_next_due(self):
        for plan in self:
            left = plan.line_ids.filtered(lambda line: line.state != "paid")
            running = plan.state in ("draft", "waiting", "running")
            plan.next_due = running and min(left.mapped("due"), default=False)

    @api.constrains("interest_mode", "case_id")
    def _check_charge(self):
        for plan in self:
            person = plan.move_ids._o2c_consumer(plan.company_id, plan.partner_id)
            if not may_charge(person, plan.interest_mode):
                raise ValidationError(
                    self.env._(
                        "%s is a natural person: a plan may cost him nothing beyond "
                        "what he owed already. Waive the interest, or claim only what "
                        "was owed when the plan began.",
                        plan.partner_id.display_name,
                    )
                )

    @api.constrains("move_ids", "case_id")
    def _check_moves(self):
        for plan in self:
            others = plan.move_ids.filtered(
                lambda move, plan=plan: move.commercial_partner_id != plan.partner_id
                or move.currency_id != plan.currency_id
                or move.company_id.root_id != plan.company_id
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(invoice)s is not an invoice of this customer in this "
                        "company and currency.",
                        invoice=others[0].display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(FACTS & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("Use the buttons: a plan follows the money."))
        plans = super().create(vals_list)
        sequence = self.env["ir.sequence"].sudo()
        for plan in plans.sudo():
            plan.name = sequence.with_company(plan.company_id).next_by_code(
                "o2c.payment.plan", sequence_date=plan.company_id._o2c_today()
            )
        return plans

    def write(self, vals):
        """An agreement is changed by making another one."""
        if not self.env.su:
            if FACTS & vals.keys():
                raise AccessError(
                    self.env._("Use the buttons: a plan follows the money.")
                )
            if TERMS & vals.keys() and any(plan.state != "draft" for plan in self):
                raise UserError(
                    self.env._(
                        "What was agreed stays as it is. Withdraw this plan and make "
                        "another one."
                    )
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_proposals(self):
        if any(plan.state not in ("draft", "refused") for plan in self):
            raise UserError(
                self.env._("A plan that was agreed is kept. Withdraw it instead.")
            )

    def _letter_moves(self):
        return self.move_ids
