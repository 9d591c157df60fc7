"""The nightly learning: books → figures → score → grade, for a whole set at once."""

from dataclasses import dataclass

from odoo import api, models
from odoo.tools import SQL

from ...policy.grade import Grading, next_grading
from ...policy.score import HalfYear, ScoreFacts, score_customer
from ...policy.sector import clean_code, section_of
from .o2c_exposure import to_money

#: What the night writes in the table of figures, in the order of :meth:`_figures_sql`.
COLUMNS = (
    "segment_id, user_id, as_of, receivables, credits, drafts, delivered, undelivered, "
    "down_payments, prepaid, others, exposure, not_due, due_30, due_60, due_90, "
    "due_more, overdue, overdue_days, overdue_late, open_holds, insolvent, "
    "bureau_score, has_bureau_score, reported_sector, payments, paid_amount, "
    "days_late, disputed_days, on_time, recent_payments, recent_paid, "
    "recent_days_late, earlier_payments, earlier_paid, earlier_days_late, has_trend, "
    "trend, last_paid_on, "
    "disputes_lost, promises_broken, payments_reversed, largest_owed, largest_owed_on, "
    "since, sales_year, last_order_on"
).split(", ")
#: What scoring reads back, and then of the profile.
_FACTS = (
    "partner_id, payments, paid_amount, days_late, disputed_days, on_time, "
    "recent_payments, recent_paid, recent_days_late, earlier_payments, earlier_paid, "
    "earlier_days_late, overdue, overdue_days, overdue_late, since, bureau_score, "
    "disputes_lost, promises_broken, payments_reversed, insolvent, reported_sector"
).split(", ")
_BEFORE = (
    "grade, pending_grade, pending_grade_on, score, confidence, known, known_reasons, "
    "known_insolvent, known_sector"
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
    sector: str | None
    section: str | None
    changed: bool
    #: whether anything that the profile keeps differs
    to_write: bool


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
        self._flush_scoring()
        self._spare_compiling()
        rows = self._take_snapshots(root, today, partners)
        card = self.env["o2c.score.card"]._policy_of(root)
        scored = [self._score_row(row, today, card) for row in rows]
        self._write_profiles(root, today, scored)
        self._write_history(root, today, scored)
        self._complete_snapshots(root, today, [score.partner_id for score in scored])
        self.invalidate_model()
        self.env["o2c.customer.snapshot"].invalidate_model()
        self.env["o2c.score.history"].invalidate_model()
        return len(rows)

    @api.model
    def _spare_compiling(self):
        """Until the end of the transaction PostgreSQL does not compile expressions: of
        so wide a statement that takes far longer (20 s) than the answer (2 s), and
        without fresh statistics it does so even for one customer."""
        self.env.cr.execute("SET LOCAL jit = off")

    @api.model
    def _flush_scoring(self):
        """Write what scoring is going to read. Hook for sources of other add-ons."""
        self._flush_exposure()
        self.env["account.partial.reconcile"].flush_model()
        for model in (self, self.env["o2c.credit.report"], self.env["o2c.credit.hold"]):
            model.flush_model()

    @api.model
    def _score_row(self, row, today, card):
        """Score of one row of figures, next to what the profile said before."""
        facts = self._facts_of(row)
        score = score_customer(facts, today, card)
        before = Grading(row["grade"], row["pending_grade"], row["pending_grade_on"])
        grading = next_grading(
            before, score.score, today, card, at_once=facts.insolvent
        )
        changed = (score.score, grading.grade, score.confidence) != (
            row["score"],
            row["grade"],
            row["confidence"],
        )
        reasons = [list(reason) for reason in score.reasons]
        sector = clean_code(row["reported_sector"])
        return _Scored(
            partner_id=row["partner_id"],
            score=score.score,
            grading=grading,
            reasons=reasons,
            confidence=score.confidence,
            insolvent=facts.insolvent,
            sector=sector,
            section=section_of(row["reported_sector"]),
            changed=changed,
            to_write=changed
            or not row["known"]
            or grading != before
            or reasons != row["known_reasons"]
            or facts.insolvent != bool(row["known_insolvent"])
            or bool(sector and sector != row["known_sector"]),
        )

    @api.model
    def _facts_of(self, row):
        """The row of figures as the policy reads it."""
        return ScoreFacts(
            payments=row["payments"],
            paid=to_money(row["paid_amount"]),
            days_late=to_money(row["days_late"] - row["disputed_days"]),
            on_time=to_money(row["on_time"]),
            recent=HalfYear(
                row["recent_payments"],
                to_money(row["recent_paid"]),
                to_money(row["recent_days_late"]),
            ),
            earlier=HalfYear(
                row["earlier_payments"],
                to_money(row["earlier_paid"]),
                to_money(row["earlier_days_late"]),
            ),
            overdue=to_money(row["overdue"]),
            overdue_days=row["overdue_days"] or 0,
            overdue_late=to_money(row["overdue_late"]),
            since=row["since"] or None,
            bureau=row["bureau_score"],
            disputes_lost=row["disputes_lost"],
            promises_broken=row["promises_broken"],
            payments_reversed=row["payments_reversed"],
            insolvent=bool(row["insolvent"]),
        )

    @api.model
    def _take_snapshots(self, root, today, partners):
        """Write the figures from the books and return what scoring needs.

        :return: list of dicts
        """
        columns = SQL(", ").join(SQL.identifier(name) for name in COLUMNS)
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
                SELECT %(facts)s,
                       profile.grade, profile.pending_grade, profile.pending_grade_on,
                       CASE WHEN profile.graded_on IS NOT NULL
                                 AND profile.confidence <> 'none'
                            THEN profile.score END,
                       profile.confidence, profile.id IS NOT NULL, profile.reasons,
                       profile.insolvent, profile.o2c_sector_code
                  FROM written
             LEFT JOIN o2c_risk_profile profile
                    ON profile.partner_id = written.partner_id
                   AND profile.company_id = written.company_id
                """,
                ctes=self._exposure_ctes(root, today, partners),
                columns=columns,
                figures=self._figures_sql(root, today, partners),
                excluded=SQL(", ").join(
                    SQL("EXCLUDED.%s", SQL.identifier(name)) for name in COLUMNS
                ),
                facts=SQL(", ").join(
                    SQL("written.%s", SQL.identifier(name)) for name in _FACTS
                ),
            )
        )
        return [dict(zip(_FACTS + _BEFORE, row, strict=True)) for row in rows]
