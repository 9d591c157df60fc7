"""When is a customer invoiced, under which date, and what may still wait?

A period closes at the end of a day; the run after that night invoices it and dates the
invoice on the closing day. So nothing that was delivered on the last Friday afternoon
misses the weekly invoice of that Friday.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

AT_ONCE, DAILY, WEEKLY, MONTHLY = "at_once", "daily", "weekly", "monthly"

#: A missed night still dates the invoice on the closing day; after a week it does not.
CATCH_UP = timedelta(days=7)
#: Last day of the month after the supply on which an invoice may be issued:
#: art. 34g Wet OB 1968, https://wetten.overheid.nl/BWBR0002629 (art. 222 Directive
#: 2006/112/EC sets the same day for supplies within the EU).
INVOICE_DAY = 15


@dataclass(frozen=True)
class Rhythm:
    """How often. ``weekday`` 0 is Monday; ``monthday`` 31 is the end of the month."""

    kind: str = AT_ONCE
    weekday: int = 4
    monthday: int = 31
    minimum: float = 0
    #: days that a small amount may wait
    latest_days: int = 30


def closing(rhythm, day):
    """The day on which the period of ``day`` closes; None: it is invoiced at once.

    >>> friday = Rhythm(WEEKLY, weekday=4)
    >>> closing(friday, date(2026, 3, 5)), closing(friday, date(2026, 3, 6))
    (datetime.date(2026, 3, 6), datetime.date(2026, 3, 6))
    >>> closing(friday, date(2026, 3, 7))
    datetime.date(2026, 3, 13)

    The end of a month, of February in a leap year, and the 30th where there is none:

    >>> closing(Rhythm(MONTHLY), date(2026, 11, 30))
    datetime.date(2026, 11, 30)
    >>> closing(Rhythm(MONTHLY), date(2028, 2, 29))
    datetime.date(2028, 2, 29)
    >>> closing(Rhythm(MONTHLY, monthday=30), date(2026, 2, 3))
    datetime.date(2026, 2, 28)

    The 15th, for what came on the 16th of December:

    >>> closing(Rhythm(MONTHLY, monthday=15), date(2026, 12, 16))
    datetime.date(2027, 1, 15)
    >>> closing(Rhythm(DAILY), date(2026, 3, 5)), closing(Rhythm(), date(2026, 3, 5))
    (datetime.date(2026, 3, 5), None)
    """
    if rhythm.kind == DAILY:
        return day
    if rhythm.kind == WEEKLY:
        return day + timedelta(days=(rhythm.weekday - day.weekday()) % 7)
    if rhythm.kind == MONTHLY:
        this = _in_month(day.year, day.month, rhythm.monthday)
        if day <= this:
            return this
        year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
        return _in_month(year, month, rhythm.monthday)
    return None


def _in_month(year, month, monthday):
    return date(year, month, min(monthday, calendar.monthrange(year, month)[1]))


def due(planned, today):
    """May what closes on ``planned`` be invoiced today?

    >>> due(None, date(2026, 3, 6)), due(date(2026, 3, 6), date(2026, 3, 6))
    (True, False)
    >>> due(date(2026, 3, 6), date(2026, 3, 7))
    True
    """
    return planned is None or planned < today


def invoice_date(planned, today, locked=None):
    """The date on the invoice.

    >>> invoice_date(date(2026, 11, 30), date(2026, 12, 1))
    datetime.date(2026, 11, 30)

    The month was locked meanwhile, or the night was missed for more than a week:

    >>> invoice_date(date(2026, 11, 30), date(2026, 12, 1), locked=date(2026, 11, 30))
    datetime.date(2026, 12, 1)
    >>> invoice_date(date(2026, 11, 30), date(2026, 12, 8))
    datetime.date(2026, 12, 8)
    >>> invoice_date(date(2026, 11, 30), date(2026, 12, 7))
    datetime.date(2026, 11, 30)

    >>> invoice_date(None, date(2026, 12, 8))
    datetime.date(2026, 12, 8)
    """
    if planned is None or planned >= today or today - planned > CATCH_UP:
        return today
    return today if locked and planned <= locked else planned


def invoice_by(delivered):
    """The last day on which the law lets a supply of this day be invoiced.

    >>> invoice_by(date(2026, 11, 30)), invoice_by(date(2026, 12, 1))
    (datetime.date(2026, 12, 15), datetime.date(2027, 1, 15))
    """
    following = delivered.replace(day=28) + timedelta(days=4)
    return following.replace(day=INVOICE_DAY)


def latest(rhythm, oldest):
    """The last day on which a small amount may go on waiting.

    >>> latest(Rhythm(minimum=50, latest_days=30), date(2026, 11, 3))
    datetime.date(2026, 12, 3)
    >>> latest(Rhythm(minimum=50, latest_days=90), date(2026, 11, 3))
    datetime.date(2026, 12, 15)
    """
    return min(oldest + timedelta(days=rhythm.latest_days), invoice_by(oldest))


def enough(rhythm, total, oldest, today):
    """Is this amount invoiced, or does it wait for more?

    >>> small = Rhythm(WEEKLY, minimum=50)
    >>> enough(small, 49.99, date(2026, 3, 2), date(2026, 3, 7))
    False
    >>> enough(small, 50, date(2026, 3, 2), date(2026, 3, 7))
    True
    >>> enough(small, 10, date(2026, 3, 2), date(2026, 4, 1))
    True

    What the customer gets back never waits:

    >>> enough(small, -10, date(2026, 3, 2), date(2026, 3, 7))
    True
    """
    if total < 0 or total >= rhythm.minimum:
        return True
    return today >= latest(rhythm, oldest)
