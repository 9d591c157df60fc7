"""The nightly learning: books → figures → score → grade, for a whole set at once."""

from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import SQL

from ...policy.score import Grading, ScoreFacts, next_grading, score_customer
from .o2c_exposure import to_money

#: Payments older than this say little about today.
BEHAVIOUR_MONTHS = 24
_COLUMNS = (
    "segment_id, user_id, as_of, receivables, credits, drafts, delivered, undelivered, "
    "down_payments, prepaid, others, exposure, not_due, due_30, due_60, due_90, "
    "due_more, overdue, overdue_days, open_holds, insolvent, bureau_score, payments, "
    "paid_amount, days_late, on_time, last_paid_on, since, sales_year"
).split(", ")


@dataclass(frozen=True)
class _Scored:
    """A customer with his new score, and whether it differs from the old one."""

    partner_id: int
    score: int | None
    grading: Grading
    reasons: list
    confidence: str
    insolvent: bool
    changed: bool


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _rescore(self, company, today, partners=None):
        """Figures, score and grade of customers; writes only what changed.

        :param company: ``res.company``; its root counts
        :param date today: date in the company
        :param partners: ids of commercial partners, or None for all customers
        :return: number of customers
        """
        root = company.root_id
        if partners is not None and not partners:
            return 0
        self._flush_exposure()
        for model in (self, self.env["o2c.credit.report"], self.env["o2c.credit.hold"]):
            model.flush_model()
        rows = self._take_snapshots(root, today, partners)
        scored = [self._score_row(row, today) for row in rows]
        self._write_profiles(root, today, scored)
        self._write_history(root, today, scored)
        self._complete_snapshots(root, today, [score.partner_id for score in scored])
        self.invalidate_model()
        self.env["o2c.customer.snapshot"].invalidate_model()
        self.env["o2c.score.history"].invalidate_model()
        return len(rows)

    @api.model
    def _score_row(self, row, today):
        """Score of one row of figures, next to what the profile said before."""
        (pid, payments, days_late, on_time, overdue, overdue_days) = row[:6]
        (since, bureau, insolvent, before) = row[6:10]
        grade, pending, pending_on, old_score, old_confidence = before
        score = score_customer(
            ScoreFacts(
                payments=payments,
                days_late=to_money(days_late),
                on_time=to_money(on_time),
                overdue=to_money(overdue),
                overdue_days=overdue_days or 0,
                since=since,
                bureau=bureau,
                insolvent=bool(insolvent),
            ),
            today,
        )
        grading = next_grading(
            Grading(grade, pending, pending_on), score.score, today, at_once=insolvent
        )
        changed = (score.score, grading.grade, score.confidence) != (
            old_score,
            grade,
            old_confidence,
        )
        return _Scored(
            partner_id=pid,
            score=score.score,
            grading=grading,
            reasons=[list(reason) for reason in score.reasons],
            confidence=score.confidence,
            insolvent=bool(insolvent),
            changed=changed,
        )

    @api.model
    def _take_snapshots(self, root, today, partners):
        """Write the figures from the books and return what scoring needs."""
        columns = SQL(", ").join(SQL.identifier(name) for name in _COLUMNS)
        rows = self.env.execute_query(
            SQL(
                """
                WITH %(ctes)s, written AS (
                    INSERT INTO o2c_customer_snapshot
                           (partner_id, company_id, %(columns)s)
                    %(figures)s
                    ON CONFLICT (partner_id, company_id)
                    DO UPDATE SET (%(columns)s) = (%(excluded)s)
                    RETURNING *
                )
                SELECT written.partner_id, written.payments, written.days_late,
                       written.on_time, written.overdue, written.overdue_days,
                       written.since, written.bureau_score, written.insolvent,
                       profile.grade, profile.pending_grade, profile.pending_grade_on,
                       CASE WHEN profile.graded_on IS NOT NULL
                                 AND profile.confidence <> 'none'
                            THEN profile.score END,
                       profile.confidence
                  FROM written
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = written.partner_id
                   AND profile.company_id = written.company_id
                """,
                ctes=self._exposure_ctes(root, today, partners),
                columns=columns,
                figures=self._figures_sql(root, today, partners),
                excluded=SQL(", ").join(
                    SQL("EXCLUDED.%s", SQL.identifier(name)) for name in _COLUMNS
                ),
            )
        )
        return [(*row[:9], row[9:]) for row in rows]

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
                   COALESCE(hold.count, 0), COALESCE(report.insolvent, FALSE),
                   report.score, COALESCE(paid.payments, 0), COALESCE(paid.amount, 0),
                   COALESCE(paid.amount_days / NULLIF(paid.amount, 0), 0),
                   COALESCE(paid.amount_on_time / NULLIF(paid.amount, 0), 0),
                   paid.last_paid_on, sale.since, COALESCE(sale.year, 0)
              FROM res_partner customer
         LEFT JOIN exposure ON exposure.partner_id = customer.id
         LEFT JOIN receivable ON receivable.partner_id = customer.id
         LEFT JOIN LATERAL (
                    SELECT sum(value::numeric) AS amount,
                           sum(value::numeric) FILTER (WHERE key <> ALL(%(own)s)) AS own
                      FROM jsonb_each_text(buckets)
                   ) total ON TRUE
         LEFT JOIN (%(paid)s) paid ON paid.partner_id = customer.id
         LEFT JOIN (%(sales)s) sale ON sale.partner_id = customer.id
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
            paid=self._paid_sql(root, today, partners),
            sales=self._sales_sql(root, today, partners),
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
        """Payment behaviour per customer, weighted by amount."""
        since = today - relativedelta(months=BEHAVIOUR_MONTHS)
        condition = SQL(
            "company.id = ANY(%s) AND money.date BETWEEN %s AND %s AND %s",
            self._companies_sql(root),
            since,
            today,
            self._contacts_sql(SQL("item.partner_id"), partners),
        )
        return SQL(
            """
            SELECT partner_id, count(*) AS payments, sum(amount) AS amount,
                   sum(amount_days) AS amount_days,
                   sum(amount_on_time) AS amount_on_time, max(paid_on) AS last_paid_on
              FROM (%s) payment GROUP BY partner_id
            """,
            self.env["o2c.payment.behaviour"]._payments_sql(condition),
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
    def _newest_report_sql(self, root):
        """Newest report with a score, and whether the newest of all says insolvent."""
        return SQL(
            """
            SELECT (array_agg(bureau_score ORDER BY date DESC, id DESC)
                        FILTER (WHERE has_score))[1] AS score,
                   (array_agg(insolvent ORDER BY date DESC, id DESC))[1] AS insolvent
              FROM o2c_credit_report report
             WHERE report.partner_id = customer.id AND report.company_id = %s
            """,
            root.id,
        )
