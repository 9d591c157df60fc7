"""What scoring reads from the books: the SQL of each figure, for any number of
customers."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ...policy.score import TREND_PAYMENTS


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _figures_sql(self, root, today, partners):
        """One row per customer, in the order of the snapshot's columns."""
        return SQL(
            """
            SELECT customer.id, %(root)s, customer.o2c_segment_id, customer.user_id,
                   %(today)s::date,
                   COALESCE(receivable.receivables, 0), COALESCE(receivable.credits, 0),
                   COALESCE((buckets->>'drafts')::numeric, 0),
                   COALESCE((buckets->>'delivered')::numeric, 0),
                   COALESCE((buckets->>'undelivered')::numeric, 0),
                   COALESCE((buckets->>'down_payments')::numeric, 0),
                   COALESCE((buckets->>'prepaid')::numeric, 0),
                   COALESCE(total.own, 0), COALESCE(total.amount, 0),
                   COALESCE(receivable.not_due, 0), COALESCE(receivable.due_30, 0),
                   COALESCE(receivable.due_60, 0), COALESCE(receivable.due_90, 0),
                   COALESCE(receivable.due_more, 0),
                   GREATEST(receivable.overdue + receivable.credits, 0),
                   CASE WHEN receivable.overdue + receivable.credits > 0
                        THEN %(today)s - receivable.oldest_due ELSE 0 END,
                   CASE WHEN receivable.overdue + receivable.credits > 0
                        THEN receivable.overdue_amount_days / receivable.overdue
                        ELSE 0 END,
                   COALESCE(hold.count, 0), COALESCE(report.insolvent, FALSE),
                   report.score, report.score IS NOT NULL, report.sector,
                   COALESCE(paid.payments, 0)::int, COALESCE(paid.amount, 0),
                   COALESCE(paid.amount_days / NULLIF(paid.amount, 0), 0),
                   COALESCE(paid.amount_disputed / NULLIF(paid.amount, 0), 0),
                   COALESCE(paid.amount_on_time / NULLIF(paid.amount, 0), 0),
                   COALESCE(paid.recent_payments, 0)::int,
                   COALESCE(paid.recent_amount, 0),
                   COALESCE(trend.recent, 0),
                   COALESCE(paid.earlier_payments, 0)::int,
                   COALESCE(paid.earlier_amount, 0),
                   COALESCE(trend.earlier, 0),
                   LEAST(paid.recent_payments, paid.earlier_payments) >= %(enough)s,
                   CASE WHEN LEAST(paid.recent_payments, paid.earlier_payments)
                             >= %(enough)s
                        THEN trend.recent - trend.earlier ELSE 0 END,
                   paid.last_paid_on,
                   COALESCE((counted.counts->>'disputes_lost')::numeric::int, 0),
                   COALESCE((counted.counts->>'promises_broken')::numeric::int, 0),
                   COALESCE((counted.counts->>'payments_reversed')::numeric::int, 0),
                   COALESCE(largest.owed, 0), largest.date,
                   sale.since, COALESCE(sale.year, 0), ordered.last_order_on
              FROM res_partner customer
         LEFT JOIN exposure ON exposure.partner_id = customer.id
         LEFT JOIN receivable ON receivable.partner_id = customer.id
         LEFT JOIN LATERAL (
                    SELECT sum(value::numeric) AS amount,
                           sum(value::numeric) FILTER (WHERE key <> ALL(%(own)s)) AS own
                      FROM jsonb_each_text(buckets)
                   ) total ON TRUE
         LEFT JOIN (%(paid)s) paid ON paid.partner_id = customer.id
         LEFT JOIN LATERAL (
                    SELECT paid.recent_amount_days / NULLIF(paid.recent_amount, 0)
                               AS recent,
                           paid.earlier_amount_days / NULLIF(paid.earlier_amount, 0)
                               AS earlier
                   ) trend ON TRUE
         LEFT JOIN (%(counted)s) counted ON counted.partner_id = customer.id
         LEFT JOIN (%(largest)s) largest ON largest.partner_id = customer.id
         LEFT JOIN (%(sales)s) sale ON sale.partner_id = customer.id
         LEFT JOIN (%(ordered)s) ordered ON ordered.partner_id = customer.id
         LEFT JOIN (
                    SELECT partner_id, count(*) AS count FROM o2c_credit_hold
                     WHERE state = 'open' AND company_id = ANY(%(companies)s)
                     GROUP BY partner_id
                   ) hold ON hold.partner_id = customer.id
         LEFT JOIN LATERAL (%(report)s) report ON TRUE
             WHERE %(population)s
            """,
            root=root.id,
            today=today,
            own=[
                "receivables",
                "drafts",
                "delivered",
                "undelivered",
                "down_payments",
                "prepaid",
            ],
            companies=self._companies_sql(root),
            enough=TREND_PAYMENTS,
            paid=self._paid_sql(root, today, partners),
            counted=self._score_counts_sql(root, today, partners),
            largest=self._largest_owed_sql(root, today, partners),
            sales=self._sales_sql(root, today, partners),
            ordered=self._last_order_sql(root, partners),
            report=self._newest_report_sql(root),
            population=self._population_sql(root, partners),
        )

    @api.model
    def _population_sql(self, root, partners):
        """The customers asked for, or everybody who owes, ordered, bought or has a
        profile."""
        if partners is not None:
            return SQL("customer.id = ANY(%s)", list(partners))
        return SQL(
            """
            customer.id IN (
                SELECT partner_id FROM exposure
                 UNION SELECT partner_id FROM o2c_risk_profile WHERE company_id = %s
                 UNION SELECT commercial_partner_id FROM account_move
                        WHERE move_type = 'out_invoice' AND state = 'posted'
                          AND company_id = ANY(%s))
            """,
            root.id,
            self._companies_sql(root),
        )

    @api.model
    def _paid_sql(self, root, today, partners):
        """Payment behaviour per customer, weighted by amount; days late of the two half
        years are without disputed time."""
        condition = SQL(
            "company.id = ANY(%s) AND money.date BETWEEN %s AND %s AND %s",
            self._companies_sql(root),
            self._behaviour_since(today),
            today,
            self._contacts_sql(SQL("item.partner_id"), partners),
        )
        # per partner of the invoice first: few rows are left to look up who that is
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner_id,
                   sum(payments) AS payments, sum(amount) AS amount,
                   sum(amount_days) AS amount_days,
                   sum(amount_disputed) AS amount_disputed,
                   sum(amount_on_time) AS amount_on_time,
                   max(last_paid_on) AS last_paid_on,
                   sum(recent_payments) AS recent_payments,
                   sum(recent_amount) AS recent_amount,
                   sum(recent_amount_days) AS recent_amount_days,
                   sum(earlier_payments) AS earlier_payments,
                   sum(earlier_amount) AS earlier_amount,
                   sum(earlier_amount_days) AS earlier_amount_days
              FROM (
                    SELECT debtor_id, count(*) AS payments, sum(amount) AS amount,
                           sum(amount_days) AS amount_days,
                           sum(amount_disputed) AS amount_disputed,
                           sum(amount_on_time) AS amount_on_time,
                           max(paid_on) AS last_paid_on,
                           count(*) FILTER (WHERE paid_on > %(half)s)
                               AS recent_payments,
                           sum(amount) FILTER (WHERE paid_on > %(half)s)
                               AS recent_amount,
                           sum(amount_days - amount_disputed)
                               FILTER (WHERE paid_on > %(half)s)
                               AS recent_amount_days,
                           count(*) FILTER (WHERE paid_on > %(year)s
                                              AND paid_on <= %(half)s)
                               AS earlier_payments,
                           sum(amount) FILTER (WHERE paid_on > %(year)s
                                                 AND paid_on <= %(half)s)
                               AS earlier_amount,
                           sum(amount_days - amount_disputed)
                               FILTER (WHERE paid_on > %(year)s
                                         AND paid_on <= %(half)s)
                               AS earlier_amount_days
                      FROM (%(payments)s) payment GROUP BY debtor_id
                   ) debtor
              JOIN res_partner customer ON customer.id = debtor.debtor_id
             GROUP BY customer.commercial_partner_id
            """,
            half=today - relativedelta(months=6),
            year=today - relativedelta(months=12),
            payments=self.env["o2c.payment.behaviour"]._payments_sql(condition),
        )

    @api.model
    def _largest_owed_sql(self, root, today, partners):
        """Highest balance of receivables at the end of any day, and that day."""
        return SQL(
            """
            SELECT DISTINCT ON (partner_id) partner_id, owed, date
              FROM (
                    SELECT customer.commercial_partner_id AS partner_id, line.date,
                           sum(sum(line.balance)) OVER (
                               PARTITION BY customer.commercial_partner_id
                               ORDER BY line.date ROWS UNBOUNDED PRECEDING) AS owed
                      FROM account_move_line line
                      JOIN res_partner customer ON customer.id = line.partner_id
                     WHERE line.parent_state = 'posted'
                       AND line.account_id = ANY(%(accounts)s)
                       AND line.company_id = ANY(%(companies)s)
                       AND line.date <= %(today)s
                       AND %(contacts)s
                     GROUP BY customer.commercial_partner_id, line.date
                   ) day
             WHERE owed > 0
             ORDER BY partner_id, owed DESC, date
            """,
            accounts=self._receivable_accounts_sql(),
            companies=self._companies_sql(root),
            today=today,
            contacts=self._contacts_sql(SQL("line.partner_id"), partners),
        )

    @api.model
    def _receivable_accounts_sql(self):
        return SQL(
            "ARRAY(SELECT id FROM account_account"
            " WHERE account_type = 'asset_receivable')"
        )

    @api.model
    def _sales_sql(self, root, today, partners):
        """First invoice and the sales of a year."""
        return SQL(
            """
            SELECT commercial_partner_id AS partner_id, min(invoice_date) AS since,
                   sum(amount_total_signed) FILTER (WHERE invoice_date > %s) AS year
              FROM account_move
             WHERE move_type IN ('out_invoice', 'out_refund', 'out_receipt')
               AND state = 'posted' AND company_id = ANY(%s) AND %s
             GROUP BY commercial_partner_id
            """,
            today - relativedelta(years=1),
            self._companies_sql(root),
            self._contacts_sql(SQL("partner_id"), partners),
        )

    @api.model
    def _last_order_sql(self, root, partners):
        """The day of the newest confirmed order."""
        return SQL(
            """
            SELECT customer.commercial_partner_id AS partner_id,
                   max(sale.date_order AT TIME ZONE 'UTC' AT TIME ZONE %s)::date
                       AS last_order_on
              FROM sale_order sale
              JOIN res_partner customer ON customer.id = sale.partner_invoice_id
             WHERE sale.state = 'sale' AND sale.company_id = ANY(%s) AND %s
             GROUP BY customer.commercial_partner_id
            """,
            root._o2c_zone(),
            self._companies_sql(root),
            self._contacts_sql(SQL("sale.partner_invoice_id"), partners),
        )

    @api.model
    def _newest_report_sql(self, root):
        """Newest report with a score, the newest with a sector, and whether the newest
        of all says insolvent."""
        return SQL(
            """
            SELECT (array_agg(bureau_score ORDER BY date DESC, id DESC)
                        FILTER (WHERE has_score))[1] AS score,
                   (array_agg(sbi_code ORDER BY date DESC, id DESC)
                        FILTER (WHERE sbi_code <> ''))[1] AS sector,
                   (array_agg(insolvent ORDER BY date DESC, id DESC))[1] AS insolvent
              FROM o2c_credit_report report
             WHERE report.partner_id = customer.id AND report.company_id = %s
            """,
            root.id,
        )
