"""Statutory interest: art. 6:119 BW (consumers) and 6:119a / 6:119b BW (trade).

Rates are dated records, handed in. Interest runs from the first day of default up
to and including the last day asked for; each year after the start of default the
interest of that year is added to the base (art. 6:119(2)); every sub-period (a new
rate or a new year of default) is rounded half-up to the cent.
Sources: https://wetten.overheid.nl/BWBR0005289 (art. 119, 119a, 119b of Book 6).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly percentage, from a date until the next record of the same kind."""

    start: date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Period:
    """One line of the calculation, as a debtor may check it."""

    start: date
    end: date
    days: int
    percent: Decimal
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Interest:
    """The sum with its lines; ``reasons`` says what is missing."""

    total: Decimal
    periods: tuple
    reasons: tuple = ()


def anniversary(start: date, years: int) -> date:
    """First day of a new year of default; 29 February becomes 1 March.

    >>> anniversary(date(2025, 4, 15), 1), anniversary(date(2024, 2, 29), 1)
    (datetime.date(2026, 4, 15), datetime.date(2025, 3, 1))
    """
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def statutory_interest(principal, start, until, rates, day_basis=365) -> Interest:
    """Interest over ``principal`` from ``start`` up to and including ``until``.

    :param rates: :class:`Rate` records of one kind, in any order
    :param day_basis: days a year has in the calculation

    A month at one rate (31 days at 10.15 %):

    >>> trade = [Rate(date(2025, 1, 1), Decimal("11.15")),
    ...          Rate(date(2025, 7, 1), Decimal("10.15"))]
    >>> statutory_interest(
    ...     Decimal(1000), date(2025, 8, 1), date(2025, 8, 31), trade).total
    Decimal('8.62')
    """
    ordered = sorted(rates, key=lambda rate: rate.start)
    reasons, periods = set(), []
    base, year_interest, years = principal, Decimal(0), 1
    day = start
    while day <= until and principal > 0:
        if day == anniversary(start, years):
            base, year_interest, years = base + year_interest, Decimal(0), years + 1
        percent, changes = _rate_on(ordered, day)
        following = min(
            anniversary(start, years), until + timedelta(days=1), changes or date.max
        )
        if percent is None:
            reasons.add("no_rate")
        else:
            period = _period(day, following, percent, base, day_basis)
            year_interest += period.amount
            periods.append(period)
        day = following
    total = sum((period.amount for period in periods), Decimal("0.00"))
    return Interest(total, tuple(periods), tuple(sorted(reasons)))


def _rate_on(ordered, day):
    """The percentage on a day, or None, and the day it changes, or None."""
    current = [rate.percent for rate in ordered if rate.start <= day]
    later = [rate.start for rate in ordered if rate.start > day]
    return (current[-1] if current else None), (later[0] if later else None)


def _period(day, following, percent, base, day_basis) -> Period:
    """One line: from ``day`` up to, not including, ``following``."""
    days = (following - day).days
    amount = base * percent * days / (100 * day_basis)
    amount = amount.quantize(CENT, ROUND_HALF_UP)
    return Period(day, following - timedelta(days=1), days, percent, base, amount)


__test__ = {
    "the rate changes on 1 July: two lines, each rounded": """
    >>> trade = [Rate(date(2025, 1, 1), Decimal("11.15")),
    ...          Rate(date(2025, 7, 1), Decimal("10.15"))]
    >>> result = statutory_interest(
    ...     Decimal(1000), date(2025, 6, 21), date(2025, 7, 10), trade)
    >>> [(p.days, str(p.percent), str(p.amount)) for p in result.periods]
    [(10, '11.15', '3.05'), (10, '10.15', '2.78')]
    """,
    "after a year of default its interest joins the base": """
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> result = statutory_interest(
    ...     Decimal(1000), date(2025, 3, 1), date(2026, 3, 10), six)
    >>> [(p.days, str(p.base), str(p.amount)) for p in result.periods]
    [(365, '1000', '60.00'), (10, '1060.00', '1.74')]
    """,
    "the day before and the first day of default, and no rate known": """
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> statutory_interest(
    ...     Decimal(1000), date(2025, 3, 1), date(2025, 2, 28), six).total
    Decimal('0.00')
    >>> statutory_interest(
    ...     Decimal(1000), date(2025, 3, 1), date(2025, 3, 1), six).total
    Decimal('0.16')
    >>> statutory_interest(
    ...     Decimal(1000), date(2019, 1, 1), date(2019, 1, 31), six).reasons
    ('no_rate',)
    """,
}
