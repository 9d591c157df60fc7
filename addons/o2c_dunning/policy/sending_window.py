"""When a reminder may leave: on the recipient's working days, in his office hours.

A reminder on Sunday night reads as a threat, and on a holiday it is not read at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .working_days import is_working_day


@dataclass(frozen=True, slots=True)
class Window:
    """Office hours; ``opens`` is included, ``closes`` is not. In hours, 8.5 is 8:30."""

    opens: float = 8.0
    closes: float = 18.0
    working_days: bool = True


def is_open(moment: datetime, window: Window, holidays=frozenset()) -> bool:
    """Whether a reminder may leave at this moment where the recipient is.

    :param datetime moment: the recipient's own clock
    :param holidays: days on which nobody works there

    >>> friday = datetime(2026, 3, 6, 8, 0)
    >>> is_open(friday, Window()), is_open(friday - timedelta(minutes=1), Window())
    (True, False)
    >>> is_open(datetime(2026, 3, 6, 17, 59), Window())
    True
    >>> is_open(datetime(2026, 3, 6, 18, 0), Window())
    False
    >>> is_open(datetime(2026, 3, 7, 12, 0), Window())
    False
    >>> is_open(datetime(2026, 3, 7, 12, 0), Window(working_days=False))
    True
    >>> is_open(friday, Window(), {friday.date()})
    False

    A window that is never open would silently keep everything: it is always open.

    >>> is_open(datetime(2026, 3, 6, 3, 0), Window(18, 8))
    True
    """
    if window.working_days and not is_working_day(moment.date(), holidays):
        return False
    if window.closes <= window.opens:
        return True
    hour = moment.hour + moment.minute / 60
    return window.opens <= hour < window.closes


def opens_on(moment: datetime, window: Window, holidays=frozenset()) -> datetime:
    """The first moment from now on at which a reminder may leave.

    >>> opens_on(datetime(2026, 3, 6, 19, 30), Window())
    datetime.datetime(2026, 3, 9, 8, 0)
    >>> opens_on(datetime(2026, 3, 6, 7, 0), Window(8.5))
    datetime.datetime(2026, 3, 6, 8, 30)
    >>> opens_on(datetime(2026, 3, 6, 9, 15), Window())
    datetime.datetime(2026, 3, 6, 9, 15)
    """
    if is_open(moment, window, holidays):
        return moment
    start = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    start += timedelta(hours=window.opens)
    for days in range(400):
        later = start + timedelta(days=days)
        if later > moment and is_open(later, window, holidays):
            return later
    return moment
