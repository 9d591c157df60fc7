"""Items of other ledgers beside our own, in one balance by age."""

from odoo import api, fields, models
from odoo.tools import SQL


class O2cReceivableReport(models.Model):
    """Of a past day they are known as far as their files were taken then: an item
    stands there from its date until the file in which it is gone, with the last amount
    that was known. The key figures are of our own ledger only."""

    _inherit = "o2c.receivable.report"
    _depends = {
        "o2c.memo.item": [
            "closed_on",
            "company_id",
            "currency_id",
            "date",
            "due",
            "last_open",
            "open_company",
            "partner_id",
            "source_id",
            "state",
        ],
    }

    ledger_id = fields.Many2one(
        "o2c.memo.source",
        string="Other Ledger",
        readonly=True,
        help="Where the item is booked; empty: here.",
    )
    memo_item_id = fields.Many2one(
        "o2c.memo.item", string="Item of Another Ledger", readonly=True
    )

    @property
    def _table_query(self):
        day = self._as_of()
        return SQL(
            """
            SELECT own.*, NULL::integer AS ledger_id, NULL::integer AS memo_item_id
              FROM (%s) own
            UNION ALL
            %s
            """,
            self._items_sql(day),
            self._memo_sql(day),
        )

    @api.model
    def _memo_sql(self, day):
        """The same columns as our own items; their ids are negative, so that no item
        of ours has the same."""
        return SQL(
            """
            SELECT -item.id, item.company_id, debtor.id, debtor.o2c_segment_id,
                   debtor.country_id, debtor.state_id, NULL::integer, NULL::integer,
                   item.currency_id, NULL::integer, item.date, item.due,
                   GREATEST(%(day)s - item.due, 0),
                   CASE WHEN item.due >= %(day)s THEN '0'
                        WHEN item.due >= %(day)s - 30 THEN '1'
                        WHEN item.due >= %(day)s - 60 THEN '2'
                        WHEN item.due >= %(day)s - 90 THEN '3'
                        ELSE '4' END,
                   part.amount,
                   CASE WHEN item.due < %(day)s THEN part.amount ELSE 0 END,
                   0, 0,
                   CASE WHEN item.due < %(day)s THEN part.amount ELSE 0 END,
                   item.source_id, item.id
              FROM o2c_memo_item item
              JOIN res_partner contact ON contact.id = item.partner_id
              JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
        CROSS JOIN LATERAL (
                   SELECT CASE WHEN item.state = 'open' THEN item.open_company
                               ELSE item.last_open END AS amount
                   ) part
             WHERE item.date <= %(day)s
               AND (item.state = 'open' OR item.closed_on > %(day)s)
               AND part.amount <> 0
            """,
            day=day,
        )

    def action_open_document(self):
        """The item of another ledger opens as it was taken in."""
        self.ensure_one()
        if self.memo_item_id:
            return self.memo_item_id._get_records_action()
        return super().action_open_document()
