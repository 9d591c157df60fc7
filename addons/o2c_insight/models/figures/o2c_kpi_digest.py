"""The few figures that a digest mail tells, of any day."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import SQL

from ...policy import receivable_days
from ...policy.receivable_days import Month
from .o2c_kpi_taking import PERIOD, _money

#: Figures of a day, whatever the period before it.
AS_OF = ("overdue", "dso", "held")
#: Where the cursor keeps what was gathered while a digest is sent.
MEMO = "o2c_insight.digest"


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.model
    def _digest_figure(self, name, company, key, start, end):
        """A figure as it stands on a day, or of the whole days before it.

        :param str name: as in the names of :meth:`_digest_sources`
        :param company: root company; its branches count in
        :param tuple key: (dimension, id or None): the whole, or one salesperson
        :param date start: first day that counts, of what happens in a period
        :param date end: the day itself, which has not ended; what happens on it counts
            the next time
        :return: number
        """
        self.env.flush_all()
        companies = self._with_branches(company)
        gather = self._digest_sources()[name]
        found = self._digest_once(
            (name, company.id, None if name in AS_OF else start, end),
            lambda: gather(companies, start, end),
        )
        return found.get(key) or 0

    @api.model
    def _digest_once(self, key, gather):
        """What was gathered for another reader of the same mail, else gathered now."""
        memo = self.env.cr.cache.get(MEMO)
        if memo is None:
            return gather()
        if key not in memo:
            memo[key] = gather()
        return memo[key]

    @api.model
    def _digest_owed(self, companies, day):
        """What is open on a day: two figures need it."""
        return self._digest_once(
            ("owed", companies[:1].id, day), lambda: self._owed(companies, day)
        )

    @api.model
    def _digest_sources(self):
        """Hook: figures of the digest, per name a method that gathers it for all.

        A method gets companies, first day and day; it returns {(dimension, id or None):
        number}.
        """
        return {
            "overdue": self._digest_overdue,
            "dso": self._digest_dso,
            "collected": self._digest_collected,
            "promises": self._digest_promises,
            "held": self._digest_held,
        }

    def _digest_overdue(self, companies, _start, end):
        owed = self._digest_owed(companies, end)
        return {key: float(row["overdue"]) for key, row in owed.items()}

    def _digest_dso(self, companies, _start, end):
        months = self._months(end.replace(day=1), end)[:PERIOD]
        days = [(last - first).days + 1 for first, last in months]
        sold = self._sold(companies, months)
        found = {}
        for key, row in self._digest_owed(companies, end).items():
            sales = sold.get(key, {})
            dso = receivable_days.simple(
                _money(row["receivables"]),
                [
                    Month(length, _money(sales.get(str(number))))
                    for number, length in enumerate(days)
                ],
            )
            found[key] = float(dso or 0)
        return found

    def _digest_collected(self, companies, start, end):
        paid = self._paid(companies, start, end - timedelta(days=1))
        return {key: float(row["paid"]) for key, row in paid.items()}

    def _digest_promises(self, companies, start, end):
        rows = self._promises(companies, start, end - timedelta(days=1))
        return {
            key: row["promises_due"] - row["promises_met"] for key, row in rows.items()
        }

    def _digest_held(self, companies, _start, end):
        waiting = self._grouped(
            self._waiting_sql(companies, end), figure=SQL("count(*)")
        )
        return {key: row["figure"] for key, row in waiting.items()}

    @api.model
    def _waiting_sql(self, companies, day):
        """Orders that were on hold at the end of a day."""
        company = companies[:1].root_id
        return SQL(
            """
            SELECT debtor.o2c_segment_id AS segment_id, sale.user_id, sale.team_id,
                   debtor.country_id, debtor.state_id,
                   sale.currency_id AS document_currency_id
              FROM o2c_credit_hold hold
              JOIN sale_order sale ON sale.id = hold.order_id
              JOIN res_partner contact ON contact.id = hold.partner_id
              JOIN res_partner debtor ON debtor.id = contact.commercial_partner_id
             WHERE hold.company_id = ANY(%(companies)s) AND hold.state <> 'watch'
               AND %(opened_on)s <= %(day)s
               AND (hold.closed_on IS NULL OR %(closed_on)s > %(day)s)
            """,
            companies=companies.ids,
            opened_on=self._day_sql(SQL("hold.opened_on"), company),
            closed_on=self._day_sql(SQL("hold.closed_on"), company),
            day=day,
        )
