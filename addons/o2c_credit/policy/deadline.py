"""By when a person must have decided."""

from datetime import timedelta


def working_days_after(day, days):
    """The date that lies ``days`` working days after ``day``.

    >>> from datetime import date
    >>> working_days_after(date(2026, 3, 6), 1)  # Friday
    datetime.date(2026, 3, 9)
    >>> working_days_after(date(2026, 3, 5), 1)
    datetime.date(2026, 3, 6)
    >>> working_days_after(date(2026, 3, 7), 0)  # never on a Saturday
    datetime.date(2026, 3, 9)
    """
    while day.weekday() > 4:
        day += timedelta(days=1)
    for _step in range(days):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def decide_by(today, days, ships_on=None):
    """Deadline of a hold: some working days, but before the goods should leave.

    >>> from datetime import date
    >>> decide_by(date(2026, 3, 2), 2)
    datetime.date(2026, 3, 4)
    >>> decide_by(date(2026, 3, 2), 2, ships_on=date(2026, 3, 3))
    datetime.date(2026, 3, 3)
    >>> decide_by(date(2026, 3, 2), 2, ships_on=date(2026, 2, 1))
    datetime.date(2026, 3, 2)
    """
    deadline = working_days_after(today, days)
    if ships_on and ships_on < deadline:
        return max(ships_on, today)
    return deadline
