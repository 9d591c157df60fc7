"""The items in a notice, with amount and due date as they were."""

from odoo import api, fields, models
from odoo.exceptions import UserError

AFTER_SENDING = frozenset(("live", "move_line_id"))


class O2cDunningNoticeLine(models.Model):
    """One item in a notice: (invoice, instalment), with its figures copied."""

    _name = "o2c.dunning.notice.line"
    _description = "Reminder Line"
    _order = "due, id"
    _rec_name = "label"

    notice_id = fields.Many2one(
        "o2c.dunning.notice",
        required=True,
        index=True,
        readonly=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="notice_id.company_id")
    currency_id = fields.Many2one(related="notice_id.currency_id")
    kind = fields.Selection(
        [
            ("remind", "Reminded"),
            ("open", "Open"),
            ("disputed", "In dispute"),
            ("promised", "Promised"),
            ("credit", "Credit note"),
            ("payment", "Payment"),
        ],
        required=True,
        readonly=True,
        help="Reminded: this item takes its step with this message. Open: asked again.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    instalment = fields.Integer(required=True, default=1, readonly=True)
    move_line_id = fields.Many2one(
        "account.move.line",
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        help="The ledger line at the time. It gets another number when the invoice "
        "goes through draft; document and instalment stay.",
    )
    label = fields.Char(string="Number", readonly=True)
    issued = fields.Date(string="Date", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    amount = fields.Monetary(string="Open", readonly=True)
    amount_disputed = fields.Monetary(string="In Dispute", readonly=True)
    amount_promised = fields.Monetary(
        string="Promised Part",
        readonly=True,
        help="What the customer promised to pay of it: the rest is asked.",
    )
    amount_asked = fields.Monetary(string="Asked", compute="_compute_amount_asked")
    step_id = fields.Many2one(
        "o2c.dunning.step",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    step_days = fields.Integer(readonly=True)
    live = fields.Boolean(
        readonly=True,
        help="The item has taken this step, or will when the message leaves.",
    )

    _live_uniq = models.UniqueIndex(
        "(move_id, instalment, step_id) WHERE live",
        "This item has already been reminded at this step.",
    )

    @api.depends("amount", "amount_disputed", "amount_promised", "kind")
    def _compute_amount_asked(self):
        for line in self:
            aside = line.kind in ("disputed", "promised")
            apart = line.amount_disputed + line.amount_promised
            line.amount_asked = 0.0 if aside else line.amount - apart

    def write(self, vals):
        if set(vals) - AFTER_SENDING and self.notice_id._has_left():
            raise UserError(
                self.env._("A reminder cannot be changed after it has been sent.")
            )
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if lines.notice_id._has_left():
            raise UserError(
                self.env._("A reminder cannot be changed after it has been sent.")
            )
        return lines

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if self.notice_id._has_left():
            raise UserError(
                self.env._("A reminder cannot be changed after it has been sent.")
            )
