"""What key figures are made of: one statement per fact, for all dimensions at once."""

from odoo import api, models
from odoo.tools import SQL

from .o2c_kpi_snapshot import VALUES

#: GROUPING() of the columns of VALUES, in their order: the column that is grouped by
#: has bit 0, all others 1.
ALL = 2 ** len(VALUES) - 1
LEVELS = {ALL: "total"} | {
    ALL - 2**place: dimension for place, dimension in enumerate(reversed(VALUES))
}


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.model
    def _grouped(self, source, **sums):
        """Sums of a source, for the company and per value of each dimension.

        :param SQL source: rows with the columns of ``VALUES``
        :param sums: {name: SQL of an aggregate}
        :return: {(dimension, id of the value or None): {name: value}}
        """
        rows = self._grouped_rows(source, SQL(), **sums)
        return {(row.pop("dimension"), row.pop("value")): row for row in rows}

    @api.model
    def _grouped_rows(self, source, column, **sums):
        """As :meth:`_grouped`, as rows, and within them per value of one more column.

        :param SQL column: the column with a comma behind it, or nothing
        :return: list of dicts with ``dimension``, ``value`` and the sums
        """
        columns = [SQL.identifier(name) for name in VALUES.values()]
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT GROUPING(%(columns)s) AS level, COALESCE(%(columns)s) AS value,
                       %(column)s %(sums)s
                  FROM (%(source)s) source
                 GROUP BY %(column)s GROUPING SETS ((), %(sets)s)
                """,
                column=column,
                columns=SQL(", ").join(columns),
                sums=SQL(", ").join(
                    SQL("%s AS %s", how, SQL.identifier(name))
                    for name, how in sums.items()
                ),
                source=source,
                sets=SQL(", ").join(SQL("(%s)", column) for column in columns),
            )
        )
        return [{"dimension": LEVELS[row.pop("level")]} | row for row in rows]

    @api.model
    def _day_sql(self, moment, company):
        """The day of a moment that is stored in UTC, where the company is.

        An invoice that leaves at 0:30 on the first belongs to the new month.
        """
        return SQL(
            "((%s AT TIME ZONE 'UTC') AT TIME ZONE %s)::date",
            moment,
            company._o2c_zone(),
        )

    @api.model
    def _document_sql(self, move):
        """The columns of the dimensions, of an invoice and its customer."""
        return SQL(
            "debtor.o2c_segment_id AS segment_id, %(move)s.invoice_user_id AS user_id, "
            "%(move)s.team_id, debtor.country_id, debtor.state_id, "
            "%(move)s.currency_id AS document_currency_id",
            move=SQL.identifier(move),
        )

    @api.model
    def _owed(self, companies, day):
        """What was open at the end of a day, by age."""
        source = self.env["o2c.receivable.report"]._items_sql(day, companies.ids)
        sums = {
            name: SQL("COALESCE(sum(%s), 0)", SQL.identifier(column))
            for name, column in (
                ("receivables", "amount"),
                ("overdue", "overdue"),
                ("disputed", "disputed"),
                ("promised", "promised"),
            )
        }
        for bucket, name in enumerate(
            ("not_due", "due_30", "due_60", "due_90", "due_more")
        ):
            sums[name] = SQL(
                "COALESCE(sum(amount) FILTER (WHERE bucket = %s), 0)", str(bucket)
            )
        return self._grouped(source, **sums)

    @api.model
    def _sold(self, companies, months):
        """What was invoiced in each of these months, with VAT, by accounting date.

        :param months: list of (first day, last day), newest first
        :return: as :meth:`_grouped`, a name per month: "0" is the newest
        """
        source = SQL(
            """
            SELECT %(dimensions)s, move.date, move.amount_total_signed AS amount,
                   move.move_type = 'out_invoice' AS invoice
              FROM account_move move
              JOIN res_partner debtor ON debtor.id = move.commercial_partner_id
             WHERE move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
               AND move.state = 'posted' AND move.company_id = ANY(%(companies)s)
               AND move.date BETWEEN %(first)s AND %(last)s
            """,
            dimensions=self._document_sql("move"),
            companies=companies.ids,
            first=months[-1][0],
            last=months[0][1],
        )
        return self._grouped(
            source,
            invoices=SQL(
                "count(*) FILTER (WHERE invoice AND date BETWEEN %s AND %s)",
                *months[0],
            ),
            **{
                str(number): SQL(
                    "COALESCE(sum(amount) FILTER (WHERE date BETWEEN %s AND %s), 0)",
                    *month,
                )
                for number, month in enumerate(months)
            },
        )

    @api.model
    def _paid(self, companies, first, last):
        """Payments of invoices in a period, with their days weighted by amount."""
        payments = self.env["o2c.payment.behaviour"]._payments_sql(
            SQL(
                "item.company_id = ANY(%s) AND money.date BETWEEN %s AND %s",
                companies.ids,
                first,
                last,
            )
        )
        source = SQL(
            """
            SELECT %(dimensions)s, payment.amount, payment.amount_days,
                   payment.amount_on_time,
                   payment.amount * (payment.paid_on - move.invoice_date) AS amount_age
              FROM (%(payments)s) payment
              JOIN account_move move ON move.id = payment.invoice_id
              JOIN res_partner debtor ON debtor.id = move.commercial_partner_id
            """,
            dimensions=self._document_sql("move"),
            payments=payments,
        )
        return self._grouped(
            source,
            paid=SQL("COALESCE(sum(amount), 0)"),
            paid_on_time=SQL("COALESCE(sum(amount_on_time), 0)"),
            days_to_pay=SQL("sum(amount_age) / NULLIF(sum(amount), 0)"),
            days_late=SQL("sum(amount_days) / NULLIF(sum(amount), 0)"),
            on_time=SQL("100 * sum(amount_on_time) / NULLIF(sum(amount), 0)"),
        )

    @api.model
    def _argued(self, companies, first, last):
        """Disputes raised in a period, and the days of those that were closed in it."""
        source = SQL(
            """
            SELECT %(dimensions)s, dispute.amount_company AS amount, dispute.raised_on,
                   dispute.move_id,
                   dispute.closed_on, dispute.days_taken
              FROM o2c_dispute dispute
              JOIN account_move move ON move.id = dispute.move_id
              JOIN res_partner debtor ON debtor.id = move.commercial_partner_id
             WHERE dispute.company_id = ANY(%(companies)s)
            """,
            dimensions=self._document_sql("move"),
            companies=companies.ids,
        )
        return self._grouped(
            source,
            raised=SQL(
                "COALESCE(sum(amount) FILTER (WHERE raised_on BETWEEN %s AND %s), 0)",
                first,
                last,
            ),
            disputes_raised=SQL(
                "count(*) FILTER (WHERE raised_on BETWEEN %s AND %s)", first, last
            ),
            disputed_invoices=SQL(
                "count(DISTINCT move_id) FILTER (WHERE raised_on BETWEEN %s AND %s)",
                first,
                last,
            ),
            disputes_closed=SQL(
                "count(*) FILTER (WHERE closed_on BETWEEN %s AND %s)", first, last
            ),
            dispute_days=SQL(
                "avg(days_taken) FILTER (WHERE closed_on BETWEEN %s AND %s)",
                first,
                last,
            ),
        )

    @api.model
    def _promises(self, companies, first, last):
        """Promises that fell due in a period and are settled, and how many were kept.

        A promise about invoices of two salespeople counts for each of them."""
        source = SQL(
            """
            SELECT DISTINCT promise.id, promise.state, %(dimensions)s
              FROM o2c_payment_promise promise
         LEFT JOIN o2c_payment_promise_move_rel link ON link.promise_id = promise.id
         LEFT JOIN account_move move ON move.id = link.move_id
              JOIN res_partner debtor ON debtor.id = promise.partner_id
             WHERE promise.company_id = ANY(%(companies)s)
               AND promise.date BETWEEN %(first)s AND %(last)s
               AND promise.state IN ('kept', 'broken')
            """,
            dimensions=self._document_sql("move"),
            companies=companies.ids,
            first=first,
            last=last,
        )
        return self._grouped(
            source,
            promises_met=SQL("count(DISTINCT id) FILTER (WHERE state = 'kept')"),
            promises_due=SQL("count(DISTINCT id)"),
        )

    @api.model
    def _lagged(self, companies, first, last):
        """Days from delivery until the invoice left, of what left in a period."""
        source = SQL(
            """
            SELECT %(dimensions)s, lag.amount, lag.days_total, lag.cost
              FROM (%(lag)s) lag
              JOIN account_move move ON move.id = lag.move_id
              JOIN res_partner debtor ON debtor.id = lag.partner_id
             WHERE lag.company_id = ANY(%(companies)s) AND lag.finished
               AND %(sent_on)s BETWEEN %(first)s AND %(last)s
            """,
            dimensions=self._document_sql("move"),
            sent_on=self._day_sql(SQL("lag.sent_at"), companies[:1].root_id),
            lag=self.env["o2c.invoicing.lag"]._table_query,
            companies=companies.ids,
            first=first,
            last=last,
        )
        return self._grouped(
            source,
            lag_days=SQL("sum(amount * days_total)::float8 / NULLIF(sum(amount), 0)"),
            lag_amount=SQL("COALESCE(sum(amount), 0)"),
            lag_cost=SQL("COALESCE(sum(cost), 0)"),
        )
