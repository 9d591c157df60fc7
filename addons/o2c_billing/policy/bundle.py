"""When does the mail leave that bundles the invoices of a day or a week?

Times are local; the caller knows the time zone. An invoice that is ready exactly at the
hour still goes along.
"""

from datetime import datetime, time, timedelta

AT_ONCE, DAILY, WEEKLY = "at_once", "daily", "weekly"


def clock(hour):
    """A time of day from hours with decimals.

    >>> clock(16.5), clock(24)
    (datetime.time(16, 30), datetime.time(23, 59))
    """
    minutes = min(max(round(hour * 60), 0), 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def leaves_at(now, rhythm, hour, weekday=0):
    """Local moment at which what is ready now leaves.

    :param int weekday: 0 is Monday; only for weekly

    >>> tuesday = datetime(2026, 3, 3, 16, 30)
    >>> leaves_at(tuesday, "daily", 16.5)
    datetime.datetime(2026, 3, 3, 16, 30)
    >>> leaves_at(tuesday + timedelta(minutes=1), "daily", 16.5)
    datetime.datetime(2026, 3, 4, 16, 30)
    >>> leaves_at(tuesday, "weekly", 16.5, 1), leaves_at(tuesday, "weekly", 9, 1).day
    (datetime.datetime(2026, 3, 3, 16, 30), 10)
    >>> leaves_at(tuesday, "at_once", 16.5) == tuesday
    True
    """
    if rhythm == AT_ONCE:
        return now
    day = now.date()
    if rhythm == WEEKLY:
        day += timedelta(days=(weekday - day.weekday()) % 7)
    moment = datetime.combine(day, clock(hour))
    if moment < now:
        moment += timedelta(days=7 if rhythm == WEEKLY else 1)
    return moment
