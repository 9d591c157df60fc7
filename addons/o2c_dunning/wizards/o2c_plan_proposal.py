"""Work out a payment plan with the customer on the phone: what if, and what then."""

from decimal import Decimal

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.plan.o2c_plan_policy import INTEREST_MODES
from ..policy.payment_plan import count_for, first_share, may_charge, outside, schedule
from ..tools.amount import decimal


class O2cPlanProposal(models.TransientModel):
    """The calculator; nothing is written until the plan is made."""

    _name = "o2c.plan.proposal"
    _description = "Payment Plan Calculator"

    case_id = fields.Many2one("o2c.dunning.case", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="case_id.partner_id")
    company_id = fields.Many2one(related="case_id.company_id")
    currency_id = fields.Many2one(related="case_id.currency_id")
    move_ids = fields.Many2many(
        "account.move",
        string="Invoices",
        compute="_compute_move_ids",
        store=True,
        readonly=False,
        domain="[('commercial_partner_id', '=', partner_id),"
        " ('currency_id', '=', currency_id), ('move_type', '=', 'out_invoice'),"
        " ('state', '=', 'posted'), ('payment_state', 'in', ('not_paid', 'partial'))]",
        help="Everything that is open on these invoices is spread.",
    )
    total = fields.Monetary(
        compute="_compute_total", help="What is open on these invoices."
    )
    basis = fields.Selection(
        [("count", "Number of instalments"), ("amount", "What he can pay each time")],
        required=True,
        default="count",
    )
    count = fields.Integer(string="Instalments", default=3)
    amount = fields.Monetary(string="Each Time")
    every = fields.Selection(
        [("month", "Month"), ("week", "Week")], required=True, default="month"
    )
    first_amount = fields.Monetary(
        string="At Once",
        compute="_compute_first",
        store=True,
        readonly=False,
        help="A larger first instalment. Zero: all are equal.",
    )
    start_date = fields.Date(
        string="First On",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
    )
    interest_mode = fields.Selection(
        INTEREST_MODES,
        string="Interest",
        compute="_compute_first",
        store=True,
        readonly=False,
    )
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    signer = fields.Char(
        string="Agreed By",
        help="Who agrees for the customer; checked against the signatories of the "
        "credit report where that is switched on.",
    )
    note = fields.Text()
    warning = fields.Text(
        string="Beyond the Policy",
        compute="_compute_preview",
        help="With this the plan waits for a collecting manager.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    possible = fields.Boolean(compute="_compute_preview")

    @api.depends("case_id")
    def _compute_move_ids(self):
        for one in self:
            moves = one.case_id._promisable_moves()
            one.move_ids = moves - self.env["o2c.payment.plan"]._in_dispute(moves)

    @api.depends("move_ids")
    def _compute_total(self):
        for one in self:
            one.total = sum(one.move_ids.mapped("amount_residual"))

    @api.depends("case_id", "move_ids")
    def _compute_first(self):
        """What the policy asks of this customer, as a start."""
        for one in self:
            row = one._policy_row()
            moves = self.env["account.move"]
            person = moves._o2c_consumer(one.company_id, one.partner_id)
            mode = row.interest_mode or "waived"
            one.interest_mode = mode if may_charge(person, mode) else "waived"
            total = sum(one.move_ids.mapped("amount_residual"))
            cent = Decimal(str(one.currency_id.rounding or 0.01))
            share = first_share(decimal(total), decimal(row.first_percent), cent)
            one.first_amount = float(share)

    def _policy_row(self):
        return self.env["o2c.plan.policy"]._row_for(self.company_id, self.partner_id)

    def _wanted_count(self):
        """Number of instalments, asked for or worked out from what he can pay."""
        if self.basis == "count":
            return self.count
        if self.amount <= 0:
            return 0
        return count_for(
            decimal(self.total), decimal(self.amount), decimal(self.first_amount)
        )

    def _instalments(self):
        """The schedule, or nothing while the figures do not fit."""
        if not self.start_date or not self.currency_id:
            return ()
        try:
            return schedule(
                decimal(self.total),
                self._wanted_count(),
                self.start_date,
                first=decimal(self.first_amount),
                every=self.every,
                cent=Decimal(str(self.currency_id.rounding)),
            )
        except ValueError:
            return ()

    @api.depends(
        "move_ids",
        "basis",
        "count",
        "amount",
        "every",
        "first_amount",
        "start_date",
    )
    def _compute_preview(self):
        for one in self:
            lines = one._instalments()
            one.possible = bool(lines)
            one.warning = one._warning(lines) if lines else False
            one.preview = (
                one._drawn(lines)
                if lines
                else Markup("<p class='text-muted'>%s</p>")
                % self.env._("Fill in figures that fit the total.")
            )

    def _warning(self, lines):
        """What goes beyond the policy, in words."""
        today, company = self.company_id._o2c_today(), self.company_id.currency_id
        rate = company._get_conversion_rate(
            company, self.currency_id, self.company_id, today
        )
        bounds = self._policy_row()._bounds(rate)
        words = self.env["o2c.payment.plan"]._bound_words(bounds, self.currency_id)
        said = [words[code] for code in outside(bounds, lines, today)]
        said += self.env["o2c.payment.plan"]._dispute_words(self.move_ids)
        return "\n".join(said)

    def _drawn(self, lines):
        """The schedule as it would be agreed."""
        rows = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td class='text-end'>%s</td></tr>")
            % (
                one.number,
                format_date(self.env, one.due),
                self.currency_id.format(float(one.amount)),
            )
            for one in lines
        )
        return Markup(
            "<table class='table table-sm mb-0'><tbody>%s</tbody>"
            "<tfoot><tr class='fw-bold'><td colspan='2'>%s</td>"
            "<td class='text-end'>%s</td></tr></tfoot></table>"
        ) % (
            rows,
            self.env._("Total"),
            self.currency_id.format(float(sum(one.amount for one in lines))),
        )

    def action_make(self):
        """Make the plan; beyond the policy it waits for approval."""
        self.ensure_one()
        self.case_id._check_collector()
        if not self.possible:
            raise UserError(
                self.env._(
                    "These figures do not fit: the first instalment must be below the "
                    "total, and every instalment above zero."
                )
            )
        plan = self.env["o2c.payment.plan"]._propose(
            self.move_ids,
            count=self._wanted_count(),
            every=self.every,
            first_amount=self.first_amount,
            start_date=self.start_date,
            interest_mode=self.interest_mode,
            source=self.source,
            signer=self.signer,
            note=self.note,
        )
        plan.action_start()
        if self.env.context.get("o2c_stay"):
            return {"type": "ir.actions.act_window_close"}
        return self.env["o2c.today"]._open_record(plan)
