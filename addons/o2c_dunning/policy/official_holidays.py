"""Official holidays of a country in a year.

The Netherlands by art. 3 of the Algemene termijnenwet: its first paragraph names them,
the fifth of May of every year among them, and its second puts Good Friday beside them.
Offices may be open on both; a term that ends there is extended all the same, and a
letter that is assumed to arrive a day later harms nobody.

Other countries by the days that their law observes everywhere in the country; regional
days belong in the company's calendar. Saturdays and Sundays are no concern here.
"""

from datetime import date, timedelta

#: Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Monday, Ascension, Whit
#: Monday, Corpus Christi.
MAUNDY, FRIDAY, MONDAY, ASCENSION, WHIT, CORPUS = -3, -2, 1, 39, 50, 60

#: Per country: days that move with Easter, and fixed ones as (month, day).
RULES = {
    "AT": (
        (MONDAY, ASCENSION, WHIT, CORPUS),
        (
            *((1, 1), (1, 6), (5, 1), (8, 15), (10, 26)),
            *((11, 1), (12, 8), (12, 25), (12, 26)),
        ),
    ),
    "BE": (
        (MONDAY, ASCENSION, WHIT),
        ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25)),
    ),
    "DE": (
        (FRIDAY, MONDAY, ASCENSION, WHIT),
        ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26)),
    ),
    "DK": (
        (MAUNDY, FRIDAY, MONDAY, ASCENSION, WHIT),
        ((1, 1), (12, 25), (12, 26)),
    ),
    "ES": (
        (FRIDAY,),
        (
            *((1, 1), (1, 6), (5, 1), (8, 15), (10, 12)),
            *((11, 1), (12, 6), (12, 8), (12, 25)),
        ),
    ),
    "FR": (
        (MONDAY, ASCENSION, WHIT),
        ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)),
    ),
    "IT": (
        (MONDAY,),
        (
            *((1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15)),
            *((11, 1), (12, 8), (12, 25), (12, 26)),
        ),
    ),
    "LU": (
        (MONDAY, ASCENSION, WHIT),
        (
            *((1, 1), (5, 1), (5, 9), (6, 23), (8, 15)),
            *((11, 1), (12, 25), (12, 26)),
        ),
    ),
    "NL": (
        (FRIDAY, MONDAY, ASCENSION, WHIT),
        ((1, 1), (5, 5), (12, 25), (12, 26)),
    ),
}  # fmt: skip
#: For a country that is not listed: the days on which nobody should be reminded.
ELSEWHERE = ((MONDAY,), ((1, 1), (12, 25), (12, 26)))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991).

    >>> easter(2026), easter(1818), easter(2038)
    (datetime.date(2026, 4, 5), datetime.date(1818, 3, 22), datetime.date(2038, 4, 25))
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    moon = (19 * golden + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 19 * weekday) // 433
    month = (moon + weekday - 7 * late + 90) // 25
    return date(year, month, (moon + weekday - 7 * late + 33 * month + 19) % 32)


def official_holidays(year: int, country: str = "NL") -> frozenset:
    """The official holidays of a year.

    :param country: ISO code; one without rules of its own gets New Year's Day, Easter
        Monday and Christmas

    >>> sorted(day.isoformat()[5:] for day in official_holidays(2026))
    ... # doctest: +NORMALIZE_WHITESPACE
    ['01-01', '04-03', '04-06', '04-27', '05-05', '05-14', '05-25', '12-25', '12-26']

    King's Day is the 27th of April, and the 26th when that is a Sunday (2025):

    >>> date(2025, 4, 26) in official_holidays(2025)
    True
    >>> date(2025, 4, 27) in official_holidays(2025)
    False

    The earliest and the latest Easter there can be:

    >>> date(1818, 3, 23) in official_holidays(1818, "FR")
    True
    >>> date(2038, 4, 26) in official_holidays(2038, "BE")
    True
    >>> len(official_holidays(2026, "JP"))
    4
    """
    moving, fixed = RULES.get(country or "NL", ELSEWHERE)
    sunday = easter(year)
    days = {sunday + timedelta(days=offset) for offset in moving}
    days |= {date(year, month, day) for month, day in fixed}
    if country == "NL":
        days.add(kings_day(year))
    return frozenset(days)


def kings_day(year: int) -> date:
    """The day on which the King's birthday is celebrated (Queen's Day until 2013).

    >>> kings_day(2026), kings_day(2031), kings_day(2013)
    (datetime.date(2026, 4, 27), datetime.date(2031, 4, 26), datetime.date(2013, 4, 30))
    """
    day = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    if day.weekday() == 6:
        day += timedelta(days=-1 if year >= 1980 else 1)
    return day


def holidays_between(since: date, until: date, country: str = "NL") -> frozenset:
    """The official holidays in a period, both days included.

    >>> len(holidays_between(date(2026, 12, 25), date(2027, 1, 1)))
    3
    >>> len(holidays_between(date(2026, 12, 26), date(2026, 12, 31)))
    1
    >>> holidays_between(date(2026, 1, 2), date(2026, 4, 2))
    frozenset()
    """
    return frozenset(
        day
        for year in range(since.year, until.year + 1)
        for day in official_holidays(year, country)
        if since <= day <= until
    )
