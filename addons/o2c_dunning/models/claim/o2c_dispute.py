"""A dispute: the customer says part of an invoice is wrong. Only that part pauses."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import SQL, format_date

from .o2c_dispute_cause import CAUSES


class O2cDispute(models.Model):
    """What is wrong with an invoice according to the customer, with an owner."""

    _name = "o2c.dispute"
    _description = "Dispute"
    _inherit = ["o2c.letter.source", "mail.activity.mixin"]
    _order = "deadline, id"
    _rec_name = "move_id"
    _check_company_auto = True

    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one(related="move_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="move_id.currency_id")
    scope = fields.Selection(
        [
            ("invoice", "The whole invoice"),
            ("lines", "Some lines"),
            ("amount", "An amount"),
        ],
        string="What Is Disputed",
        compute="_compute_scope",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    line_ids = fields.Many2many(
        "account.move.line",
        "o2c_dispute_line_rel",
        "dispute_id",
        "line_id",
        string="Disputed Lines",
        domain="[('move_id', '=', move_id), ('display_type', '=', 'product')]",
        help="The lines of the invoice that the customer does not accept.",
    )
    amount = fields.Monetary(
        string="Disputed Amount",
        required=True,
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="Only this part is left alone; the rest is reminded as usual.",
    )
    amount_company = fields.Monetary(
        string="In Company Currency",
        compute="_compute_amount_company",
        store=True,
        currency_field="company_currency_id",
        help="The disputed amount at the rate of the invoice, to add up.",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    cause_id = fields.Many2one(
        "o2c.dispute.cause",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        default=lambda self: self.env["o2c.dispute.cause"]._by_code("other"),
        help="What is wrong according to the customer.",
    )
    cause = fields.Selection(
        CAUSES,
        string="Kind of Cause",
        compute="_compute_cause",
        store=True,
        readonly=False,
        precompute=True,
        help="As customers choose it; follows from the cause.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("credited", "Customer is right"),
            ("rejected", "Customer is wrong"),
            ("settled", "Settled"),
            ("withdrawn", "Made by mistake"),
        ],
        default="open",
        required=True,
        index=True,
        readonly=True,
        tracking=True,
    )
    note = fields.Text(string="What the Customer Says")
    others_words = fields.Char(
        string="Earlier Dispute",
        compute="_compute_others_words",
        help="What is in dispute of this invoice already.",
    )
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    raised_on = fields.Date(
        required=True,
        readonly=True,
        default=lambda self: fields.Date.context_today(self),
        help="From this day on the disputed part counts as disputed.",
    )
    closed_on = fields.Date(readonly=True)
    days_taken = fields.Integer(
        compute="_compute_days_taken",
        store=True,
        aggregator="avg",
        help="Days from the day it was raised to the decision.",
    )

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "Dispute an amount above zero."
    )

    @api.depends("move_id")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = dispute.move_id.sudo().name or ""

    @api.depends("cause_id")
    def _compute_cause(self):
        for dispute in self:
            dispute.cause = dispute.cause_id.code or dispute.cause or "other"

    @api.depends("line_ids")
    def _compute_scope(self):
        for dispute in self:
            if dispute.line_ids:
                dispute.scope = "lines"
            else:
                dispute.scope = dispute.scope or "invoice"

    @api.depends("move_id", "scope", "line_ids")
    def _compute_amount(self):
        for dispute in self:
            left = dispute.move_id.amount_residual
            # nothing left: the whole, so that the check says what stands in the way
            left = max(0.0, left - dispute._others_take()) or left
            if dispute.scope == "lines" and dispute.line_ids:
                lines = sum(dispute.line_ids.mapped("price_total"))
                dispute.amount = min(lines, left) if left else lines
            elif dispute.scope == "invoice":
                dispute.amount = left
            else:
                dispute.amount = dispute.amount or left

    def _others_take(self):
        """What open disputes about the same invoice take of it already."""
        self.ensure_one()
        return sum(self._others_open().mapped("amount"))

    def _others_open(self):
        """Other open disputes about the same invoice."""
        self.ensure_one()
        return self.sudo().search(
            [
                ("move_id", "=", self.move_id._origin.id or self.move_id.id),
                ("state", "=", "open"),
                ("id", "!=", self._origin.id or False),
            ]
        )

    @api.depends("move_id")
    def _compute_others_words(self):
        for dispute in self:
            others = dispute._others_open() if dispute.move_id else self.browse()
            if not others:
                dispute.others_words = False
                continue
            dispute.others_words = self.env._(
                "Already in dispute: %(amount)s of %(invoice)s, since %(day)s. Only "
                "the rest can be disputed too.",
                amount=dispute.currency_id.format(sum(others.mapped("amount"))),
                invoice=dispute.move_id.sudo().name,
                day=format_date(self.env, min(others.mapped("raised_on"))),
            )

    @api.depends("amount", "move_id")
    def _compute_amount_company(self):
        for dispute in self:
            move = dispute.move_id
            total = move.amount_total
            rate = abs(move.amount_total_signed) / total if total else 1.0
            dispute.amount_company = dispute.amount * rate

    @api.depends("raised_on", "closed_on")
    def _compute_days_taken(self):
        for dispute in self:
            closed = dispute.closed_on and dispute.raised_on
            days = (dispute.closed_on - dispute.raised_on).days if closed else 0
            dispute.days_taken = max(0, days)

    @api.model_create_multi
    def create(self, vals_list):
        """A customer chose a kind of cause: the first cause under it is taken."""
        for vals in vals_list:
            if vals.get("cause") and not vals.get("cause_id"):
                vals["cause_id"] = (
                    self.env["o2c.dispute.cause"]._by_code(vals["cause"]).id
                )
            if vals.get("amount") and not vals.get("scope"):
                vals["scope"] = "lines" if vals.get("line_ids") else "amount"
        return super().create(vals_list)

    @api.constrains("amount", "move_id", "state", "agreed_amount")
    def _check_amount(self):
        """Disputes of an invoice, together, are never more than the invoice.

        The invoice is touched first, so that of two disputes at the same moment the
        later one sees the other.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE account_move SET write_date = write_date WHERE id = ANY(%s)",
                sorted(self.move_id.ids),
            )
        )
        for move in self.move_id:
            total, others = move.amount_total, self.sudo()
            others = others.search([("move_id", "=", move.id)])
            disputed = sum(dispute._still_disputed() for dispute in others)
            if move.currency_id.compare_amounts(disputed, total) > 0:
                raise ValidationError(
                    self.env._(
                        "%(invoice)s amounts to %(total)s and %(disputed)s would be "
                        "disputed. Lower the amount, or close an earlier dispute.",
                        invoice=move.name,
                        total=move.currency_id.format(total),
                        disputed=move.currency_id.format(disputed),
                    )
                )

    @api.constrains("line_ids", "move_id")
    def _check_lines(self):
        for dispute in self:
            if dispute.line_ids.move_id - dispute.move_id:
                raise ValidationError(
                    self.env._("The disputed lines belong to another invoice.")
                )

    def _still_disputed(self):
        """What of the invoice this dispute takes: all while open, what was agreed
        after that, nothing when the customer was wrong."""
        self.ensure_one()
        part = {
            "open": self.amount,
            "credited": min(self.amount, self.credited_amount or self.amount),
            "settled": self.agreed_amount,
        }
        return part.get(self.state, 0.0)

    def write(self, vals):
        """A dispute ends by a decision, not by writing its state."""
        guarded = {"state", "closed_on", "raised_on", "untold", "escalated_on"}
        if not self.env.su and guarded & vals.keys():
            raise AccessError(self.env._("Use the buttons to close a dispute."))
        if vals.get("cause") and "cause_id" not in vals:
            cause = self.env["o2c.dispute.cause"]._by_code(vals["cause"])
            vals = vals | {"cause_id": cause.id}
        return super().write(vals)

    def _letter_moves(self):
        return self.move_id

    @api.model
    def _dispute(self, move, amount, cause, source="portal", note="", lines=None):
        """Record what a customer objects to; used by the invoice and by the portal.

        :param move: one ``account.move``
        :param float amount: disputed part; the open amount, or that of the lines,
            when empty
        :param str cause: a code of :data:`CAUSES`
        :param lines: ``account.move.line`` records of the invoice that are disputed
        :return: the dispute
        """
        values = {
            "move_id": move.id,
            "cause": cause,
            "source": source,
            "note": note,
        }
        if lines:
            values["line_ids"] = [(6, 0, lines.ids)]
        if amount:
            values["amount"] = amount
        return self.create(values)
