"""Did everything that the source made arrive here?

A source tells the total of its day, or numbers its events. What arrived is what was
taken and what waits as refused: both are known.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

NONE, TOTAL, SERIES = "none", "total", "series"
COMPLETE, REFUSED, MISSING, TOO_MANY, NO_TOTAL = (
    "complete",
    "refused",
    "missing",
    "too_many",
    "no_total",
)
#: Verdicts that a person must look at first.
RED = (MISSING, TOO_MANY)


@dataclass(frozen=True)
class Day:
    """What is known of one day of one source."""

    date: date
    accepted: int = 0
    refused: int = 0
    #: without VAT, of what was accepted
    amount: Decimal = Decimal(0)
    #: what the source told; None: it told nothing
    expected: int | None = None
    expected_amount: Decimal | None = None
    #: ranges of numbers that are missing: ((first, last), ...)
    gaps: tuple = field(default=())


def verdict(day, rule, today):
    """How this day stands.

    >>> monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    >>> verdict(Day(monday, 40, expected=40), TOTAL, tuesday)
    'complete'
    >>> verdict(Day(monday, 38, 1, expected=40), TOTAL, tuesday)
    'missing'
    >>> verdict(Day(monday, 39, 1, expected=40), TOTAL, tuesday)
    'refused'
    >>> verdict(Day(monday, 41, expected=40), TOTAL, tuesday)
    'too_many'

    The count is right and the money is not; one cent is a difference:

    >>> right = Day(monday, 2, 0, Decimal("99.99"), 2, Decimal("100.00"))
    >>> verdict(right, TOTAL, tuesday)
    'missing'

    With refused ones the money cannot be compared yet:

    >>> waits = Day(monday, 1, 1, Decimal("50.00"), 2, Decimal("100.00"))
    >>> verdict(waits, TOTAL, tuesday)
    'refused'

    No total: only a day that is over is late with it.

    >>> [verdict(Day(monday, 3), TOTAL, day) for day in (monday, tuesday)]
    ['complete', 'no_total']
    >>> verdict(Day(monday, 3, gaps=((17, 19),)), SERIES, tuesday)
    'missing'
    """
    if day.gaps:
        return MISSING
    if day.expected is None:
        if rule == TOTAL and day.date < today:
            return NO_TOTAL
        return REFUSED if day.refused else COMPLETE
    arrived = day.accepted + day.refused
    if arrived != day.expected:
        return MISSING if arrived < day.expected else TOO_MANY
    if day.refused:
        return REFUSED
    if day.expected_amount is not None and day.amount != day.expected_amount:
        return MISSING if day.amount < day.expected_amount else TOO_MANY
    return COMPLETE


def gaps(steps):
    """Missing ranges from pairs (number before, number).

    >>> gaps([(10, 11), (11, 14), (14, 16)])
    ((12, 13), (15, 15))
    """
    return tuple(
        (before + 1, number - 1) for before, number in steps if number - before > 1
    )


def missing(ranges):
    """How many numbers the ranges have.

    >>> missing(((12, 13), (15, 15))), missing(())
    (3, 0)
    """
    return sum(last - first + 1 for first, last in ranges)


def words(ranges):
    """Ranges as people write them.

    >>> words(((12, 13), (15, 15)))
    '12-13, 15'
    """
    return ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in ranges
    )
