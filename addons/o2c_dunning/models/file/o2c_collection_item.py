"""What a collection file claims: invoices, with their figures of the day they left."""

from odoo import api, fields, models
from odoo.tools import SQL


class O2cCollectionItem(models.Model):
    """One instalment of an invoice in a file."""

    _name = "o2c.collection.item"
    _description = "Claimed Item"
    _order = "due, id"
    _rec_name = "label"

    file_id = fields.Many2one(
        "o2c.collection.file",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="file_id.company_id")
    currency_id = fields.Many2one(related="file_id.currency_id")
    move_id = fields.Many2one(
        "account.move",
        string="Invoice",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    instalment = fields.Integer(default=1, required=True, readonly=True)
    label = fields.Char(string="Number", readonly=True)
    issued = fields.Date(string="Date", readonly=True)
    due = fields.Date(string="Due Date", readonly=True)
    principal = fields.Monetary(
        string="Claimed", readonly=True, help="What was open when it was put in."
    )
    last_open = fields.Monetary(
        string="Open When Last Looked", readonly=True, help="For noticing payments."
    )
    open_amount = fields.Monetary(
        string="Open Now", compute="_compute_open_amount", compute_sudo=True
    )
    live = fields.Boolean(
        readonly=True, help="The item is outside: nobody here reminds it."
    )

    _live_uniq = models.UniqueIndex(
        "(move_id, instalment) WHERE live",
        "This invoice is in another collection file already.",
    )
    _file_item_uniq = models.Constraint(
        "UNIQUE(file_id, move_id, instalment)", "An invoice stands in a file once."
    )

    def _compute_open_amount(self):
        open_now = self._open_now()
        for item in self:
            item.open_amount = open_now.get((item.move_id.id, item.instalment), 0.0)

    @api.model
    def _numbered_sql(self, move_ids):
        """Receivable lines of these invoices with their instalment number."""
        return SQL(
            """
            SELECT l.move_id, row_number() OVER (
                       PARTITION BY l.move_id ORDER BY l.date_maturity, l.id) AS number,
                   CASE WHEN l.parent_state = 'posted'
                        THEN l.amount_residual_currency ELSE 0 END AS open
              FROM account_move_line l
              JOIN account_account a ON a.id = l.account_id
             WHERE l.move_id = ANY(%s) AND a.account_type = 'asset_receivable'
            """,
            list(move_ids),
        )

    def _open_now(self):
        """What the ledger has open for each item, in one statement.

        :return: dict of (move id, instalment) to amount
        """
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(self._numbered_sql(self.move_id.ids))
        return {
            (move_id, number): max(0.0, float(amount))
            for move_id, number, amount in rows
        }
