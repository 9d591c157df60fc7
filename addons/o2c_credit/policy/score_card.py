"""The score card: how many points a fact is worth, and where each grade begins.

House rules, not law. The defaults are what collectors go by day to day: how he pays us
counts most, then what a bureau says, then how long we know him. Each company may weigh
otherwise; the card is data, this file says what it means.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
GRADES = ("A", "B", "C", "D", "E")


def whole(value):
    """Points are whole numbers; a half counts away from zero.

    >>> whole(Decimal("2.5")), whole(Decimal("-2.5")), whole(Decimal("2.4"))
    (3, -3, 2)
    """
    return int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True)
class Scale:
    """Points for a fact: a straight line between two facts, flat outside them."""

    best_at: Decimal
    best: Decimal
    worst_at: Decimal
    worst: Decimal

    def points(self, value):
        """Points for a value, before rounding.

        >>> late = Scale(0, 20, 45, -30)
        >>> [whole(late.points(days)) for days in (-5, 0, 30, 45, 46)]
        [20, 20, -13, -30, -30]

        Best may be the higher number too, as for a bureau's score:

        >>> bureau = Scale(100, 20, 0, -20)
        >>> [whole(bureau.points(score)) for score in (100, 50, 20, 0)]
        [20, 0, -12, -20]
        """
        best_at, worst_at = Decimal(self.best_at), Decimal(self.worst_at)
        way = (Decimal(value) - best_at) / (worst_at - best_at)
        way = max(ZERO, min(Decimal(1), way))
        return Decimal(self.best) + way * (Decimal(self.worst) - Decimal(self.best))

    def neutral_at(self):
        """The fact that gives no points, or None when none does.

        >>> SCALES["days_late"].neutral_at()
        Decimal('18.0')

        >>> Scale(100, 20, 0, -20).neutral_at()
        Decimal('50.0')
        >>> Scale(1, -4, 80, -20).neutral_at() is None
        True
        """
        best, worst = Decimal(self.best), Decimal(self.worst)
        if best == worst or best * worst > ZERO:
            return None
        way = best / (best - worst)
        at = Decimal(self.best_at)
        return at + way * (Decimal(self.worst_at) - at)


#: Being late costs points from day 18 on: that is the second reminder of the ladder
#: that ships, and who needs two reminders for every invoice does not earn trust by it.
#: At 45 days (on terms of 30: paid after 75) it can hardly get worse.
#: Days late and overdue in days, on time in percent, trend in days more than before,
#: bureau from 0 to 100, relation in years, the rest in number of times
SCALES = {
    "days_late": Scale(0, 20, 45, -30),
    "on_time": Scale(95, 10, 25, -5),
    "trend": Scale(-20, 6, 20, -6),
    "overdue_now": Scale(1, -4, 80, -20),
    "bureau": Scale(100, 20, 0, -20),
    "relation": Scale(5, 8, 0, 0),
    "disputes_lost": Scale(0, 0, 3, -9),
    "promises_broken": Scale(0, 0, 3, -15),
    "payments_reversed": Scale(0, 0, 2, -16),
}


@dataclass(frozen=True)
class ScoreCard:
    """Points per reason, bounds of the grades and how calm the grade is.

    >>> ScoreCard().grade_of(80), ScoreCard().grade_of(79)
    ('A', 'B')
    >>> ScoreCard().grade_of(35), ScoreCard().grade_of(34)
    ('D', 'E')
    """

    #: where a customer starts of whom we know nothing
    start: int = 55
    #: score from which each grade begins; below the last it is E
    bounds: tuple = (("A", 80), ("B", 65), ("C", 50), ("D", 35))
    #: a grade changes only when the score is this far beyond the bound, twice
    margin: int = 3
    #: payments before the history counts in full; fewer weigh in proportion
    full_history: int = 6
    scales: dict = field(default_factory=lambda: dict(SCALES))

    def grade_of(self, score):
        """Grade that belongs to a score."""
        return next((grade for grade, bound in self.bounds if score >= bound), "E")

    def points(self, reason, value, part=Decimal(1)):
        """Points for a reason; a reason that is not on the card gives none.

        >>> ScoreCard().points("days_late", 0), ScoreCard(scales={}).points("trend", 9)
        (20, 0)
        >>> ScoreCard().points("days_late", 1, part=Decimal("0.5"))
        9
        """
        scale = self.scales.get(reason)
        return whole(scale.points(value) * part) if scale else 0


def worse(grade, than):
    """Whether a grade is worse than another.

    >>> worse("C", "B"), worse("B", "B"), worse("A", "B")
    (True, False, False)
    """
    return GRADES.index(grade) > GRADES.index(than)
