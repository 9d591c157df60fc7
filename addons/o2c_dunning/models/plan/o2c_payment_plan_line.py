"""The instalments of a plan, and the receivables it is about."""

from odoo import api, fields, models


class O2cPaymentPlanLine(models.Model):
    """One instalment; paid as far as the plan's invoices were."""

    _name = "o2c.payment.plan.line"
    _description = "Instalment of a Payment Plan"
    _order = "plan_id, number"

    plan_id = fields.Many2one(
        "o2c.payment.plan", required=True, index=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="plan_id.partner_id", store=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id", store=True)
    plan_state = fields.Selection(
        related="plan_id.state", string="State of the Plan", store=True
    )
    number = fields.Integer(string="No.", required=True)
    due = fields.Date(required=True, index=True)
    amount = fields.Monetary(required=True)
    paid = fields.Monetary(readonly=True)
    paid_on = fields.Date(
        readonly=True, help="Day of the payment that made it complete."
    )
    state = fields.Selection(
        [
            ("open", "To come"),
            ("late", "Late"),
            ("missed", "Missed"),
            ("paid", "Paid"),
        ],
        default="open",
        required=True,
        readonly=True,
        help="Late: its day has passed. Missed: its grace has passed too.",
    )
    reference = fields.Char(
        compute="_compute_reference", help="What the customer mentions when he pays."
    )

    _number_uniq = models.Constraint(
        "UNIQUE(plan_id, number)", "Every instalment has its own number."
    )
    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "An instalment is above zero."
    )

    @api.depends("plan_id.name", "number")
    def _compute_reference(self):
        for line in self:
            line.reference = f"{line.plan_id.name}-{line.number}"

    @api.depends("reference")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.reference


class O2cPaymentPlanItem(models.Model):
    """One open receivable of the plan, as it stood when the plan was made.

    Known by invoice and number of the instalment: lines of the ledger get new ids when
    an invoice goes through draft.
    """

    _name = "o2c.payment.plan.item"
    _description = "Receivable in a Payment Plan"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "o2c.payment.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="plan_id.currency_id")
    sequence = fields.Integer(
        default=10, help="Payments are booked in this order; drag to change it."
    )
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        ondelete="restrict",
    )
    instalment = fields.Integer(string="Part", required=True, default=1)
    due = fields.Date(
        string="Was Due", help="Due date, which the plan does not change."
    )
    amount = fields.Monetary(string="Open When Made", required=True)
    left = fields.Monetary(string="Open Now", compute="_compute_left")
    live = fields.Boolean(
        readonly=True, help="The plan runs: these invoices are not reminded."
    )

    _live_uniq = models.UniqueIndex(
        "(move_id, instalment) WHERE live",
        "One of these invoices is in another plan that runs.",
    )

    @api.depends("move_id.amount_residual", "amount")
    def _compute_left(self):
        for item in self:
            move = item.move_id.sudo()
            same = item.plan_id.item_ids.filtered(
                lambda one, move=move: one.move_id == move
            )
            # an invoice in several parts: the earlier part is paid first
            left = move.amount_residual if move.state == "posted" else 0.0
            for other in same.sorted("instalment", reverse=True):
                part = min(left, other.amount)
                if other == item:
                    item.left = part
                    break
                left -= part
            else:
                item.left = left
