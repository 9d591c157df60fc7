"""Statutory interest: art. 6:119 BW (consumers) and 6:119a / 6:119b BW (trade).

Rates are dated records, handed in. Interest runs from the first day of default up
to and including the last day asked for; each year after the start of default the
interest of that year is added to the base (art. 6:119(2)); every sub-period (a new
rate or a new year of default) is rounded half-up to the cent.
Sources: https://wetten.overheid.nl/BWBR0005289 (art. 119, 119a, 119b of Book 6).
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ONE_DAY = timedelta(days=1)
#: how many days a year has: always 365, 366 in a leap year, or as many as the year of
#: default really has; which one a judge takes is not settled
FIXED, LEAP, ACTUAL = "365", "366", "actual"


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly percentage, from a date until the next record of the same kind."""

    start: date
    percent: Decimal
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """One line of the calculation, as a debtor may check it."""

    start: date
    end: date
    days: int
    percent: Decimal
    base: Decimal
    amount: Decimal
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Interest:
    """The sum with its lines; ``reasons`` says what is missing."""

    total: Decimal
    periods: tuple
    reasons: tuple = ()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with one rate in one year of default; no percentage when none is known."""

    start: date
    end: date
    percent: Decimal | None
    sure: bool
    divisor: int
    new_year: bool

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.end - self.start).days + 1


def anniversary(start: date, years: int) -> date:
    """First day of a new year of default; 29 February becomes 1 March.

    >>> anniversary(date(2025, 4, 15), 1), anniversary(date(2024, 2, 29), 1)
    (datetime.date(2026, 4, 15), datetime.date(2025, 3, 1))
    """
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def until_next_rate(rates) -> list:
    """The last known rate is sure only in the half year in which it starts.

    Statutory rates are set anew each 1 January and 1 July; the same percentage again
    is a record too.

    >>> [(str(rate.start), rate.sure) for rate in until_next_rate(
    ...     [Rate(date(2025, 7, 1), Decimal(6)), Rate(date(2025, 1, 1), Decimal(6))])]
    [('2025-01-01', True), ('2025-07-01', True), ('2026-01-01', False)]
    """
    ordered = sorted(rates, key=lambda rate: rate.start)
    if not ordered:
        return ordered
    last = ordered[-1]
    year = last.start.year
    ends = date(year, 7, 1) if last.start.month < 7 else date(year + 1, 1, 1)
    return [*ordered, replace(last, start=ends, sure=False)]


def rates_until(rates, last: date) -> tuple:
    """Rates that bear nothing after a day.

    >>> six = (Rate(date(2026, 1, 1), Decimal(6)), Rate(date(2026, 7, 1), Decimal(5)))
    >>> [(str(r.start), str(r.percent)) for r in rates_until(six, date(2026, 6, 30))]
    [('2026-01-01', '6'), ('2026-07-01', '0.00')]
    """
    stops = last + timedelta(days=1)
    return (
        *(rate for rate in rates if rate.start < stops),
        Rate(stops, Decimal("0.00")),
    )


def stretches(start: date, until: date, rates, day_basis=FIXED, cuts=()):
    """The days from ``start`` up to and including ``until``, cut where figures change.

    :param cuts: days on which a new line starts for another reason, such as a payment
    """
    ordered = sorted(rates, key=lambda rate: rate.start)
    day, years, new_year = start, 1, False
    while day <= until:
        rate, changes = _rate_on(ordered, day)
        ahead = [cut for cut in cuts if cut > day]
        ends = [anniversary(start, years), until + ONE_DAY, changes or date.max, *ahead]
        if day_basis == LEAP and _leap(day.year) != _leap(day.year + 1):
            ends.append(date(day.year + 1, 1, 1))
        following = min(ends)
        divisor = _divisor(day, start, years, day_basis)
        percent, sure = (rate.percent, rate.sure) if rate else (None, False)
        end = following - ONE_DAY
        yield Stretch(day, end, percent, sure, divisor, new_year)
        new_year = following == anniversary(start, years)
        years += new_year
        day = following


def interest_line(stretch: Stretch, base: Decimal) -> Period:
    """Interest over one stretch of days, rounded half-up to the cent."""
    amount = base * stretch.percent * stretch.days / (100 * stretch.divisor)
    return Period(
        stretch.start,
        stretch.end,
        stretch.days,
        stretch.percent,
        base,
        amount.quantize(CENT, ROUND_HALF_UP),
        stretch.sure,
    )


def statutory_interest(principal, start, until, rates, day_basis=FIXED) -> Interest:
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
    reasons, periods = set(), []
    base, year_interest = principal, Decimal(0)
    for stretch in stretches(start, until, rates, day_basis) if principal > 0 else ():
        if stretch.new_year:
            base, year_interest = base + year_interest, Decimal(0)
        if stretch.percent is None:
            reasons.add("no_rate")
            continue
        period = interest_line(stretch, base)
        year_interest += period.amount
        periods.append(period)
    total = sum((period.amount for period in periods), Decimal("0.00"))
    return Interest(total, tuple(periods), tuple(sorted(reasons)))


def _rate_on(ordered, day):
    """The rate on a day, or None, and the day it changes, or None."""
    current = [rate for rate in ordered if rate.start <= day]
    later = [rate.start for rate in ordered if rate.start > day]
    return (current[-1] if current else None), (later[0] if later else None)


def _divisor(day, start, years, day_basis):
    """Days of the year by which a yearly percentage is divided."""
    if day_basis == ACTUAL:
        return (anniversary(start, years) - anniversary(start, years - 1)).days
    return 366 if day_basis == LEAP and _leap(day.year) else 365


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


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
    "three ways to count the days of a leap year": """
    From 1 July 2027 to 30 June 2028 there are 366 days, 182 of them in 2028.

    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> year = Decimal(1000), date(2027, 7, 1), date(2028, 6, 30), six
    >>> [str(statutory_interest(*year, basis).total)
    ...  for basis in ("365", "366", "actual")]
    ['60.16', '60.09', '60.00']
    >>> [(p.days, str(p.amount)) for p in statutory_interest(*year, "366").periods]
    [(184, '30.25'), (182, '29.84')]
    """,
    "default that begins on 29 February has its first birthday on 1 March": """
    >>> six = [Rate(date(2020, 1, 1), Decimal(6))]
    >>> [str(p.start) for p in statutory_interest(
    ...     Decimal(1000), date(2024, 2, 29), date(2025, 3, 2), six).periods]
    ['2024-02-29', '2025-03-01']
    """,
}
