"""When a 14-day letter (art. 6:96(6) BW) is assumed to be received, and what follows.

HR 25-11-2016, ECLI:NL:HR:2016:2704: fourteen days, counted from the day after the
letter was *delivered*. In default cases a judge may assume delivery by post on the
second day after sending, where a Sunday, a Monday and an official holiday count
neither as a day in between nor as the day of delivery. The number of postal days is
data: it grows when the law lets the post take longer.
"""

from dataclasses import dataclass
from datetime import date, timedelta

TERM = 14


@dataclass(frozen=True, slots=True)
class ReceiptClock:
    """Assumed delivery, last day to pay without cost, first day cost is owed."""

    delivered: date
    last_free_day: date
    cost_from: date


def delivery_by_post(posted: date, holidays=(), postal_days: int = 2) -> date:
    """Day a letter posted on ``posted`` is assumed to have been delivered.

    Posted on Tuesday 3 March 2026: Thursday. Posted on Friday: Saturday counts,
    Sunday and Monday do not, so Tuesday.

    >>> delivery_by_post(date(2026, 3, 3)), delivery_by_post(date(2026, 3, 6))
    (datetime.date(2026, 3, 5), datetime.date(2026, 3, 10))

    Posted on Thursday 24 December 2026, Christmas Day is Friday and Boxing Day
    Saturday: Tuesday is the first day, Wednesday the second.

    >>> christmas = {date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)}
    >>> delivery_by_post(date(2026, 12, 24), christmas)
    datetime.date(2026, 12, 30)
    """
    day, counted = posted, 0
    while counted < postal_days:
        day += timedelta(days=1)
        if day.weekday() not in (6, 0) and day not in holidays:
            counted += 1
    return day


def clock_from_delivery(delivered: date) -> ReceiptClock:
    """The fourteen days start the day after delivery.

    >>> clock_from_delivery(date(2026, 3, 5)).last_free_day
    datetime.date(2026, 3, 19)
    >>> clock_from_delivery(date(2026, 3, 5)).cost_from
    datetime.date(2026, 3, 20)
    """
    last = delivered + timedelta(days=TERM)
    return ReceiptClock(delivered, last, last + timedelta(days=1))


def clock_by_post(posted: date, holidays=(), postal_days: int = 2) -> ReceiptClock:
    """The clock of a posted letter: 17 days at best, never the often used 16.

    >>> (clock_by_post(date(2026, 3, 3)).cost_from - date(2026, 3, 3)).days
    17
    >>> (clock_by_post(date(2026, 3, 6)).cost_from - date(2026, 3, 6)).days
    19
    """
    return clock_from_delivery(delivery_by_post(posted, holidays, postal_days))
