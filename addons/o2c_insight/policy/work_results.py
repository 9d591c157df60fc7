"""What holds, plans and reminders came to: which of them a month counts, and shares.

A share without anything to compare with is None, never 0.
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from .receivable_days import TENTH, share

#: Days within which money counts for the reminder before it.
RESULT_DAYS = 14
HUNDRED = Decimal(100)


def ripe(first, last, days=RESULT_DAYS):
    """Days of sending of the reminders whose time was over in a period.

    A month is kept when it has ended. A reminder of its last week has had no time yet;
    it is counted in the month in which its time is over, so each counts once and none
    too early.

    :param date first: first day of the period
    :param date last: last day of the period
    :return: first and last day of sending

    >>> from datetime import date
    >>> [str(day) for day in ripe(date(2026, 3, 1), date(2026, 3, 31))]
    ['2026-02-15', '2026-03-17']

    The next month goes on the day after, with no day twice and none left out:

    >>> str(ripe(date(2026, 4, 1), date(2026, 4, 30))[0])
    '2026-03-18'
    """
    return first - timedelta(days=days), last - timedelta(days=days)


def kept(number, broken):
    """Share of promises or plans that were kept, of those that are settled.

    >>> kept(3, 1)
    Decimal('75.0')
    >>> kept(0, 2)
    Decimal('0.0')
    >>> kept(0, 0)
    """
    return share(Decimal(number), Decimal(number + broken))


@dataclass(frozen=True)
class Outcome:
    """How the holds of a period ended, in % of those that ended."""

    released: Decimal | None
    paid: Decimal | None
    declined: Decimal | None
    other: Decimal | None


def outcome(ended, released, paid, declined):
    """Shares of holds that a person released, that money of the customer solved, and
    whose order was cancelled; the rest was solved in another way (limit, cover).

    The four make 100 %: what rounding leaves is in the last.

    >>> outcome(8, 4, 2, 1)
    Outcome(released=Decimal('50.0'), paid=Decimal('25.0'), declined=Decimal('12.5'),
    other=Decimal('12.5'))
    >>> thirds = outcome(3, 1, 1, 1)
    >>> (thirds.released, thirds.other)
    (Decimal('33.3'), Decimal('0.1'))
    >>> outcome(0, 0, 0, 0).released is None
    True
    """
    whole = Decimal(ended)
    parts = [share(Decimal(part), whole) for part in (released, paid, declined)]
    other = HUNDRED - sum(parts) if ended else None
    return Outcome(*parts, other)


def hours(seconds, number):
    """Mean time of some holds, in hours.

    :param seconds: sum of their seconds, or None
    :param int number: of holds

    Two holds, one of 90 minutes and one of a day:

    >>> hours(5400 + 86400, 2)
    Decimal('12.8')
    >>> hours(0, 1)
    Decimal('0.0')
    >>> hours(None, 0)
    """
    if not number:
        return None
    return (Decimal(str(seconds)) / number / 3600).quantize(TENTH)
