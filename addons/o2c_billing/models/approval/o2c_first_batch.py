"""The first batch: an approver saw it, and from then on billing goes by itself."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command


class O2cFirstBatch(models.Model):
    """Somebody looked at the first invoices of the queue: they are right."""

    _name = "o2c.first.batch"
    _description = "Approval of the First Batch"
    _order = "id desc"
    _rec_name = "approved_at"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    user_id = fields.Many2one("res.users", string="Approved By", readonly=True)
    approved_at = fields.Datetime(string="Approved On", readonly=True)
    move_ids = fields.Many2many(
        "account.move",
        "o2c_first_batch_moves",
        string="Invoices",
        readonly=True,
        help="The invoices of the queue that were approved by hand.",
    )
    invoice_count = fields.Integer(string="Number of Invoices", readonly=True)
    amount = fields.Monetary(readonly=True, help="Without VAT.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    waiting_count = fields.Integer(
        string="Still Waiting",
        compute="_compute_waiting_count",
        help="Drafts of the queue that nobody has approved yet.",
    )
    seen = fields.Boolean(
        string="I looked at these invoices",
        help="Customer, price, VAT, reference and date are right.",
    )
    note = fields.Char(help="What you looked at, for who comes after you.")

    @api.model
    def default_get(self, fields):
        """The invoices that were approved so far."""
        values = super().default_get(fields)
        company = self.env.company
        moves = self._batch(company)
        values |= {
            "company_id": company.id,
            "move_ids": [Command.set(moves.ids)],
            "invoice_count": len(moves),
            "amount": sum(moves.mapped("amount_untaxed_signed")),
        }
        return {name: values[name] for name in values if name in fields}

    @api.depends("company_id")
    def _compute_waiting_count(self):
        for batch in self:
            batch.waiting_count = self.env["account.move"].search_count(
                [
                    ("company_id", "=", batch.company_id.id),
                    ("state", "=", "draft"),
                    ("o2c_check_state", "in", ("to_check", "returned")),
                    ("o2c_event_ids", "!=", False),
                ]
            )

    @api.model
    def _batch(self, company):
        """Invoices of the queue that a person approved."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                ("o2c_approval", "=", "person"),
                ("o2c_event_ids", "!=", False),
            ],
            order="id desc",
            limit=100,
        )

    def action_approve(self):
        """From now on drafts that need no check are posted and sent by themselves."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(
                self.env._("Only a billing approver approves the first batch.")
            )
        self.check_access("read")
        moves = self._batch(self.company_id)
        if not moves:
            raise UserError(
                self.env._(
                    "No invoice of the queue was approved yet. Approve the first "
                    "drafts by hand, look at them, and come back."
                )
            )
        if not self.seen:
            raise UserError(self.env._("Say that you looked at these invoices."))
        self.sudo().write(
            {
                "user_id": self.env.user.id,
                "approved_at": fields.Datetime.now(),
                "move_ids": [Command.set(moves.ids)],
                "invoice_count": len(moves),
                "amount": sum(moves.mapped("amount_untaxed_signed")),
            }
        )
        self.company_id.sudo().o2c_billing_automatic = True
        return {"type": "ir.actions.client", "tag": "reload"}

    def write(self, vals):
        if any(batch.approved_at for batch in self) or (
            not self.env.su and set(vals) - {"seen", "note"}
        ):
            raise UserError(self.env._("An approval is kept as it was given."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never_approved(self):
        if any(batch.approved_at for batch in self):
            raise UserError(self.env._("An approval is kept as it was given."))
