"""Amounts per week as amounts per calendar month.

A budget is made per month, a forecast per week. A week over two months is divided by
its bank days, Monday to Friday: banks pay on no other. Holidays are not looked at.
"""

from datetime import timedelta
from decimal import Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
SATURDAY = 5


def next_month(day):
    """The first day of the month after.

    >>> from datetime import date
    >>> next_month(date(2026, 11, 28)), next_month(date(2026, 12, 1))
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def per_month(weeks):
    """Divide weeks over the months that they cover to the end.

    :param weeks: list of (first day, amount); a week ends on its Sunday
    :return: list of (first day that counts, last day, amount); the first month begins
        on the first day of all, and a month whose end is not reached is left out

    Of the week of 30 November one bank day in five is of November:

    >>> from datetime import date
    >>> weeks = [(date(2026, 11, 28), Decimal(0)), (date(2026, 11, 30), Decimal(500))]
    >>> weeks += [(date(2026, 12, 7) + timedelta(weeks=n), Decimal(50))
    ...           for n in range(4)]
    >>> for since, until, amount in per_month(weeks):
    ...     print(since, until, amount)
    2026-11-28 2026-11-30 100.00
    2026-12-01 2026-12-31 590.00

    The last week reaches until 3 January; a day less than December is no December:

    >>> [str(amount) for *_days, amount in per_month(weeks[:-1])]
    ['100.00']

    What is left of a week at the weekend has no bank day and is divided by its days:

    >>> per_month([(date(2026, 1, 31), Decimal(10))])[0][2]
    Decimal('5.00')
    >>> per_month([])
    []
    """
    found = {}
    for first, amount in weeks:
        days = _days(first)
        for day in days:
            month = day.replace(day=1)
            found[month] = found.get(month, ZERO) + amount / len(days)
    if not weeks:
        return []
    begin, (last_week, _amount) = weeks[0][0], weeks[-1]
    end = last_week + timedelta(days=6 - last_week.weekday())
    months = []
    month = begin.replace(day=1)
    while next_month(month) - timedelta(days=1) <= end:
        amount = found.get(month, ZERO).quantize(CENT)
        last = next_month(month) - timedelta(days=1)
        months.append((max(begin, month), last, amount))
        month = next_month(month)
    return months


def _days(first):
    """The bank days until the Sunday of the week; all days when there are none."""
    days = [first + timedelta(days=n) for n in range(7 - first.weekday())]
    return [day for day in days if day.weekday() < SATURDAY] or days
