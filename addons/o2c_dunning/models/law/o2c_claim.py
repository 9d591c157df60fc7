"""A claim of cost and interest on chosen invoices: shown first, asked once."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

STATES = [
    ("draft", "To decide"),
    ("claimed", "Claimed"),
    ("waived", "Waived"),
    ("undone", "Taken back"),
]
#: Written by the buttons only.
DECIDED = {"state", "document_id", "decided_by_id", "decided_on", "day", "partner_id"}


class O2cClaim(models.Model):
    """What a customer owes besides his invoices, and what was decided about it."""

    _name = "o2c.claim"
    _description = "Claim of Cost and Interest"
    _inherit = ["mail.thread"]
    _order = "day desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    case_id = fields.Many2one(
        "o2c.dunning.case",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
    )
    day = fields.Date(
        string="Up To And Including",
        required=True,
        readonly=True,
        help="Interest is counted up to and including this day.",
    )
    state = fields.Selection(
        STATES, default="draft", required=True, readonly=True, index=True, tracking=True
    )
    line_ids = fields.One2many("o2c.claim.line", "claim_id", string="Invoices")
    cost = fields.Monetary(
        string="Collection Cost", compute="_compute_totals", store=True
    )
    interest = fields.Monetary(compute="_compute_totals", store=True)
    total = fields.Monetary(compute="_compute_totals", store=True)
    document_id = fields.Many2one(
        "account.move",
        string="Document",
        readonly=True,
        index="btree_not_null",
        copy=False,
        ondelete="restrict",
        help="The invoice by which it is asked. It bears no VAT: it is damages.",
    )
    reason = fields.Char(
        tracking=True, help="Why it is waived or taken back, for colleagues."
    )
    decided_by_id = fields.Many2one(
        "res.users", string="Decided By", readonly=True, ondelete="restrict"
    )
    decided_on = fields.Date(readonly=True)

    _document_uniq = models.UniqueIndex(
        "(document_id) WHERE document_id IS NOT NULL",
        "This document asks another claim already.",
    )

    @api.depends("line_ids.cost", "line_ids.interest")
    def _compute_totals(self):
        for claim in self:
            claim.cost = sum(claim.line_ids.mapped("cost"))
            claim.interest = sum(claim.line_ids.mapped("interest"))
            claim.total = claim.cost + claim.interest

    @api.depends("partner_id", "day")
    def _compute_display_name(self):
        for claim in self:
            claim.display_name = self.env._(
                "Cost and interest of %(customer)s until %(day)s",
                customer=claim.partner_id.display_name or "",
                day=format_date(self.env, claim.day) or "",
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Claims are drawn up from the law's figures, never typed."""
        if not self.env.su:
            raise AccessError(
                self.env._("Draw up a claim with Cost and Interest on a case.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and DECIDED & vals.keys():
            raise AccessError(self.env._("A claim is decided with its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        if self.filtered(lambda claim: claim.state != "draft"):
            raise UserError(
                self.env._("A claim that was decided is kept. Take it back instead.")
            )

    @api.model
    def _draw_up(self, moves, day):
        """A claim on chosen invoices, to be decided; refused when nothing is owed.

        :param moves: invoices of one customer and company
        :param date day: last day of interest
        :return: the claim
        """
        partner, company = moves.commercial_partner_id, moves.company_id.root_id
        self.env.user._o2c_check_collector()
        if len(partner) != 1 or len(company) != 1:
            raise UserError(self.env._("Choose invoices of one customer."))
        moves.check_access("read")
        self._follow_documents(moves)
        figures, until = self._confirmed_figures(moves, day)
        rows = self.env["o2c.claim.line"]._rows(figures, until)
        if not rows:
            raise UserError(self._nothing_owed(figures))
        case = self.env["o2c.dunning.case"].sudo()
        case = case.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ],
            order="id",
            limit=1,
        )
        claim = self.sudo().create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "case_id": case.id,
                "day": day,
                "line_ids": [fields.Command.create(row) for row in rows],
            }
        )
        return claim.sudo(self.env.su)

    @api.model
    def _confirmed_figures(self, moves, day):
        """What may be asked: the cost of the day, which no rate decides, and interest
        up to the last day on which every rate is confirmed.

        :return: (dict of move to :class:`policy.debt.ClaimFigures`, last day of
            interest)
        """
        figures = moves._o2c_cost_and_interest(day)
        until = min([day, *(one.sure_until for one in figures.values())])
        if until == day:
            return figures, day
        cut = moves._o2c_cost_and_interest(day, until)
        return {
            move: replace(one, reasons=figures[move].reasons)
            for move, one in cut.items()
        }, until

    @api.model
    def _nothing_owed(self, figures):
        """Why nothing can be claimed, document by document."""
        rows = [
            self.env._(
                "%(document)s: %(why)s",
                document=move.name or "",
                why=move._o2c_why_not(one)
                or self.env._("claimed or waived already, or nothing has run yet"),
            )
            for move, one in figures.items()
        ]
        return "\n".join([self.env._("There is nothing to claim on this day."), *rows])

    def _check_manager(self):
        if not self.env.user.has_group("o2c_base.group_collecting_manager"):
            raise AccessError(
                self.env._("A collecting manager decides on cost and interest.")
            )
        self.check_access("write")

    def _decide(self, state):
        """Write down who decided, and let the lines count from now on."""
        live = state in ("claimed", "waived")
        for claim in self.sudo():
            claim.write(
                {
                    "state": state,
                    "decided_by_id": self.env.uid,
                    "decided_on": claim.company_id._o2c_today(),
                }
            )
        self.sudo().line_ids.write({"live": live})

    def action_waive(self):
        """It is owed and not asked; not drawn up again either."""
        self._check_manager()
        drafts = self.filtered(lambda claim: claim.state == "draft")
        if any(not claim.reason for claim in drafts):
            raise UserError(self.env._("Write down why it is waived."))
        drafts._take_again(sure=False)
        drafts._decide("waived")

    def action_statement(self):
        """The calculation behind it, day by day."""
        self.ensure_one()
        return self.env["o2c.claim.estimate"]._open(
            self.line_ids.move_id, self.day, self.case_id
        )

    def action_open_document(self):
        """The invoice by which it is asked."""
        self.ensure_one()
        return self.env["o2c.today"]._open_record(self.document_id)
