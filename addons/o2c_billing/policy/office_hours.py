"""How long has something waited while people were at work?

Monday to Friday, between the opening and closing hour of the company, without the
Dutch public holidays. A draft of Friday afternoon is not three days late on Monday
morning.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

HOUR = 3600


def easter(year):
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991).

    >>> easter(2026), easter(2038)
    (datetime.date(2026, 4, 5), datetime.date(2038, 4, 25))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday) // 433
    month = (h + weekday - 7 * m + 90) // 25
    return date(year, month, (h + weekday - 7 * m + 33 * month + 19) % 32)


def holidays(year):
    """Public holidays in the Netherlands (Algemene termijnenwet, art. 3).

    The fifth of May is a day off once in five years, as in most collective agreements.
    King's Day moves to Saturday when it is a Sunday:

    >>> date(2026, 4, 27) in holidays(2026), date(2025, 4, 26) in holidays(2025)
    (True, True)
    >>> date(2026, 5, 25) in holidays(2026)  # Whit Monday
    True

    Good Friday is no day off in most offices, but the law names it:

    >>> date(2026, 4, 3) in holidays(2026)
    True
    """
    spring = easter(year)
    king = date(year, 4, 27)
    if king.weekday() == 6:
        king -= timedelta(days=1)
    days = {date(year, 1, 1), king, date(year, 12, 25), date(year, 12, 26)}
    days |= {spring + timedelta(days=n) for n in (-2, 0, 1, 39, 49, 50)}
    return days | ({date(year, 5, 5)} if year % 5 == 0 else set())


def waited(since, until, opens=Decimal(9), closes=Decimal(17)):
    """Working hours between two moments, both in the time of the company.

    >>> friday = datetime(2026, 3, 6, 16)
    >>> waited(friday, datetime(2026, 3, 9, 10))
    Decimal('2.00')

    A minute before the eighth hour is not the eighth hour:

    >>> waited(datetime(2026, 3, 9, 9), datetime(2026, 3, 9, 16, 59))
    Decimal('7.98')
    >>> waited(datetime(2026, 3, 9, 3), datetime(2026, 3, 9, 23))
    Decimal('8.00')
    >>> waited(datetime(2026, 4, 27, 9), datetime(2026, 4, 27, 17))  # King's Day
    Decimal('0.00')
    >>> waited(friday, friday)
    Decimal('0.00')
    """
    if until <= since:
        return Decimal("0.00")
    free = holidays(since.year) | holidays(until.year)
    whole = (closes - opens) * HOUR
    seconds, day = Decimal(0), since.date()
    if (until.date() - day).days > 400:
        day = until.date() - timedelta(days=400)
    while day <= until.date():
        if day.weekday() < 5 and day not in free:
            start = _moment(day, opens)
            begin, end = max(since, start), until
            worked = Decimal((end - begin).total_seconds())
            late = Decimal((begin - start).total_seconds())
            seconds += max(min(worked, whole - late), Decimal(0))
        day += timedelta(days=1)
    return (seconds / HOUR).quantize(Decimal("0.01"))


def _moment(day, hour):
    return datetime.combine(day, time()) + timedelta(seconds=float(hour * HOUR))
