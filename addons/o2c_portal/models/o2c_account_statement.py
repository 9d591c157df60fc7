"""The statement of a customer over a period: what came on, what went off."""

from datetime import date, timedelta

from odoo import api, models
from odoo.tools import SQL

#: Days of a statement when nobody says from when.
DAYS = 90
#: No customer reads more; the rest is in a shorter period.
MOST_ROWS = 20_000


class O2cAccountStatement(models.AbstractModel):
    """Opening balance, movements and closing balance of one account."""

    _name = "o2c.account.statement"
    _description = "Statement of a Customer"

    @api.model
    def _period(self, company, since=None, until=None):
        """The period that two typed dates mean; the last quarter when they mean none.

        :return: tuple of dates, never the wrong way round
        """
        today = company._o2c_today()
        until = self._typed_date(until) or today
        since = self._typed_date(since) or until - timedelta(days=DAYS)
        return min(since, until), max(since, until)

    @api.model
    def _typed_date(self, text):
        if isinstance(text, date):
            return text
        try:
            return date.fromisoformat(text or "")
        except ValueError:
            return None

    @api.model
    def _statement(self, partner, company, currency, since, until):
        """The statement of a customer's whole company. Callers check who asks.

        :return: dict with opening, rows and closing, in the currency
        """
        customer = partner.commercial_partner_id
        rows = self._rows(customer, company, currency, since, until)
        opening = currency.round(
            float(self._balance(customer, company, currency, since))
        )
        balance, lines = opening, []
        for day, name, ref, due, amount, kind in rows:
            amount = currency.round(float(amount))
            balance = currency.round(balance + amount)
            lines.append(
                {
                    "date": day,
                    "name": name,
                    "ref": ref or "",
                    "due": due if kind in ("out_invoice", "out_receipt") else None,
                    "amount": amount,
                    "balance": balance,
                    "text": self._kind_text(kind),
                }
            )
        return {
            "partner": customer,
            "company": company,
            "currency": currency,
            "since": since,
            "until": until,
            "opening": opening,
            "rows": lines,
            "closing": balance,
        }

    @api.model
    def _kind_text(self, kind):
        """What a movement is, for the customer."""
        if kind in ("out_invoice", "out_receipt"):
            return self.env._("Invoice")
        if kind == "out_refund":
            return self.env._("Credit note")
        return self.env._("Payment")

    @api.model
    def _from(self, customer, company, currency):
        """Receivable lines of the customer in this account."""
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model()
        return SQL(
            """
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN account_account account ON account.id = line.account_id
              JOIN res_partner partner ON partner.id = line.partner_id
             WHERE partner.commercial_partner_id = %s
               AND line.company_id = %s
               AND line.currency_id = %s
               AND line.parent_state = 'posted'
               AND account.account_type = 'asset_receivable'
            """,
            customer.id,
            company.id,
            currency.id,
        )

    @api.model
    def _balance(self, customer, company, currency, since):
        """What was open at the start of the first day."""
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(sum(line.amount_currency), 0) %s AND line.date < %s",
                self._from(customer, company, currency),
                since,
            )
        )
        return rows[0][0]

    @api.model
    def _rows(self, customer, company, currency, since, until):
        """Movements of the period, one per document."""
        return self.env.execute_query(
            SQL(
                """
                SELECT line.date, move.name, move.ref, max(line.date_maturity),
                       sum(line.amount_currency), move.move_type
                       %s
                   AND line.date BETWEEN %s AND %s
                 GROUP BY line.date, move.id
                 ORDER BY line.date, move.id
                 LIMIT %s
                """,
                self._from(customer, company, currency),
                since,
                until,
                MOST_ROWS,
            )
        )

    @api.model
    def _as_table(self, statement):
        """The statement as rows of a table, head first."""
        digits = statement["currency"].decimal_places
        table = [
            (
                self.env._("Date"),
                self.env._("Kind"),
                self.env._("Document"),
                self.env._("Reference"),
                self.env._("Due date"),
                self.env._("Amount"),
                self.env._("Balance"),
                self.env._("Currency"),
            )
        ]
        name = statement["currency"].name
        opening = f"{statement['opening']:.{digits}f}"
        text = self.env._("Opening balance")
        table.append((statement["since"], text, "", "", None, "", opening, name))
        for row in statement["rows"]:
            table.append(
                (
                    row["date"],
                    row["text"],
                    row["name"],
                    row["ref"],
                    row["due"],
                    f"{row['amount']:.{digits}f}",
                    f"{row['balance']:.{digits}f}",
                    name,
                )
            )
        closing = f"{statement['closing']:.{digits}f}"
        text = self.env._("Closing balance")
        table.append((statement["until"], text, "", "", None, "", closing, name))
        return table
