"""Which periods does a contract line have, and when is each of them invoiced?

Every boundary is counted from the same anchor, never from the period before. So a short
month shortens its own period and no other: from 31 January the periods begin on 28
February, 31 March, 30 April.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A full period of the grid, both days included."""

    first: date
    last: date

    @property
    def days(self):
        """How many days it has: the denominator of every proration."""
        return (self.last - self.first).days + 1


def add_months(day, months):
    """The same day some months later or earlier, or the last one that month has.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2024, 1, 31), 1)
    (datetime.date(2026, 2, 28), datetime.date(2024, 2, 29))
    >>> add_months(date(2026, 1, 31), 2), add_months(date(2024, 2, 29), 12)
    (datetime.date(2026, 3, 31), datetime.date(2025, 2, 28))
    >>> add_months(date(2026, 3, 31), -1), add_months(date(2026, 1, 1), -1)
    (datetime.date(2026, 2, 28), datetime.date(2025, 12, 1))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anchor(start, months, calendar):
    """The day from which the periods are counted.

    Calendar periods begin where the calendar has them: a quarter on 1 January, April,
    July or October. A length that does not divide the year begins in the month of the
    start.

    >>> anchor(date(2026, 5, 20), 3, True), anchor(date(2026, 5, 20), 12, True)
    (datetime.date(2026, 4, 1), datetime.date(2026, 1, 1))
    >>> anchor(date(2026, 5, 20), 5, True), anchor(date(2026, 5, 20), 3, False)
    (datetime.date(2026, 5, 1), datetime.date(2026, 5, 20))
    """
    if not calendar:
        return start
    if months % 12 == 0:
        return date(start.year, 1, 1)
    if 12 % months:
        return date(start.year, start.month, 1)
    return date(start.year, (start.month - 1) // months * months + 1, 1)


def period_of(origin, months, day):
    """The period in which a day lies.

    >>> period_of(date(2026, 1, 31), 1, date(2026, 2, 27)).last
    datetime.date(2026, 2, 27)
    >>> february = period_of(date(2026, 1, 31), 1, date(2026, 2, 28))
    >>> february.first, february.last, february.days
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 30), 31)
    >>> leap = period_of(date(2024, 2, 29), 12, date(2028, 2, 29))
    >>> leap.first, leap.last
    (datetime.date(2028, 2, 29), datetime.date(2029, 2, 27))
    >>> period_of(date(2026, 1, 1), 3, date(2025, 12, 31)).first
    datetime.date(2025, 10, 1)
    """
    index = ((day.year - origin.year) * 12 + day.month - origin.month) // months
    while add_months(origin, months * index) > day:
        index -= 1
    while add_months(origin, months * (index + 1)) <= day:
        index += 1
    return Period(
        add_months(origin, months * index),
        add_months(origin, months * (index + 1)) - DAY,
    )


def periods(origin, months, first, last):
    """The periods that touch a range of days, in order.

    >>> [p.first.isoformat() for p in
    ...  periods(date(2026, 1, 31), 1, date(2026, 2, 1), date(2026, 4, 30))]
    ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']
    >>> list(periods(date(2026, 1, 1), 1, date(2026, 3, 1), date(2026, 2, 1)))
    []
    """
    while first <= last and first.year < 9000:
        period = period_of(origin, months, first)
        yield period
        first = period.last + DAY


def due_on(first, last, advance, lead_days=0):
    """The day on which the part of a period that is owed is invoiced.

    In advance: that many days before its first day; in arrears: the day after its last.

    >>> due_on(date(2026, 3, 1), date(2026, 3, 31), True, 14)
    datetime.date(2026, 2, 15)
    >>> due_on(date(2026, 3, 1), date(2026, 3, 31), False)
    datetime.date(2026, 4, 1)
    """
    return first - timedelta(days=lead_days) if advance else last + DAY


__all__ = ["DAY", "Period", "add_months", "anchor", "due_on", "period_of", "periods"]
