"""Which share of the money that came in was matched, and how."""

from odoo import fields, models
from odoo.tools import SQL


class O2cCashShare(models.Model):
    """One row per bank line with money that came in, of accounts that are matched."""

    _name = "o2c.cash.share"
    _description = "Matched Share"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "date"

    company_id = fields.Many2one("res.company", readonly=True)
    journal_id = fields.Many2one("account.journal", "Bank Account", readonly=True)
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", "Bank Line", readonly=True
    )
    date = fields.Date(readonly=True)
    how = fields.Selection(
        [
            ("itself", "Matched by itself"),
            ("person", "Matched by a person"),
            ("elsewhere", "Matched outside the cash desk"),
            ("dismissed", "Dismissed"),
            ("open", "Still open"),
        ],
        readonly=True,
    )
    certainty = fields.Selection(
        [("certain", "Certain"), ("likely", "Likely"), ("none", "Nothing found")],
        readonly=True,
    )
    amount = fields.Float(
        readonly=True, help="In company currency, as the bank line was booked."
    )
    lines = fields.Integer(readonly=True, help="Number of bank lines.")
    matched = fields.Float(
        string="Matched (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the lines that was matched.",
    )
    by_itself = fields.Float(
        string="By Itself (%)",
        readonly=True,
        aggregator="avg",
        help="Share of the lines that nobody had to touch.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT s.id, s.id AS statement_line_id, s.company_id, s.journal_id, m.date,
                   CASE WHEN x.state = 'booked' AND x.automatic THEN 'itself'
                        WHEN x.state = 'booked' THEN 'person'
                        WHEN s.is_reconciled THEN 'elsewhere'
                        WHEN x.state = 'dismissed' THEN 'dismissed'
                        ELSE 'open' END AS how,
                   x.certainty,
                   m.amount_total_signed AS amount,
                   1 AS lines,
                   CASE WHEN s.is_reconciled THEN 100.0 ELSE 0.0 END AS matched,
                   CASE WHEN x.state = 'booked' AND x.automatic
                        THEN 100.0 ELSE 0.0 END AS by_itself
              FROM account_bank_statement_line s
              JOIN account_move m ON m.id = s.move_id AND m.state = 'posted'
              JOIN account_journal j ON j.id = s.journal_id
              LEFT JOIN o2c_cash_match x
                ON x.statement_line_id = s.id AND x.state <> 'undone'
             WHERE s.amount > 0 AND COALESCE(j.o2c_cash_match, 'company') <> 'off'
            """
        )
