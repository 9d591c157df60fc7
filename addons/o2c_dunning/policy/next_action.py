"""When a case comes back: nothing a collector does ends without a next day.

The next day is the earliest of what is waited for, or so many days on as the company
says for that result. A day in the weekend becomes the Monday after it: nobody is at his
desk.
"""

from datetime import date, timedelta

from .working_days import next_working_day


def next_day(today: date, days: int, waits=(), days_off=frozenset()) -> date:
    """When to look again: the earliest day on which what is waited for has passed.

    :param days: days on when nothing is waited for
    :param waits: last days of promises, pauses and deadlines that run
    :param days_off: holidays of the company

    >>> monday = date(2026, 3, 2)
    >>> next_day(monday, 1)
    datetime.date(2026, 3, 3)

    A promise until Friday: look on the working day after it. The earliest one counts,
    and one that lies behind us does not.

    >>> next_day(monday, 1, [date(2026, 3, 6), date(2026, 3, 20)])
    datetime.date(2026, 3, 9)
    >>> next_day(monday, 1, [date(2026, 3, 1)])
    datetime.date(2026, 3, 3)

    A weekend and a holiday are stepped over: Good Friday to Tuesday after Easter.

    >>> next_day(date(2026, 4, 2), 1, days_off={date(2026, 4, 3), date(2026, 4, 6)})
    datetime.date(2026, 4, 7)

    Today itself is no next day: at the earliest tomorrow.

    >>> next_day(monday, 0)
    datetime.date(2026, 3, 3)
    """
    ahead = [wait for wait in waits if wait and wait >= today]
    day = min(ahead) + timedelta(days=1) if ahead else today + timedelta(days=days)
    return next_working_day(max(day, today + timedelta(days=1)), days_off)
