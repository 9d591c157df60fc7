"""The first batch: an approver saw it, and from then on billing goes by itself."""

from odoo import api, fields, models
from odoo.fields import Command


class O2cFirstBatch(models.Model):
    """Somebody looked at the first invoices of the queue: they are right."""

    _name = "o2c.first.batch"
    _description = "Approval of the First Batch"
    _inherit = ["o2c.first.approval"]

    _o2c_role = "o2c_base.group_billing_approver"

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
    def _batch_values(self, company):
        """Invoices of the queue that a person approved."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "posted"),
                ("o2c_approval", "=", "person"),
                ("o2c_event_ids", "!=", False),
            ],
            order="id desc",
            limit=100,
        )
        return moves and {
            "move_ids": [Command.set(moves.ids)],
            "invoice_count": len(moves),
            "amount": sum(moves.mapped("amount_untaxed_signed")),
        }

    @api.model
    def _go_on(self, company):
        """From now on drafts that need no check are posted and sent by themselves."""
        company.o2c_billing_automatic = True

    @api.model
    def _approval_words(self):
        return {
            "role": self.env._("Only a billing approver approves the first batch."),
            "empty": self.env._(
                "No invoice of the queue was approved yet. Approve the first "
                "drafts by hand, look at them, and come back."
            ),
            "seen": self.env._("Say that you looked at these invoices."),
        }
