"""From the start of a month to its end: every movement by its name."""

from odoo import api, fields, models
from odoo.tools import SQL

from ...policy.receivable_movement import KINDS, Entry, kind

#: What the ledger tells of an entry; :func:`kind` names it.
TOLD = ("move_type", "write_off", "exchange", "money")
#: Before any entry.
EVER = "1900-01-01"


def _moved(label, text):
    """A movement; it has its own sign."""
    return fields.Monetary(string=label, readonly=True, help=text)


class O2cKpiSnapshot(models.Model):
    """What is open at the start, and the movements, make what is open at the end: to
    the cent, for the company and for each part of it. A payment counts for the part of
    its invoice once it is matched, and until then for itself."""

    _inherit = "o2c.kpi.snapshot"

    movement = fields.Boolean(
        readonly=True,
        help="The movements are known. Months that were taken by an earlier version "
        "have none.",
    )
    move_invoiced = _moved(
        "Invoices Booked", "Booked on receivable accounts, with VAT."
    )
    move_credited = _moved("Credit Notes Booked", "Booked on receivable accounts.")
    move_paid = _moved(
        "Received",
        "Bank, cash and payment entries, discounts and small differences in them too; "
        "what was paid back to customers is taken off.",
    )
    move_written_off = _moved("Written Off", "By write-offs, their reversals added.")
    move_exchange = _moved(
        "Exchange Differences", "Booked when an invoice in foreign currency was paid."
    )
    move_other = _moved(
        "Other Entries",
        "Entries on receivable accounts that are none of these, such as an opening "
        "balance, a correction by hand or an entry of a supplier.",
    )

    @api.model
    def _facts(self, companies, month, day):
        return [
            *super()._facts(companies, month, day),
            self._moved(companies, month, day),
        ]

    @api.model
    def _row(self, row, days):
        return super()._row(row, days) | {"movement": True}

    @api.model
    def _moved(self, companies, first, last):
        """The movements of a period by kind, for all dimensions.

        :return: {(dimension, id or None): {name of the field: amount}}
        """
        rows = self._grouped_rows(
            self._moved_sql(companies, first, last),
            SQL("%s,", SQL(", ").join(SQL.identifier(name) for name in TOLD)),
            moved=SQL("sum(amount)"),
        )
        found = {}
        for row in rows:
            figures = found.setdefault(
                (row["dimension"], row["value"]),
                {f"move_{one}": 0 for one in KINDS},
            )
            what = kind(Entry(**{name: row[name] for name in TOLD}))
            figures[f"move_{what}"] += row["moved"]
        return found

    @api.model
    def _moved_sql(self, companies, first, last):
        """Entries of the period, and what was matched in it: a matched payment moves
        from itself to the invoice, under its own kind. Of a credit note that is paid
        back the payment is what settles.

        :return: SQL of rows with the columns of the dimensions, ``TOLD`` and amount
        """
        movement = self.env["o2c.receivable.movement"]
        return SQL(
            """
            WITH line AS (%(lines)s), matched AS (
                SELECT part.debit_move_id, part.credit_move_id, part.amount,
                       CASE WHEN credit_move.move_type <> 'entry'
                                 AND debit_move.move_type = 'entry'
                            THEN debit.id ELSE credit.id END AS settling_id
                  FROM account_partial_reconcile part
                  JOIN account_move_line debit ON debit.id = part.debit_move_id
                  JOIN account_move debit_move ON debit_move.id = debit.move_id
                  JOIN account_move_line credit ON credit.id = part.credit_move_id
                  JOIN account_move credit_move ON credit_move.id = credit.move_id
                 WHERE part.max_date BETWEEN %(first)s AND %(last)s
            ), moved AS (
                SELECT line.id AS line_id, line.id AS settling_id,
                       line.balance AS amount
                  FROM line WHERE line.date >= %(first)s
                UNION ALL
                SELECT side.line_id, matched.settling_id, side.amount
                  FROM matched
            CROSS JOIN LATERAL (
                       VALUES (matched.debit_move_id, -matched.amount),
                              (matched.credit_move_id, matched.amount))
                       side (line_id, amount)
            )
            SELECT %(dimensions)s, settling.move_type, settling.write_off,
                   settling.exchange, settling.money, moved.amount
              FROM moved
              JOIN line settling ON settling.id = moved.settling_id
              JOIN account_move_line own ON own.id = moved.line_id
              JOIN account_move move ON move.id = own.move_id
              JOIN res_partner contact ON contact.id = own.partner_id
              JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
             WHERE own.account_id = ANY(%(accounts)s)
               AND own.company_id = ANY(%(companies)s)
            """,
            lines=movement._lines_sql(companies, EVER, last),
            accounts=movement._accounts_sql(),
            companies=companies.ids,
            dimensions=self._item_sql(),
            first=first,
            last=last,
        )

    @api.model
    def _item_sql(self):
        """The columns of the dimensions of an open item: its own currency."""
        return SQL(
            "debtor.o2c_segment_id AS segment_id, move.invoice_user_id AS user_id, "
            "move.team_id, debtor.country_id, debtor.state_id, "
            "own.currency_id AS document_currency_id"
        )
