"""What would change a grade: the score is computed again on what could happen next.

Nothing here is a rule of thumb: each way is tried with the same score and the same
bounds that the night uses, and the smallest number that moves the grade is told. What
happens meanwhile (other payments, another year) is left out.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .grade import leads_to
from .score import HalfYear, ScoreFacts, score_customer
from .score_card import ZERO, ScoreCard, worse

#: More invoices than this are no advice.
MOST = 12
#: A late invoice, told as a warning, is this many days late.
LATE_DAYS = 30
#: Weight of a payment of a customer who never paid yet; with nothing beside it any.
UNKNOWN = Decimal(100)


@dataclass(frozen=True)
class Way:
    """What must happen, how often, and the grade it leads to.

    ``code``: "pay_overdue", "on_time", "pay_overdue_on_time", "bureau" (count is the
    bureau's score), "solvent", "late".
    """

    code: str
    count: int
    grade: str
    score: int


def ways(facts, grade, today, card=None):
    """What would bring a better grade, and what a worse one.

    A customer just below B; two more invoices on time bring him there:

    >>> today = date(2026, 3, 1)
    >>> facts = ScoreFacts(
    ...     payments=6, paid=Decimal(6000), days_late=Decimal(15),
    ...     on_time=Decimal("0.5"), since=date(2024, 3, 1),
    ... )
    >>> score_customer(facts, today).score
    61
    >>> for way in ways(facts, "C", today):
    ...     print(way)
    Way(code='on_time', count=2, grade='B', score=69)
    Way(code='bureau', count=67, grade='B', score=68)

    He who owes must pay that first, and paying late is counted as paying late:

    >>> behind = replace(facts, overdue=Decimal(900), overdue_days=40,
    ...                  overdue_late=Decimal(35))
    >>> [(way.code, way.count, way.grade) for way in ways(behind, "C", today)][:2]
    [('pay_overdue_on_time', 4, 'B'), ('bureau', 97, 'B')]

    Of whom nothing is known, one payment on time tells the first grade; and the
    insolvent need a report that says otherwise:

    >>> ways(ScoreFacts(), None, today)[0]
    Way(code='on_time', count=1, grade='C', score=60)
    >>> ways(replace(facts, insolvent=True), "E", today)
    (Way(code='solvent', count=1, grade='C', score=61),)

    Nothing is better than the best:

    >>> best = ScoreFacts(payments=9, paid=Decimal(9), on_time=Decimal(1))
    >>> [(way.code, way.count, way.grade) for way in ways(best, "A", today)]
    [('late', 2, 'B')]
    """
    card = card or ScoreCard()
    if facts.insolvent:
        found = [_tried("solvent", 1, replace(facts, insolvent=False), today, card)]
        return tuple(way for way in found if way and way.grade != "E")
    trial = _Trial(facts, grade, today, card)
    coming = leads_to(grade, score_customer(facts, today, card).score, card)
    if grade and coming != grade:
        return ()  # on its way already: that is told instead
    return tuple(way for way in (*trial.better(), trial.late()) if way)


def _tried(code, count, facts, today, card, grade=None):
    score = score_customer(facts, today, card).score
    if score is None:
        return None
    return Way(code, count, leads_to(grade, score, card), score)


@dataclass(frozen=True)
class _Trial:
    """One customer on whom things that could happen are tried."""

    facts: ScoreFacts
    grade: str | None
    today: date
    card: ScoreCard

    def better(self):
        """Ways up, the least effort first."""
        if self.grade == "A":
            return
        if self.facts.overdue > ZERO:
            paid = paid_overdue(self.facts)
            alone = self._up("pay_overdue", 1, paid)
            yield alone or self._first("pay_overdue_on_time", paid)
        else:
            yield self._first("on_time", self.facts)
        yield self._bureau()

    def _first(self, code, facts):
        """The smallest number of invoices on time that moves the grade."""
        tried = (
            self._up(code, count, with_payments(facts, count, 0, self.today))
            for count in range(1, MOST + 1)
        )
        return next(filter(None, tried), None)

    def _bureau(self):
        """The lowest score of a bureau that moves the grade."""
        if self.grade is None:
            return None
        lowest = 0 if self.facts.bureau is None else self.facts.bureau + 1
        tried = (
            self._up("bureau", score, replace(self.facts, bureau=score))
            for score in range(lowest, 101)
        )
        return next(filter(None, tried), None)

    def late(self):
        """The smallest number of late invoices that costs the grade."""
        if self.grade in (None, "E"):
            return None
        for count in range(1, MOST // 2 + 1):
            facts = with_payments(self.facts, count, LATE_DAYS, self.today)
            way = _tried("late", count, facts, self.today, self.card, self.grade)
            if worse(way.grade, self.grade):
                return way
        return None

    def _up(self, code, count, facts):
        way = _tried(code, count, facts, self.today, self.card, self.grade)
        return way if way and (not self.grade or worse(self.grade, way.grade)) else None


def with_payments(facts, count, days_late, today):
    """The facts after some more payments of his usual size.

    >>> before = ScoreFacts(payments=1, paid=Decimal(100), days_late=Decimal(30))
    >>> after = with_payments(before, 2, 0, date(2026, 3, 1))
    >>> after.payments, after.paid, after.days_late, round(after.on_time, 2)
    (3, Decimal('300'), Decimal('10'), Decimal('0.67'))
    """
    usual = facts.paid / facts.payments if facts.payments else UNKNOWN
    return _with_money(facts, count, (usual or UNKNOWN) * count, days_late, today)


def paid_overdue(facts):
    """The facts after he paid what is overdue, as late as it is.

    >>> behind = ScoreFacts(overdue=Decimal(50), overdue_days=9, overdue_late=8)
    >>> after = paid_overdue(behind)
    >>> after.overdue, after.overdue_days, after.payments, after.days_late
    (Decimal('0'), 0, 1, Decimal('8'))
    """
    after = _with_money(facts, 1, facts.overdue, facts.overdue_late, facts.since)
    return replace(after, overdue=ZERO, overdue_days=0, overdue_late=ZERO)


def _with_money(facts, count, amount, days_late, today):
    total = facts.paid + amount
    on_time = amount if days_late <= 0 else ZERO
    recent = facts.recent
    return replace(
        facts,
        payments=facts.payments + count,
        paid=total,
        days_late=(facts.days_late * facts.paid + days_late * amount) / total,
        on_time=(facts.on_time * facts.paid + on_time) / total,
        recent=HalfYear(
            recent.payments + count,
            recent.paid + amount,
            (recent.days_late * recent.paid + days_late * amount)
            / (recent.paid + amount),
        ),
        since=facts.since or today,
    )
