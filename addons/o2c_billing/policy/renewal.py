"""Renewing an agreement: the next period, and when somebody must be reminded.

>>> next_period(date(2026, 1, 1), date(2026, 12, 31))
(datetime.date(2027, 1, 1), datetime.date(2027, 12, 31))
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal


def _months_on(day, months):
    """The same day so many months later, or the last one of that month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    first_after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_after - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def next_period(begin, end):
    """First and last day of the period after this one, of the same length.

    Whole months stay whole months, whatever the length of February:

    >>> [str(one) for one in next_period(date(2027, 3, 1), date(2028, 2, 29))]
    ['2028-03-01', '2029-02-28']
    >>> [str(one) for one in next_period(date(2026, 2, 15), date(2026, 5, 14))]
    ['2026-05-15', '2026-08-14']
    >>> [str(one) for one in next_period(date(2026, 1, 1), date(2026, 1, 10))]
    ['2026-01-11', '2026-01-20']

    Without an end there is no next period:

    >>> next_period(date(2026, 1, 1), None)
    (None, None)
    """
    if end is None:
        return None, None
    start = end + timedelta(days=1)
    months = (start.year - begin.year) * 12 + start.month - begin.month
    if months > 0 and _months_on(begin, months) == start:
        return start, _months_on(start, months) - timedelta(days=1)
    return start, start + (end - begin)


def ends_soon(today, end, days):
    """Is it time to think about what comes after?

    The last day itself still counts, the day after does not:

    >>> day = date(2026, 12, 31)
    >>> [ends_soon(date(2026, *one), day, 60) for one in ((10, 31), (11, 1), (12, 31))]
    [False, True, True]
    >>> ends_soon(date(2027, 1, 1), day, 60), ends_soon(day, None, 60)
    (False, False)
    """
    return end is not None and today <= end <= today + timedelta(days=days)


def changed(price, percentage, decimals):
    """A price after a change in percent, half up.

    >>> changed(Decimal("8.75"), Decimal("3"), 2), changed(Decimal(8), Decimal(0), 2)
    (Decimal('9.01'), Decimal('8'))
    """
    if not percentage:
        return price
    unit = Decimal(1).scaleb(-decimals)
    return (price * (1 + percentage / 100)).quantize(unit, rounding=ROUND_HALF_UP)
