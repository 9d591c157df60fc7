"""Amounts that change over time, as averages and per week."""

from datetime import timedelta
from decimal import Decimal

ZERO = Decimal(0)


def average(changes, start, end):
    """The average over the days of a period of what adds up over time.

    1,000 owed for the first half of ten days:

    >>> from datetime import date
    >>> ten = date(2026, 3, 1), date(2026, 3, 10)
    >>> average({ten[0]: Decimal(1000), date(2026, 3, 6): Decimal(-1000)}, *ten)
    Decimal('500')
    >>> average({date(2025, 1, 1): Decimal(7)}, *ten), average({}, *ten)
    (Decimal('7'), Decimal('0'))
    """
    days = (end - start).days + 1
    total = sum(
        (
            amount * ((end - max(day, start)).days + 1)
            for day, amount in changes.items()
            if day <= end
        ),
        ZERO,
    )
    return total / days


def weekly(changes, start, end, add_up=True):
    """What stands at the end of each week, or what came in it.

    >>> from datetime import date
    >>> march = date(2026, 3, 2), date(2026, 3, 15)
    >>> changes = {date(2026, 2, 1): Decimal(5), date(2026, 3, 8): Decimal(3)}
    >>> weekly(changes, *march)[0]
    (datetime.date(2026, 3, 2), Decimal('8'))
    >>> [owed for _week, owed in weekly(changes, *march)]
    [Decimal('8'), Decimal('8')]
    >>> [came for _week, came in weekly(changes, *march, add_up=False)]
    [Decimal('3'), Decimal('0')]
    """
    monday = start - timedelta(days=start.weekday())
    weeks = []
    while monday <= end:
        weeks.append(monday)
        monday += timedelta(days=7)
    found = {week: ZERO for week in weeks}
    before = ZERO
    for day, amount in changes.items():
        week = day - timedelta(days=day.weekday())
        if week in found and day <= end:
            found[week] += amount
        elif week < weeks[0]:
            before += amount
    if not add_up:
        return list(found.items())
    told = []
    for week in weeks:
        before += found[week]
        told.append((week, before))
    return told
