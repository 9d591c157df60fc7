"""Working days: Monday to Friday, without the holidays that are handed in.

A set of holidays is all this needs, so that the law's own days, a country's days and a
company's days off are counted by the same code.
"""

from datetime import date, timedelta

#: No run of days off is longer: beyond it a calendar is wrong, and a step must not be
#: put off for ever by somebody who closed the office until further notice.
LONGEST = 366


def is_working_day(day: date, holidays=frozenset()) -> bool:
    """Whether people work on this day.

    >>> is_working_day(date(2026, 4, 24)), is_working_day(date(2026, 4, 25))
    (True, False)
    >>> is_working_day(date(2026, 4, 27), {date(2026, 4, 27)})
    False
    """
    return day.weekday() < 5 and day not in holidays


def next_working_day(day: date, holidays=frozenset()) -> date:
    """The day itself when it is a working day, else the first one after it.

    >>> next_working_day(date(2026, 4, 24), {date(2026, 4, 27)})
    datetime.date(2026, 4, 24)
    >>> next_working_day(date(2026, 4, 25), {date(2026, 4, 27)})
    datetime.date(2026, 4, 28)

    Christmas 2026 is a Friday and a Saturday:

    >>> next_working_day(date(2026, 12, 25), {date(2026, 12, 25), date(2026, 12, 26)})
    datetime.date(2026, 12, 28)

    A calendar in which nobody ever works again puts nothing off for ever:

    >>> closed = {date(2026, 1, 1) + timedelta(days=n) for n in range(1000)}
    >>> next_working_day(date(2026, 1, 3), closed)
    datetime.date(2026, 1, 5)
    """
    for ahead in range(LONGEST):
        later = day + timedelta(days=ahead)
        if is_working_day(later, holidays):
            return later
    return next_working_day(day)


def add_working_days(day: date, count: int, holidays=frozenset()) -> date:
    """The working day that is ``count`` working days after a day, or before it.

    None at all means the day itself, or the first working day after it.

    >>> add_working_days(date(2026, 4, 24), 1, {date(2026, 4, 27)})
    datetime.date(2026, 4, 28)
    >>> add_working_days(date(2026, 4, 25), 0)
    datetime.date(2026, 4, 27)
    >>> add_working_days(date(2026, 4, 28), -1, {date(2026, 4, 27)})
    datetime.date(2026, 4, 24)
    >>> add_working_days(date(2026, 12, 31), 5, {date(2027, 1, 1)})
    datetime.date(2027, 1, 8)
    """
    if not count:
        return next_working_day(day, holidays)
    ahead = 1 if count > 0 else -1
    left, limit = abs(count), LONGEST + abs(count) * 2
    while left and limit:
        day += timedelta(days=ahead)
        limit -= 1
        if is_working_day(day, holidays):
            left -= 1
    return day


def working_days_between(since: date, until: date, holidays=frozenset()) -> int:
    """Working days after the first date, up to and including the second.

    >>> working_days_between(date(2026, 4, 24), date(2026, 4, 28), {date(2026, 4, 27)})
    1
    >>> working_days_between(date(2026, 4, 24), date(2026, 4, 24))
    0
    """
    days = max(0, (until - since).days)
    return sum(
        is_working_day(since + timedelta(days=n), holidays) for n in range(1, days + 1)
    )
