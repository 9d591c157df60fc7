"""A period of leave, in the time of its calendar, as the whole days that it covers."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def days_covered(since: datetime, until: datetime, zone: str) -> set[date]:
    """Days of which at least noon is within the period: an afternoon off is no holiday.

    :param since: naive UTC, as Odoo keeps it
    :param zone: time zone of the calendar

    >>> at = datetime
    >>> sorted(
    ...     days_covered(at(2026, 4, 26, 22), at(2026, 4, 27, 21), "Europe/Amsterdam")
    ... )
    [datetime.date(2026, 4, 27)]
    >>> days_covered(at(2026, 4, 27, 11), at(2026, 4, 27, 15), "Europe/Amsterdam")
    set()
    >>> len(days_covered(at(2026, 7, 31, 22), at(2026, 8, 14, 21), "Europe/Amsterdam"))
    14
    """
    zone = ZoneInfo(zone)
    first = since.replace(tzinfo=UTC).astimezone(zone)
    last = until.replace(tzinfo=UTC).astimezone(zone)
    days = (first.date() + timedelta(days=n) for n in range((last - first).days + 2))
    return {
        day for day in days if first <= datetime.combine(day, time(12), zone) <= last
    }
