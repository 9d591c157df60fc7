"""Score of a customer, with the reasons and the points of each.

A score about a natural person is a proposal to a human, never a decision (GDPR
art. 22, CJEU 7 December 2023, C-634/21:
https://curia.europa.eu/juris/liste.jsf?num=C-634/21).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .score_card import ZERO, ScoreCard

#: A trend needs this many payments in each of the two half years.
TREND_PAYMENTS = 2
YEAR = Decimal("365.25")


@dataclass(frozen=True)
class HalfYear:
    """Payments of six months: how many, how much, how late by amount."""

    payments: int = 0
    paid: Decimal = ZERO
    days_late: Decimal = ZERO


@dataclass(frozen=True)
class ScoreFacts:
    """What is known about one customer. Days late are without disputed time."""

    payments: int = 0
    paid: Decimal = ZERO
    days_late: Decimal = ZERO
    #: part of the money that came on time, 0 to 1
    on_time: Decimal = ZERO
    #: the last six months, and the six before
    recent: HalfYear = HalfYear()
    earlier: HalfYear = HalfYear()
    #: overdue now, by how many days the oldest item and by amount
    overdue: Decimal = ZERO
    overdue_days: int = 0
    overdue_late: Decimal = ZERO
    #: date of his first invoice
    since: date | None = None
    #: bureau score, 0 to 100, or None without a valid report
    bureau: int | None = None
    disputes_lost: int = 0
    promises_broken: int = 0
    payments_reversed: int = 0
    insolvent: bool = False

    @property
    def trend(self):
        """Days later than half a year before, or None when there is too little.

        >>> fast, slow = HalfYear(2, ZERO, ZERO), HalfYear(2, ZERO, 12)
        >>> ScoreFacts(recent=slow, earlier=fast).trend
        Decimal('12')
        >>> ScoreFacts(recent=slow, earlier=HalfYear(1, ZERO, ZERO)).trend
        """
        if min(self.recent.payments, self.earlier.payments) < TREND_PAYMENTS:
            return None
        return self.recent.days_late - self.earlier.days_late


@dataclass(frozen=True)
class Score:
    """Points from 0 to 100, why, and how much history is behind them."""

    score: int | None
    #: pairs of reason code and points
    reasons: tuple
    confidence: str


def score_customer(facts, today, card=None):
    """The score of a customer on a day.

    Nobody is judged on nothing: without a payment or a report there is no score.

    >>> score_customer(ScoreFacts(), date(2026, 3, 1))
    Score(score=None, reasons=(), confidence='none')

    A customer who always paid on time for years:

    >>> good = ScoreFacts(payments=20, on_time=Decimal(1), since=date(2020, 1, 1))
    >>> score_customer(good, date(2026, 3, 1))  # doctest: +NORMALIZE_WHITESPACE
    Score(score=93, reasons=(('days_late', 20), ('on_time', 10), ('relation', 8)),
    confidence='good')

    One late payment is thin history: it counts, but not in full:

    >>> slow = ScoreFacts(payments=1, days_late=Decimal(40), since=date(2026, 1, 1))
    >>> thin = score_customer(slow, date(2026, 3, 1))
    >>> thin.score, thin.reasons, thin.confidence
    (50, (('days_late', -4), ('on_time', -1)), 'thin')

    What others report weighs as the card says; a third lost dispute is the last:

    >>> bad = ScoreFacts(bureau=50, disputes_lost=4, promises_broken=1)
    >>> score_customer(bad, date(2026, 3, 1)).reasons
    (('disputes_lost', -9), ('promises_broken', -5))

    Insolvency is not weighed, it decides:

    >>> score_customer(ScoreFacts(insolvent=True), date(2026, 3, 1))
    Score(score=0, reasons=(('insolvent', -100),), confidence='good')
    """
    card = card or ScoreCard()
    if facts.insolvent:
        return Score(0, (("insolvent", -100),), "good")
    confidence = confidence_of(facts, card)
    if confidence == "none":
        return Score(None, (), "none")
    reasons = tuple(
        (code, points)
        for code, value, part in _values(facts, today, card)
        if (points := card.points(code, value, part))
    )
    score = max(0, min(100, card.start + sum(points for _code, points in reasons)))
    return Score(score, reasons, confidence)


def _values(facts, today, card):
    """Reason, value on its scale and the part that counts, of all that is known."""
    one = Decimal(1)
    if facts.payments:
        full = max(card.full_history, 1)
        part = Decimal(min(facts.payments, full)) / full
        yield "days_late", facts.days_late, part
        yield "on_time", facts.on_time * 100, part
        if facts.trend is not None:
            yield "trend", facts.trend, part
    if facts.overdue > ZERO and facts.overdue_days > 0:
        yield "overdue_now", facts.overdue_days, one
    if facts.bureau is not None:
        yield "bureau", facts.bureau, one
    if facts.since:
        yield "relation", Decimal((today - facts.since).days) / YEAR, one
    yield "disputes_lost", facts.disputes_lost, one
    yield "promises_broken", facts.promises_broken, one
    yield "payments_reversed", facts.payments_reversed, one


def confidence_of(facts, card):
    """How much the score can be trusted; half the full history is fair.

    >>> card = ScoreCard()
    >>> [confidence_of(ScoreFacts(payments=n), card) for n in (0, 1, 2, 3, 5, 6)]
    ['none', 'thin', 'thin', 'fair', 'fair', 'good']
    >>> confidence_of(ScoreFacts(bureau=70), card)
    'fair'

    An overdue item with no payment yet is the thinnest history there is:

    >>> confidence_of(ScoreFacts(overdue_days=1), card)
    'thin'
    """
    if facts.payments >= max(card.full_history, 1):
        return "good"
    if facts.bureau is not None or 2 * facts.payments >= card.full_history:
        return "fair"
    return "thin" if facts.payments or facts.overdue_days > 0 else "none"
