"""For which items a payment was made, in order."""

from odoo import fields, models


class O2cPaymentAllocation(models.Model):
    """So much of an online payment belongs to this instalment of this invoice.

    The instalment is kept as its number: journal items get a new id when an invoice
    goes back to draft.
    """

    _name = "o2c.payment.allocation"
    _description = "Payment Allocation"
    _order = "transaction_id, sequence, id"

    transaction_id = fields.Many2one(
        "payment.transaction",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="transaction_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="transaction_id.currency_id")
    sequence = fields.Integer(readonly=True)
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(
        string="Instalment", readonly=True, help="Counted from 1 by due date."
    )
    amount = fields.Monetary(
        readonly=True,
        help="Part of the payment for this instalment; below zero: a credit note that "
        "was set off.",
    )
    discount = fields.Monetary(
        readonly=True, help="Early-payment discount that came with it."
    )

    _item_uniq = models.Constraint(
        "UNIQUE (transaction_id, move_id, number)",
        "A payment settles an instalment once.",
    )


class O2cPaymentLock(models.Model):
    """One row per invoice that somebody started to pay: makes starters queue up."""

    _name = "o2c.payment.lock"
    _description = "Payment Lock"
    _log_access = False

    move_id = fields.Many2one("account.move", required=True, ondelete="cascade")
    seq = fields.Integer(default=0)

    _move_uniq = models.UniqueIndex("(move_id)")
