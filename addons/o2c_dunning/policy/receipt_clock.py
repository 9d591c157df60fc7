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
#: from and including, postal days: what ships and is used when nothing else is known
SECOND_DAY = ((date.min, 2),)


@dataclass(frozen=True, slots=True)
class ReceiptClock:
    """Assumed delivery, last day to pay without cost, first day cost is owed."""

    delivered: date
    last_free_day: date
    cost_from: date


def postal_days(posted: date, terms=SECOND_DAY) -> int:
    """How many postal days a letter of that day is given.

    :param terms: pairs of first day and number of days, in any order

    >>> slower = [(date(2010, 1, 1), 2), (date(2027, 7, 1), 3)]
    >>> postal_days(date(2027, 6, 30), slower), postal_days(date(2027, 7, 1), slower)
    (2, 3)
    """
    known = [pair for pair in terms if pair[0] <= posted]
    return max(known)[1] if known else SECOND_DAY[0][1]


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


def clock_from_delivery(delivered: date, extend=False, holidays=()) -> ReceiptClock:
    """The fourteen days start the day after delivery.

    :param bool extend: a term that ends on a Saturday, a Sunday or a holiday runs to
        the next working day (Algemene termijnenwet, art. 1; generous: whether it
        binds this term is not certain)

    >>> clock_from_delivery(date(2026, 3, 5)).last_free_day
    datetime.date(2026, 3, 19)
    >>> clock_from_delivery(date(2026, 3, 5)).cost_from
    datetime.date(2026, 3, 20)

    Delivered on a Saturday: the fourteenth day is a Saturday too.

    >>> clock_from_delivery(date(2026, 3, 7)).last_free_day
    datetime.date(2026, 3, 21)
    >>> clock_from_delivery(date(2026, 3, 7), extend=True).last_free_day
    datetime.date(2026, 3, 23)
    """
    last = delivered + timedelta(days=TERM)
    while extend and (last.weekday() >= 5 or last in holidays):
        last += timedelta(days=1)
    return ReceiptClock(delivered, last, last + timedelta(days=1))


def clock_by_post(
    posted: date, holidays=(), postal_days: int = 2, extend=False
) -> ReceiptClock:
    """The clock of a posted letter: 17 days at best, never the often used 16.

    >>> (clock_by_post(date(2026, 3, 3)).cost_from - date(2026, 3, 3)).days
    17
    >>> (clock_by_post(date(2026, 3, 6)).cost_from - date(2026, 3, 6)).days
    19
    """
    delivered = delivery_by_post(posted, holidays, postal_days)
    return clock_from_delivery(delivered, extend, holidays)


def receipt_clock(
    channel: str,
    sent: date | None,
    holidays=(),
    terms=SECOND_DAY,
    extend=False,
    seen: date | None = None,
) -> ReceiptClock | None:
    """The clock of a letter by the way it went; None when receipt is not known.

    By post: assumed. By e-mail: the day the other side's server took it. In the
    portal: the day the customer saw it, which is not the day it was put there.

    >>> tuesday = date(2026, 3, 3)
    >>> receipt_clock("letter", tuesday).cost_from
    datetime.date(2026, 3, 20)
    >>> receipt_clock("email", tuesday).cost_from
    datetime.date(2026, 3, 18)
    >>> receipt_clock("portal", tuesday) is None
    True
    >>> receipt_clock("portal", tuesday, seen=date(2026, 3, 9)).delivered
    datetime.date(2026, 3, 9)
    >>> receipt_clock("email", None) is None, receipt_clock("call", tuesday) is None
    (True, True)
    """
    if not sent:
        return None
    if channel == "letter":
        days = postal_days(sent, terms)
        return clock_by_post(sent, holidays, days, extend)
    delivered = {"email": sent, "portal": seen}.get(channel)
    return clock_from_delivery(delivered, extend, holidays) if delivered else None


__test__ = {
    "whatever the weekday, sixteen days after posting is too soon": """
    >>> week = [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]
    >>> [(clock_by_post(day).cost_from - day).days for day in week]
    [17, 17, 17, 17, 19, 19, 18]
    """,
    "by e-mail fifteen days, whatever the weekday": """
    >>> {(receipt_clock("email", date(2026, 3, day)).cost_from
    ...   - date(2026, 3, day)).days for day in range(1, 32)}
    {15}
    """,
    "three postal days move the whole clock": """
    >>> clock_by_post(date(2027, 7, 6), postal_days=3).delivered
    datetime.date(2027, 7, 9)
    >>> terms = ((date(2020, 1, 1), 2), (date(2027, 7, 1), 3))
    >>> receipt_clock("letter", date(2027, 7, 6), terms=terms).delivered
    datetime.date(2027, 7, 9)
    >>> receipt_clock("letter", date(2027, 6, 29), terms=terms).delivered
    datetime.date(2027, 7, 1)
    """,
    "the last free day may be Easter Monday": """
    >>> easter = {date(2026, 4, 6)}
    >>> clock_from_delivery(date(2026, 3, 23), True, easter).last_free_day
    datetime.date(2026, 4, 7)
    """,
}
