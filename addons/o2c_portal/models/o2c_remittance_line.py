"""One row of a payment specification: the document it names and the amount."""

from odoo import api, fields, models

from ..policy import specification

PROBLEMS = [
    (specification.UNKNOWN, "No document of this customer"),
    (specification.SEVERAL, "Fits several documents"),
    (specification.NO_AMOUNT, "The amount cannot be read"),
    (specification.NO_DOCUMENT, "Names no document"),
    (specification.TWICE, "The document stands above already"),
    (specification.MONEY, "In other money than the document"),
    ("foreign", "A document of another customer"),
    ("paid", "Is not open any more"),
    ("sign", "A credit note without a minus, or an invoice with one"),
]


class O2cRemittanceLine(models.Model):
    """As the customer's file has it, with what was recognised."""

    _name = "o2c.remittance.line"
    _description = "Row of a Payment Specification"
    _order = "note_id, row, id"
    _rec_name = "text"

    note_id = fields.Many2one(
        "o2c.remittance.note",
        string="Payment Specification",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="note_id.company_id", store=True, index=True, readonly=True
    )
    row = fields.Integer(readonly=True, help="Number of the row in the file.")
    text = fields.Char(
        string="As Written", readonly=True, help="What stands there as the document."
    )
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="What was recognised.",
    )
    currency_id = fields.Many2one("res.currency", readonly=True, string="Money")
    amount = fields.Monetary(
        string="To Be Paid", readonly=True, help="What the file pays of it."
    )
    discount = fields.Monetary(
        string="Taken Off", readonly=True, help="What the file takes off besides."
    )
    left = fields.Monetary(
        string="Open Now", compute="_compute_left", help="What is open of it today."
    )
    problem = fields.Selection(
        PROBLEMS, readonly=True, help="Why this row is not recognised."
    )

    @api.depends("move_id.amount_residual", "move_id.move_type")
    def _compute_left(self):
        for line in self:
            move = line.move_id.sudo()
            sign = -1 if move.move_type == "out_refund" else 1
            line.left = sign * move.amount_residual
