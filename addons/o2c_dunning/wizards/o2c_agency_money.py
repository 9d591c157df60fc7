"""What the agency paid out, and what it kept."""

from odoo import api, fields, models


class O2cAgencyMoney(models.TransientModel):
    """Books the payment on the customer's invoices."""

    _name = "o2c.agency.money"
    _description = "Money From the Agency"

    file_id = fields.Many2one("o2c.collection.file", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="file_id.company_id")
    currency_id = fields.Many2one(related="file_id.currency_id")
    amount = fields.Monetary(
        string="Reached Your Bank", help="What the agency paid out to you."
    )
    kept = fields.Monetary(
        string="Kept by the Agency",
        help="What it kept of the money of the customer. His invoices are paid with "
        "both amounts together; this part is cost of yours.",
    )
    date = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self)
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank",
        compute="_compute_journal_id",
        store=True,
        readonly=False,
        domain="[('type', 'in', ('bank', 'cash')), ('company_id', '=', company_id)]",
    )
    memo = fields.Char(string="Mentioned", help="What the agency wrote with it.")

    @api.depends("file_id")
    def _compute_journal_id(self):
        for one in self:
            one.journal_id = self.env["account.journal"].search(
                [("type", "=", "bank"), ("company_id", "=", one.company_id.id)],
                limit=1,
            )

    def action_apply(self):
        """Book it."""
        self.ensure_one()
        self.file_id._agency_paid(
            self.amount, self.kept, self.date, self.journal_id, self.memo
        )
