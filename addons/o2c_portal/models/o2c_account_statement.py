"""The statement of a customer over a period: what came on, what went off."""

from datetime import date, timedelta
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

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
        :raise UserError: the first day lies after the last one
        """
        today = company._o2c_today()
        until = self._typed_date(until) or today
        since = self._typed_date(since) or until - timedelta(days=DAYS)
        self._check_period(since, until)
        return since, until

    @api.model
    def _check_period(self, since, until):
        """No statement runs backwards; which of two days is wrong only he knows."""
        if since > until:
            raise UserError(
                self.env._(
                    "The first day lies after the last one: %(since)s and %(until)s. "
                    "Choose a first day that is not later than the last.",
                    since=format_date(self.env, since),
                    until=format_date(self.env, until),
                )
            )

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
    def _worth_sending(self, partner, company, since, until):
        """Currencies in which something is open or happened, with the balance.

        :return: list of (``res.currency``, balance at the end)
        """
        overview = self.env["o2c.account.overview"]
        moves = self.env["account.move"].sudo()
        mine = overview._domain(partner) & Domain("company_id", "=", company.id)
        found = []
        for (currency,) in moves._read_group(mine, ["currency_id"]):
            made = self._statement(partner, company, currency, since, until)
            if made["rows"] or not currency.is_zero(made["closing"]):
                found.append((currency, made["closing"]))
        return found

    @api.model
    def _kind_text(self, kind):
        """What a movement is, for the customer."""
        if kind in ("out_invoice", "out_receipt"):
            return self.env._("Invoice")
        if kind == "out_refund":
            return self.env._("Credit note")
        return self.env._("Payment")

    @api.model
    def _balance(self, customer, company, currency, since):
        """What was open at the start of the first day."""
        overview = self.env["o2c.account.overview"]
        rows = self.env.execute_query(
            SQL(
                "SELECT COALESCE(sum(line.amount_currency), 0)"
                " FROM account_move_line line WHERE %s AND line.date < %s",
                overview._lines_sql(customer, company, currency),
                since,
            )
        )
        return rows[0][0]

    @api.model
    def _rows(self, customer, company, currency, since, until):
        """Movements of the period, one per document.

        :return: list of date, number, reference, due date, amount, kind of document
        """
        overview = self.env["o2c.account.overview"]
        sums = self.env.execute_query(
            SQL(
                """
                SELECT line.date, line.move_id,
                       COALESCE(min(line.date_maturity)
                                    FILTER (WHERE line.reconciled IS NOT TRUE),
                                max(line.date_maturity)),
                       sum(line.amount_currency)
                  FROM account_move_line line
                 WHERE %s
                   AND line.date BETWEEN %s AND %s
                 GROUP BY line.date, line.move_id
                 ORDER BY line.date, line.move_id
                 LIMIT %s
                """,
                overview._lines_sql(customer, company, currency),
                since,
                until,
                MOST_ROWS,
            )
        )
        heads = self._heads([move_id for _day, move_id, _due, _amount in sums])
        found = []
        for day, move_id, due, amount in sums:
            name, ref, kind = heads[move_id]
            found.append((day, name, ref, due, amount, kind))
        return found

    @api.model
    def _heads(self, move_ids):
        """Number, reference and kind of documents by id."""
        self.env["account.move"].flush_model(["name", "ref", "move_type"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id, name, ref, move_type FROM account_move WHERE id = ANY(%s)",
                move_ids,
            )
        )
        return {move_id: head for move_id, *head in rows}

    @api.model
    def _as_table(self, statement):
        """The statement as rows of a table, head first."""
        digits = statement["currency"].decimal_places

        def figure(amount):
            return Decimal(f"{amount:.{digits}f}")

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
        opening = figure(statement["opening"])
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
                    figure(row["amount"]),
                    figure(row["balance"]),
                    name,
                )
            )
        closing = figure(statement["closing"])
        text = self.env._("Closing balance")
        table.append((statement["until"], text, "", "", None, "", closing, name))
        return table
