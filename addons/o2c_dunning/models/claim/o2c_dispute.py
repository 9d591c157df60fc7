"""A dispute: the customer says part of an invoice is wrong. Only that part pauses."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

CAUSES = [
    ("price", "Price"),
    ("quantity", "Quantity"),
    ("quality", "Quality"),
    ("delivery", "Delivery"),
    ("paid", "Already paid"),
    ("address", "Wrong address or reference"),
    ("other", "Other"),
]


class O2cDispute(models.Model):
    """What is wrong with an invoice according to the customer, with an owner."""

    _name = "o2c.dispute"
    _description = "Dispute"
    _inherit = ["mail.thread", "mail.activity.mixin"]
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
    cause = fields.Selection(CAUSES, required=True, default="other", tracking=True)
    state = fields.Selection(
        [
            ("open", "Open"),
            ("credited", "Customer is right"),
            ("rejected", "Customer is wrong"),
            ("settled", "Settled"),
        ],
        default="open",
        required=True,
        index=True,
        readonly=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        tracking=True,
        default=lambda self: self.env.user,
        help="Who finds out and answers the customer.",
    )
    deadline = fields.Date(
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=14),
        tracking=True,
        help="Day by which the customer has an answer.",
    )
    note = fields.Text(string="What the Customer Says")
    outcome = fields.Text(help="What was found, for the customer and for colleagues.")
    source = fields.Selection(
        [("call", "Call"), ("mail", "Mail"), ("portal", "Portal")],
        default="call",
        required=True,
    )
    closed_on = fields.Date(readonly=True)

    _amount_positive = models.Constraint(
        "CHECK(amount > 0)", "Dispute an amount above zero."
    )

    @api.depends("move_id")
    def _compute_amount(self):
        for dispute in self:
            dispute.amount = dispute.amount or dispute.move_id.amount_residual

    @api.constrains("amount", "move_id")
    def _check_amount(self):
        for dispute in self:
            total = dispute.move_id.amount_total
            if dispute.currency_id.compare_amounts(dispute.amount, total) > 0:
                raise ValidationError(
                    self.env._("More is disputed than the invoice amounts to.")
                )

    def write(self, vals):
        """A dispute ends by a decision, not by writing its state."""
        if not self.env.su and {"state", "closed_on"} & vals.keys():
            raise AccessError(self.env._("Use the buttons to close a dispute."))
        return super().write(vals)

    def _close(self, state):
        """End the dispute; what was paused is reminded again, at the same step."""
        if not self.env.user.has_group("o2c_base.group_collector"):
            raise AccessError(self.env._("Only collectors can close a dispute."))
        self.check_access("write")
        self.filtered(lambda dispute: dispute.state == "open").sudo().write(
            {"state": state, "closed_on": fields.Date.context_today(self)}
        )

    def action_credit(self):
        """The customer is right: open the credit note of the invoice."""
        self.ensure_one()
        self._close("credited")
        return self.move_id.action_reverse()

    def action_reject(self):
        """The customer is wrong; he was told why."""
        if any(not dispute.outcome for dispute in self):
            raise UserError(self.env._("Write down what was found before you close."))
        self._close("rejected")

    def action_settle(self):
        """Both sides agreed on something else."""
        self._close("settled")

    @api.model
    def _dispute(self, move, amount, cause, source="portal", note=""):
        """Record what a customer objects to; used by the invoice and by the portal.

        :param move: one ``account.move``
        :param float amount: disputed part, the open amount when empty
        :return: the dispute
        """
        company = move.company_id
        return self.create(
            {
                "move_id": move.id,
                "amount": amount or move.amount_residual,
                "cause": cause,
                "source": source,
                "note": note,
                "user_id": (
                    move.invoice_user_id or company.sudo().o2c_responsible_id
                ).id
                or self.env.uid,
            }
        )
