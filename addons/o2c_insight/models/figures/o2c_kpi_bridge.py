"""From the receivables of the key figures to the total of receivables by age."""

from odoo import api, fields, models
from odoo.tools import SQL

#: Columns of the receivables, in the order in which items of other ledgers have them.
COLUMNS = (
    *("id", "company_id", "partner_id", "segment_id", "country_id", "state_id"),
    *("user_id", "team_id", "document_currency_id", "move_id", "invoice_date", "due"),
    *("days_late", "bucket", "amount", "overdue", "disputed", "promised", "clear"),
    *("ledger_id", "memo_item_id"),
)


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    unapplied = fields.Monetary(
        string="Of Which Credit Not Applied",
        readonly=True,
        help="Credit notes and payments that are not matched with an invoice: they are "
        "taken off what is open, here and in Receivables by Age.",
    )
    other_ledgers = fields.Monetary(
        string="Items of Other Ledgers",
        readonly=True,
        help="Open items that were taken in from other ledgers. Receivables by Age "
        "shows them too; key figures are of our own books only.",
    )
    by_age = fields.Monetary(
        string="Total of Receivables by Age",
        compute="_compute_by_age",
        help="Open at the end, and items of other ledgers: what Receivables by Age "
        "shows for the same day.",
    )

    @api.depends("receivables", "other_ledgers")
    def _compute_by_age(self):
        for one in self:
            one.by_age = one.receivables + one.other_ledgers

    @api.model
    def _facts(self, companies, month, day):
        return [
            *super()._facts(companies, month, day),
            self._beside(companies, day),
            self._not_applied(companies, day),
        ]

    @api.model
    def _beside(self, companies, day):
        """Open items of other ledgers on a day, for all dimensions."""
        source = SQL(
            "SELECT * FROM (%s) memo (%s) WHERE company_id = ANY(%s)",
            self.env["o2c.receivable.report"]._memo_sql(day),
            SQL(", ").join(SQL.identifier(name) for name in COLUMNS),
            companies.ids,
        )
        return self._grouped(source, other_ledgers=SQL("COALESCE(sum(amount), 0)"))

    @api.model
    def _not_applied(self, companies, day):
        """Credit that no invoice was matched with on a day, for all dimensions."""
        source = self.env["o2c.receivable.report"]._items_sql(day, companies.ids)
        credit = SQL("COALESCE(sum(amount) FILTER (WHERE amount < 0), 0)")
        return self._grouped(source, unapplied=credit)
