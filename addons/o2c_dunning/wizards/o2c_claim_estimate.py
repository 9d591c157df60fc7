"""Cost and interest of invoices on a day: what, why not yet, from when."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..policy.allocation import Applied, Cost, by_month


class O2cClaimEstimate(models.TransientModel):
    """The calculation, invoice by invoice. It becomes a claim when somebody says so."""

    _name = "o2c.claim.estimate"
    _description = "Cost and Interest"

    case_id = fields.Many2one("o2c.dunning.case", ondelete="cascade")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", compute="_compute_partner"
    )
    company_id = fields.Many2one("res.company", compute="_compute_partner")
    currency_id = fields.Many2one("res.currency", compute="_compute_partner")
    date = fields.Date(
        string="Up To And Including",
        required=True,
        default=lambda self: fields.Date.context_today(self),
        help="Any day: one ahead shows what will be owed then.",
    )
    interest_until = fields.Date(
        string="Interest Up To And Including",
        readonly=True,
        help="Earlier than the day of the calculation where the rate after it is not "
        "confirmed.",
    )
    per_month = fields.Boolean(
        string="A Line per Month",
        help="Cuts the interest at the end of each month; the sum stays the same.",
    )
    line_ids = fields.One2many("o2c.claim.estimate.line", "estimate_id")
    principal = fields.Monetary(compute="_compute_totals", string="Open Principal")
    cost = fields.Monetary(
        string="Collection Cost",
        compute="_compute_totals",
        help="By the scale of the Besluit BIK. A consumer owes it only after a valid "
        "14-day letter has run out.",
    )
    interest = fields.Monetary(compute="_compute_totals")
    claimed = fields.Monetary(
        string="Claimed or Waived",
        compute="_compute_totals",
        help="Part of the cost and interest that an earlier claim settled.",
    )
    total = fields.Monetary(compute="_compute_totals")
    certain = fields.Boolean(
        compute="_compute_totals",
        help="Whether every rate in the calculation is confirmed.",
    )
    obstacle = fields.Text(
        string="Nothing to Claim Yet",
        compute="_compute_obstacle",
        help="Why no claim can be drawn up on this day, and what to do about it.",
    )
    unsure_note = fields.Text(
        compute="_compute_obstacle",
        help="What a claim can ask while a rate is not confirmed.",
    )
    calculation = fields.Html(compute="_compute_calculation", sanitize=False)

    @api.model
    def _open(self, moves, day, case=None, interest_until=None):
        """The screen for chosen invoices on a day.

        :param moves: invoices of one customer and company
        :param date interest_until: no interest after this day
        """
        estimate = self.create(
            {
                "case_id": case.id if case else False,
                "date": day,
                "interest_until": interest_until,
                "line_ids": [
                    fields.Command.create({"move_id": move.id}) for move in moves
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Cost and Interest"),
            "res_model": self._name,
            "res_id": estimate.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.depends("line_ids.move_id", "case_id")
    def _compute_partner(self):
        for estimate in self:
            moves = estimate.line_ids.move_id
            case = estimate.case_id
            company = case.company_id or moves.company_id.root_id[:1]
            estimate.company_id = company or self.env.company
            estimate.partner_id = case.partner_id or moves.commercial_partner_id[:1]
            estimate.currency_id = estimate.company_id.currency_id

    @api.depends("line_ids.chosen", "line_ids.interest", "date")
    def _compute_totals(self):
        for estimate in self:
            lines = estimate.line_ids.filtered("chosen")
            estimate.principal = sum(lines.mapped("principal"))
            estimate.cost = sum(lines.mapped("cost"))
            estimate.interest = sum(lines.mapped("interest"))
            estimate.claimed = sum(lines.mapped("claimed"))
            estimate.total = estimate.principal + estimate.cost + estimate.interest
            estimate.certain = all(lines.mapped("sure"))

    @api.depends("line_ids.chosen", "line_ids.interest", "date")
    def _compute_obstacle(self):
        claims = self.env["o2c.claim"]
        for estimate in self:
            chosen = estimate.line_ids.filtered("chosen").move_id._origin
            figures = {
                move: one
                for move, one in (estimate._figures() if estimate.date else {}).items()
                if move in chosen
            }
            sure, until = figures, estimate.date
            if figures and not estimate.certain:
                sure, until = claims._confirmed_figures(chosen, estimate.date)
            left = claims.line_ids._rows(sure, until)
            words = [] if left or not figures else [claims._nothing_owed(sure)]
            if not estimate.certain and not left:
                words.append(estimate._unsure_words())
            estimate.obstacle = "\n".join(words)
            estimate.unsure_note = (
                left
                and not estimate.certain
                and self.env._(
                    "An interest rate is not confirmed. A claim asks the collection "
                    "cost and interest up to and including %s; the rest is an "
                    "estimate for the screen. Confirm the rates under Interest Rates "
                    "to claim all.",
                    format_date(self.env, until),
                )
            )

    @api.depends("line_ids.chosen", "date", "per_month")
    def _compute_calculation(self):
        for estimate in self:
            estimate.calculation = self.env["ir.qweb"]._render(
                "o2c_dunning.claim_calculation",
                {"estimate": estimate, "items": estimate._calculation()},
            )

    def _figures(self):
        """Cost and interest of all invoices on the screen, once for all.

        :return: dict of move to :class:`policy.debt.ClaimFigures`
        """
        moves = self.line_ids.move_id
        if not moves:
            return {}
        return moves._origin._o2c_cost_and_interest(self.date, self.interest_until)

    def _calculation(self):
        """The lines behind the figures, for the screen and for the annex.

        :return: list of dicts with label, why, and rows of three kinds
        """
        self.ensure_one()
        chosen = self.line_ids.filtered("chosen").move_id._origin
        items = []
        for move, figures in self._figures().items():
            if move not in chosen:
                continue
            many = len(figures.statements) > 1
            for instalment, made in figures.statements:
                lines = by_month(made.lines) if self.per_month else made.lines
                label = f"{move.name} ({instalment})" if many else move.name
                items.append(
                    {
                        "label": label,
                        "why": move._o2c_why_not(figures),
                        "statement": made,
                        "lines": [
                            {"kind": self._kind(line), "line": line}
                            for line in lines
                            if not self._after_interest(line)
                        ],
                    }
                )
        return items

    def _after_interest(self, line):
        """Whether a line is interest of days that bear none here."""
        until = self.interest_until
        return bool(until) and self._kind(line) == "interest" and line.start > until

    def _daily(self):
        """What each day costs from now on, over the chosen invoices."""
        self.ensure_one()
        chosen = self.line_ids.filtered("chosen").move_id._origin
        return float(
            sum(
                made.daily
                for move, figures in self._figures().items()
                for _instalment, made in figures.statements
                if move in chosen
            )
        )

    @api.model
    def _kind(self, line):
        """Which of the three kinds of line of a statement this is."""
        return {Cost: "cost", Applied: "payment"}.get(type(line), "interest")

    def action_draw_up(self):
        """Draw up a claim on the chosen invoices; a manager decides on it."""
        self.ensure_one()
        moves = self.line_ids.filtered("chosen").move_id
        if not moves:
            raise UserError(self.env._("Choose at least one invoice."))
        claim = self.env["o2c.claim"]._draw_up(moves, self.date)
        return self.env["o2c.today"]._open_record(claim)

    def action_print(self):
        """The statement for the debtor, as PDF."""
        self.ensure_one()
        self._check_sure()
        return self.env.ref("o2c_dunning.o2c_claim_statement_report").report_action(
            self
        )

    def _check_sure(self):
        """Only confirmed rates leave the house."""
        if not self.certain:
            raise UserError(self._unsure_words())

    @api.model
    def _unsure_words(self):
        """What to do while a rate is not confirmed."""
        return self.env._(
            "An interest rate is not confirmed: this is an estimate for the "
            "screen only. Confirm the rates under Interest Rates, or choose an "
            "earlier day."
        )


class O2cClaimEstimateLine(models.TransientModel):
    """One invoice on the screen."""

    _name = "o2c.claim.estimate.line"
    _description = "Cost and Interest of an Invoice"

    estimate_id = fields.Many2one(
        "o2c.claim.estimate", required=True, ondelete="cascade"
    )
    move_id = fields.Many2one(
        "account.move", string="Invoice", required=True, ondelete="cascade"
    )
    chosen = fields.Boolean(default=True, help="Counts in the totals and the claim.")
    currency_id = fields.Many2one(related="estimate_id.currency_id")
    principal = fields.Monetary(compute="_compute_figures", string="Open")
    default_from = fields.Date(
        string="In Default From",
        compute="_compute_figures",
        help="First day of interest; it may lie ahead.",
    )
    interest = fields.Monetary(compute="_compute_figures")
    cost_from = fields.Date(
        compute="_compute_figures",
        help="First day on which collection cost is owed; it may lie ahead.",
    )
    cost = fields.Monetary(string="Collection Cost", compute="_compute_figures")
    claimed = fields.Monetary(
        string="Claimed or Waived",
        compute="_compute_figures",
        help="What an earlier claim settled.",
    )
    sure = fields.Boolean(compute="_compute_figures")
    why = fields.Text(
        string="Why Not More",
        compute="_compute_figures",
        help="What stands in the way of cost or interest, and until when.",
    )

    @api.depends("move_id", "estimate_id.date")
    def _compute_figures(self):
        for estimate, lines in self.grouped("estimate_id").items():
            figures = estimate._figures() if estimate.date else {}
            for line in lines:
                one = figures.get(line.move_id._origin)
                line.principal = float(one.principal) if one else 0.0
                line.interest = float(one.interest) if one else 0.0
                line.cost = float(one.cost) if one else 0.0
                line.claimed = (
                    float(one.claimed_cost + one.claimed_interest) if one else 0.0
                )
                line.default_from = one.default_from if one else False
                line.cost_from = one.cost_from if one else False
                line.sure = one.sure if one else True
                line.why = line.move_id._o2c_why_not(one) if one else False
