"""One order of what came in: what it says, what it waits for, what it became."""

from odoo import fields, models

from ...policy.order_file import Problem
from .o2c_order_intake import OPEN


class O2cIntakeOrder(models.Model):
    """An order as the customer sent it."""

    _name = "o2c.intake.order"
    _description = "Received Order"
    _order = "intake_id desc, number, id"
    _rec_name = "reference"

    intake_id = fields.Many2one(
        "o2c.order.intake",
        string="Received With",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="intake_id.company_id", store=True, index=True, readonly=True
    )
    channel = fields.Selection(related="intake_id.channel", store=True, readonly=True)
    reference = fields.Char(
        string="Order Number",
        readonly=True,
        help="How the customer names this order. It is never taken twice.",
    )
    named = fields.Char(
        string="Customer as Written", readonly=True, help="How the file names him."
    )
    number = fields.Integer(
        string="Line", readonly=True, help="The first line of the order in the file."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    customer_id = fields.Many2one(
        "res.partner",
        string="Customer Entity",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    line_count = fields.Integer(string="Lines", readonly=True)
    content = fields.Json(readonly=True)
    state = fields.Selection(
        [
            ("ready", "To Be Made"),
            ("made", "Quotation"),
            ("known", "Known Before"),
            ("mend", "To Mend"),
            ("dropped", "Set Aside"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Quotation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What it became, or the order that has this number already.",
    )
    verdict = fields.Selection(
        related="order_id.o2c_verdict", string="Credit Verdict of the Quotation"
    )
    amount = fields.Monetary(related="order_id.amount_total", string="Amount")
    currency_id = fields.Many2one(related="order_id.currency_id")
    problem_ids = fields.One2many("o2c.intake.problem", "order_id", readonly=True)
    reason = fields.Text(
        string="What to Do", compute="_compute_reason", help="What is wrong, per line."
    )
    remarks = fields.Json(readonly=True)
    remark = fields.Text(
        string="To Know",
        compute="_compute_remark",
        help="What does not stop the order: another price than the customer expects, "
        "what is missing for the invoice, what he wrote.",
    )

    _made_uniq = models.UniqueIndex(
        "(company_id, customer_id, reference) WHERE state = 'made'",
        "This order of this customer was taken already.",
    )

    def _compute_reason(self):
        for order in self:
            order.reason = "\n".join(
                problem.reason for problem in order.problem_ids if not problem.solved
            )

    def _compute_remark(self):
        for order in self:
            order.remark = "\n".join(
                order.intake_id._remark_words(Problem(*remark))
                for remark in order.remarks or ()
            )

    def action_drop(self):
        """This order is not wanted, or was entered by hand; the others go on."""
        self.intake_id._check_authority()
        self.sudo().filtered(lambda one: one.state in OPEN).state = "dropped"
        self.intake_id._settle()

    def action_open(self):
        """The quotation, or this order with what is wrong."""
        self.ensure_one()
        return (self.order_id or self)._get_records_action()
