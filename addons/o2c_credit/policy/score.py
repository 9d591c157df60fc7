"""Score and grade of a customer, with the reasons.

House rules, not law; the weights are what collectors use day to day: how he pays us
counts most, then what a bureau says, then how long we know him. A score about a
natural person is a proposal to a human, never a decision (GDPR art. 22, CJEU
7 December 2023, C-634/21: https://curia.europa.eu/juris/liste.jsf?num=C-634/21).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
GRADES = ("A", "B", "C", "D", "E")
#: Score from which each grade begins; below the last it is E.
BOUNDS = (("A", 80), ("B", 65), ("C", 50), ("D", 35))
#: A grade changes only when the score is this far beyond the bound, twice.
MARGIN = 3
#: Where a customer starts of whom we know nothing.
START = 55

#: Weighted days late, at most: points.
DAYS_LATE = ((0, 25), (3, 20), (7, 14), (14, 8), (30, -2), (60, -18))
DAYS_LATE_WORST = -30
#: Part of the money that came on time, at least: points.
ON_TIME = ((Decimal("0.95"), 10), (Decimal("0.8"), 6), (Decimal("0.5"), 0))
ON_TIME_WORST = -5
#: Years that we know him, at least: points.
RELATION = ((5, 8), (2, 5), (1, 2))
#: Payments before the history counts in full; fewer weigh in proportion.
FULL_HISTORY = 6


@dataclass(frozen=True)
class ScoreFacts:
    """What is known about one customer."""

    payments: int = 0
    days_late: Decimal = ZERO
    on_time: Decimal = ZERO
    #: overdue now, and by how many days the oldest item
    overdue: Decimal = ZERO
    overdue_days: int = 0
    #: date of his first invoice
    since: date | None = None
    #: bureau score, 0 to 100, or None without a valid report
    bureau: int | None = None
    insolvent: bool = False


@dataclass(frozen=True)
class Score:
    """Points from 0 to 100, why, and how much history is behind them."""

    score: int | None
    grade: str | None
    #: pairs of reason code and points
    reasons: tuple
    confidence: str


def score_customer(facts, today):
    """The score of a customer on a day.

    Nobody is judged on nothing: without a payment or a report there is no score.

    >>> score_customer(ScoreFacts(), date(2026, 3, 1))
    Score(score=None, grade=None, reasons=(), confidence='none')

    A customer who always paid on time for years:

    >>> good = ScoreFacts(payments=20, on_time=Decimal(1), since=date(2020, 1, 1))
    >>> score_customer(good, date(2026, 3, 1))  # doctest: +NORMALIZE_WHITESPACE
    Score(score=98, grade='A', reasons=(('days_late', 25), ('on_time', 10),
    ('relation', 8)), confidence='good')

    One late payment is thin history: it counts, but not in full:

    >>> slow = ScoreFacts(payments=1, days_late=Decimal(40), since=date(2026, 1, 1))
    >>> thin = score_customer(slow, date(2026, 3, 1))
    >>> thin.score, thin.grade, thin.confidence
    (51, 'C', 'thin')

    Insolvency is not weighed, it decides:

    >>> score_customer(ScoreFacts(insolvent=True), date(2026, 3, 1)).grade
    'E'
    """
    if facts.insolvent:
        return Score(0, "E", (("insolvent", -100),), "good")
    confidence = _confidence(facts)
    if confidence == "none":
        return Score(None, None, (), "none")
    reasons = _payment_reasons(facts)
    if facts.overdue > ZERO and facts.overdue_days > 0:
        reasons.append(("overdue_now", -min(20, 4 + facts.overdue_days // 5)))
    if facts.bureau is not None:
        reasons.append(("bureau", round((facts.bureau - 50) * 0.4)))
    if facts.since:
        years = (today - facts.since).days // 365
        reasons.append(("relation", _at_least(RELATION, years, 0)))
    reasons = tuple((code, points) for code, points in reasons if points)
    score = max(0, min(100, START + sum(points for _code, points in reasons)))
    return Score(score, grade_of(score), reasons, confidence)


def _payment_reasons(facts):
    """Points for how he pays us; a thin history weighs in proportion."""
    if not facts.payments:
        return []
    part = Decimal(min(facts.payments, FULL_HISTORY)) / FULL_HISTORY
    late = _at_most(DAYS_LATE, facts.days_late, DAYS_LATE_WORST)
    on_time = _at_least(ON_TIME, facts.on_time, ON_TIME_WORST)
    return [
        ("days_late", round(late * part)),
        ("on_time", round(on_time * part)),
    ]


def _confidence(facts):
    """How much the score can be trusted.

    >>> _confidence(ScoreFacts(payments=2)), _confidence(ScoreFacts(payments=6))
    ('thin', 'good')
    >>> _confidence(ScoreFacts(bureau=70)), _confidence(ScoreFacts())
    ('fair', 'none')
    """
    if facts.payments >= FULL_HISTORY:
        return "good"
    if facts.bureau is not None or facts.payments >= 3:
        return "fair"
    # an overdue item with no payment yet is the thinnest history there is
    return "thin" if facts.payments or facts.overdue_days > 0 else "none"


def grade_of(score):
    """Grade that belongs to a score.

    >>> grade_of(80), grade_of(79), grade_of(35), grade_of(34)
    ('A', 'B', 'D', 'E')
    """
    return next((grade for grade, bound in BOUNDS if score >= bound), "E")


@dataclass(frozen=True)
class Grading:
    """The grade that a customer has, and the one that is about to come."""

    grade: str | None
    pending: str | None = None
    pending_on: date | None = None


def next_grading(before, score, today, at_once=False):
    """Grade after this run: one odd week does not move a customer.

    The first grade is given at once; after that a grade changes only when two runs
    on different days find the score beyond the bound plus the margin.

    >>> monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    >>> first = next_grading(Grading(None), 70, monday)
    >>> first.grade
    'B'
    >>> next_grading(first, 63, tuesday)  # C, but within the margin
    Grading(grade='B', pending=None, pending_on=None)
    >>> once = next_grading(first, 61, monday)
    >>> once.grade, once.pending
    ('B', 'C')
    >>> next_grading(once, 61, monday).grade  # the same day counts once
    'B'
    >>> next_grading(once, 61, tuesday).grade
    'C'
    >>> next_grading(first, 0, tuesday, at_once=True).grade
    'E'
    """
    if score is None:
        return Grading(before.grade)
    wanted = grade_of(score)
    if before.grade is None or at_once:
        return Grading(wanted)
    if wanted == before.grade:
        return Grading(before.grade)
    worse = GRADES.index(wanted) > GRADES.index(before.grade)
    beyond = grade_of(score + MARGIN) if worse else grade_of(score - MARGIN)
    if beyond == before.grade:
        return Grading(before.grade)
    if before.pending is None or before.pending_on is None:
        return Grading(before.grade, beyond, today)
    same_side = (GRADES.index(before.pending) > GRADES.index(before.grade)) == worse
    if not same_side:
        return Grading(before.grade, beyond, today)
    if before.pending_on >= today:
        return Grading(before.grade, beyond, before.pending_on)
    return Grading(beyond)


def _at_most(table, value, otherwise):
    return next((points for bound, points in table if value <= bound), otherwise)


def _at_least(table, value, otherwise):
    return next((points for bound, points in table if value >= bound), otherwise)
