"""The movement of receivables in a period, from the ledger itself."""

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.o2c_dunning.tools.amount import decimal

from ...policy.provision import ZERO
from ...policy.receivable_movement import Entry, Statement, kind

#: Journal items that are read at once.
BATCH = 5000


class O2cReceivableMovement(models.AbstractModel):
    """Opening + what happened = closing, and the journal items behind it."""

    _name = "o2c.receivable.movement"
    _description = "Movement of Receivables"

    @api.model
    def _statement(self, company, first, last):
        """The statement of a period.

        :param company: root ``res.company``; its branches count in
        :return: :class:`Statement`
        """
        self.env.flush_all()
        companies = self._companies(company)
        movements = {}
        for row in self.env.execute_query_dict(
            SQL(
                """
                SELECT move_type, write_off, exchange, money, sum(balance) AS balance
                  FROM (%s) line GROUP BY move_type, write_off, exchange, money
                """,
                self._lines_sql(companies, first, last),
            )
        ):
            balance = decimal(row.pop("balance"))
            movements[kind(Entry(**row))] = (
                movements.get(kind(Entry(**row)), ZERO) + balance
            )
        opening, closing, nameless = self._balances(companies, first, last)
        return Statement(
            opening=opening,
            closing=closing,
            items=self._items(companies, last),
            movements=movements,
            discounts=self._discounts(companies, first, last),
            nameless=nameless,
        )

    @api.model
    def _companies(self, company):
        return self.env["res.company"].sudo().search([("id", "child_of", company.id)])

    @api.model
    def _accounts_sql(self):
        return self.env["o2c.receivable.report"]._accounts_sql()

    @api.model
    def _lines_sql(self, companies, first, last):
        """The receivable lines of a period, with what says their kind."""
        return SQL(
            """
            SELECT line.id, line.company_id, line.date, line.move_id, line.partner_id,
                   line.account_id, line.name, line.balance, line.amount_currency,
                   line.currency_id, move.name AS number, move.ref, move.move_type,
                   EXISTS (SELECT 1 FROM o2c_write_off
                            WHERE entry_id IN (move.id, move.reversed_entry_id))
                       AS write_off,
                   (move.journal_id IN (SELECT currency_exchange_journal_id
                                          FROM res_company)
                    OR EXISTS (SELECT 1 FROM account_partial_reconcile
                                WHERE exchange_move_id = move.id
                                   OR exchange_move_id = move.reversed_entry_id))
                       AS exchange,
                   (move.statement_line_id IS NOT NULL
                    OR move.origin_payment_id IS NOT NULL
                    OR journal.type IN ('bank', 'cash', 'credit')) AS money
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_journal journal ON journal.id = move.journal_id
             WHERE line.account_id = ANY(%(accounts)s)
               AND line.parent_state = 'posted'
               AND line.company_id = ANY(%(companies)s)
               AND line.date BETWEEN %(first)s AND %(last)s
            """,
            accounts=self._accounts_sql(),
            companies=companies.ids,
            first=first,
            last=last,
        )

    @api.model
    def _balances(self, companies, first, last):
        """Balance of the accounts before and at the end, and without customer.

        Read from the journal items by date, apart from the movements."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT sum(balance) FILTER (WHERE date < %(first)s),
                       sum(balance),
                       sum(balance) FILTER (WHERE partner_id IS NULL)
                  FROM account_move_line
                 WHERE account_id = ANY(%(accounts)s) AND parent_state = 'posted'
                   AND company_id = ANY(%(companies)s) AND date <= %(last)s
                """,
                accounts=self._accounts_sql(),
                companies=companies.ids,
                first=first,
                last=last,
            )
        )
        return tuple(decimal(value) for value in rows[0])

    @api.model
    def _items(self, companies, last):
        """Sum of the open items, as the list of receivables shows them."""
        items = self.env["o2c.receivable.report"]._items_sql(last, companies.ids)
        rows = self.env.execute_query(SQL("SELECT sum(amount) FROM (%s) item", items))
        return decimal(rows[0][0])

    @api.model
    def _discounts(self, companies, first, last):
        """What bank and payment entries on receivables booked as cost, income or VAT,
        as it changed the receivables: discounts, small differences, bank costs."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT -sum(other.balance)
                  FROM account_move_line other
                  JOIN account_account account ON account.id = other.account_id
                 WHERE other.move_id IN (
                           SELECT move_id FROM (%s) line
                            WHERE money AND NOT exchange AND NOT write_off
                              AND move_type = 'entry')
                   AND (account.account_type ~ '^(income|expense)'
                        OR other.tax_line_id IS NOT NULL)
                """,
                self._lines_sql(companies, first, last),
            )
        )
        return decimal(rows[0][0])

    @api.model
    def _rows(self, company, first, last):
        """The journal items of the period, read in batches.

        :return: generator of dicts with ``kind`` among the columns
        """
        self.env.flush_all()
        lines = self._lines_sql(self._companies(company), first, last)
        after = 0
        while True:
            rows = self.env.execute_query_dict(
                SQL(
                    """
                    SELECT line.*, account.code_store->>%s AS account,
                           partner.complete_name AS customer,
                           currency.name AS currency, company.name AS company
                      FROM (%s AND line.id > %s ORDER BY line.id LIMIT %s) line
                      JOIN account_account account ON account.id = line.account_id
                      JOIN res_company company ON company.id = line.company_id
                      JOIN res_currency currency ON currency.id = line.currency_id
                 LEFT JOIN res_partner partner ON partner.id = line.partner_id
                     ORDER BY line.id
                    """,
                    str(company.root_id.id),
                    lines,
                    after,
                    BATCH,
                )
            )
            for row in rows:
                names = ("move_type", "write_off", "exchange", "money")
                row["kind"] = kind(Entry(**{name: row[name] for name in names}))
                yield row
            if len(rows) < BATCH:
                return
            after = rows[-1]["id"]
