"""What is a contract line owed for its periods, and when is the next one due?

A period is cut into slices wherever something changes: first and last day, another
quantity or price, a pause, the end of a discount. What was billed of it is no concern
here: see :mod:`contract_settlement`.

>>> line = Line(date(2026, 1, 1), months=1, terms=(Terms(date(2026, 1, 1), 5, 59),))
>>> [f"{charge.first} {charge.quantity}" for charge in owed(line, date(2026, 3, 1))]
['2026-01-01 5', '2026-02-01 5', '2026-03-01 5']
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from .contract_period import DAY, Period, add_months, anchor, due_on, periods

RECURRING, ONCE, USAGE = "recurring", "once", "usage"
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Terms:
    """From this day on, this quantity at this price per period.

    A price that is None is asked when it is billed.
    """

    since: date
    quantity: Decimal
    price: Decimal | None


@dataclass(frozen=True)
class Line:
    """A contract line; ``pauses`` are pairs of first and last day."""

    start: date
    end: date | None = None
    kind: str = RECURRING
    months: int = 1
    calendar: bool = True
    advance: bool = True
    lead_days: int = 0
    terms: tuple = ()
    pauses: tuple = ()
    intro_months: int = 0
    intro_discount: Decimal = Decimal(0)
    included: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    quantity_digits: int = 2

    @cached_property
    def intro_end(self):
        """The first day without the discount of the beginning."""
        return add_months(self.start, self.intro_months)


@dataclass(frozen=True)
class Charge:
    """A quantity at a price for some days of a period: owed, billed or left."""

    period: Period
    first: date
    last: date
    quantity: Decimal
    price: Decimal | None
    discount: Decimal = Decimal(0)
    prorated: bool = True

    @property
    def days(self):
        """Days that are charged."""
        return (self.last - self.first).days + 1

    @property
    def of(self):
        """Days of the full period."""
        return self.period.days

    def unit_price(self, decimals=4):
        """Price of one for these days, before discount.

        >>> year = Period(date(2026, 1, 1), date(2026, 12, 31))
        >>> Charge(year, date(2026, 12, 31), year.last, 1, Decimal(365)).unit_price()
        Decimal('1.0000')
        """
        price = Decimal(self.price)
        if self.prorated and self.days != self.of:
            price = price * self.days / self.of
        return _round(price, decimals)

    def amount(self, digits, decimals=4):
        """Without VAT, rounded as the invoice rounds its line."""
        net = self.unit_price(decimals) * self.quantity
        return _round(net - net * Decimal(self.discount) / HUNDRED, digits)


def _round(value, digits):
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def slices(line, period):
    """The parts of a period in which nothing changes, without pauses.

    A month free from the start day, and a change on its last day:

    >>> start = date(2026, 1, 20)
    >>> line = Line(start, terms=(Terms(start, 1, 31), Terms(date(2026, 2, 28), 2, 31)),
    ...             intro_months=1, intro_discount=Decimal(100))
    >>> february = Period(date(2026, 2, 1), date(2026, 2, 28))
    >>> [(s.first.day, s.last.day, s.quantity, str(s.discount))
    ...  for s in slices(line, february)]
    [(1, 19, 1, '100'), (20, 27, 1, '0'), (28, 28, 2, '0')]

    A pause over the whole period leaves nothing; its last day still counts as paused:

    >>> paused = replace(line, pauses=((date(2026, 1, 1), date(2026, 2, 27)),))
    >>> [(s.first.day, s.quantity) for s in slices(paused, february)]
    [(28, 2)]
    """
    first = max(period.first, line.start)
    last = min(period.last, line.end or period.last)
    cuts = {first, last + DAY, line.intro_end}
    cuts |= {terms.since for terms in line.terms}
    for pause in line.pauses:
        cuts |= {pause[0], pause[1] + DAY}
    cuts = sorted(cut for cut in cuts if first <= cut <= last + DAY)
    parts = []
    for begin, after in zip(cuts, cuts[1:], strict=False):
        known = [terms for terms in line.terms if terms.since <= begin]
        paused = any(pause[0] <= begin <= pause[1] for pause in line.pauses)
        if not known or paused:
            continue
        terms = known[-1]
        parts.append(
            Charge(
                period,
                begin,
                after - DAY,
                terms.quantity,
                terms.price,
                line.intro_discount if begin < line.intro_end else Decimal(0),
                line.kind == RECURRING,
            )
        )
    return parts


def owed(line, today, since=None, after=None, look_from=None, usage=(), billed=()):
    """What the line is worth for every period that is due.

    A period that was billed is always looked at again; another one only when it is due
    by ``today``, fell due on or after ``since`` and begins after ``after``.

    :param date since: start date of billing in the company
    :param date after: billed elsewhere until this day
    :param date look_from: periods that end before it were settled
    :param usage: pairs of day and quantity
    :param billed: charges billed so far
    :return: list of :class:`Charge`

    >>> line = Line(date(2025, 11, 15), months=3, advance=False,
    ...             terms=(Terms(date(2025, 11, 15), 1, 90),))
    >>> [str(c.first) for c in owed(line, date(2026, 4, 1))]
    ['2025-11-15', '2026-01-01']
    >>> [str(c.first) for c in owed(line, date(2026, 3, 31), since=date(2026, 1, 1))]
    ['2025-11-15']
    >>> owed(line, date(2026, 3, 31), after=date(2025, 12, 31))
    []
    """
    known = {charge.period for charge in billed}
    charges = []
    for period, first, last in _spans(line, today, known, look_from):
        due = due_on(first, last, line.advance, line.lead_days)
        open_now = (
            due <= today
            and (since is None or due >= since)
            and (after is None or first > after)
        )
        if not open_now and period not in known:
            continue
        parts = slices(line, period) if first <= last else []
        if line.kind == USAGE:
            parts = [_used(line, part, usage) for part in parts]
        charges += [part for part in parts if part.quantity]
    return charges


def _spans(line, today, known, look_from):
    """Periods to look at, with the first and last day of the line in each."""
    if line.kind == ONCE:
        last = min(line.start, line.end or line.start)
        yield Period(line.start, line.start), line.start, last
        return
    origin = anchor(line.start, line.months, line.calendar)
    begin = max(line.start, look_from or line.start)
    until = today + DAY * (line.lead_days if line.advance else 0)
    if line.end:
        until = min(until, line.end)
    until = max([until, *(period.last for period in known)])
    for period in periods(origin, line.months, begin, until):
        last = min(period.last, line.end or period.last)
        yield period, max(period.first, line.start), last


def _used(line, part, usage):
    """The quantity of a usage line: at least the minimum, without what is included.

    >>> month = Period(date(2026, 4, 1), date(2026, 4, 30))
    >>> half = Charge(month, date(2026, 4, 16), month.last, 1, 2, prorated=False)
    >>> line = Line(month.first, kind=USAGE, included=Decimal(100), minimum=Decimal(20))
    >>> _used(line, half, [(date(2026, 4, 15), 500), (date(2026, 4, 16), 70)]).quantity
    Decimal('20.00')
    >>> _used(line, half, [(date(2026, 4, 30), 50)]).quantity
    Decimal('0.00')
    """
    share = Decimal(part.days) / part.of
    used = sum(
        (
            Decimal(quantity)
            for day, quantity in usage
            if part.first <= day <= part.last
        ),
        Decimal(0),
    )
    counted = max(used, line.minimum * share) - line.included * share
    quantity = _round(max(counted, Decimal(0)), line.quantity_digits)
    return replace(part, quantity=quantity)


def next_due(line, today, after=None):
    """When is there something to bill after today, and for days from when on?

    :return: pair of dates; (None, None) when nothing comes any more

    >>> start = date(2026, 1, 31)
    >>> line = Line(start, calendar=False, terms=(Terms(start, 1, 10),), lead_days=5)
    >>> next_due(line, date(2026, 1, 31))
    (datetime.date(2026, 2, 23), datetime.date(2026, 2, 28))
    >>> next_due(line, date(2026, 2, 23))[0]
    datetime.date(2026, 3, 26)
    >>> next_due(replace(line, end=date(2026, 2, 27)), date(2026, 1, 31))
    (None, None)

    In arrears the period that runs now comes next, and one billed elsewhere never does:

    >>> later = replace(line, advance=False, lead_days=0)
    >>> next_due(later, date(2026, 2, 28))[0], next_due(later, date(2026, 3, 30))[0]
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31))
    >>> next_due(later, date(2026, 2, 28), after=date(2026, 6, 1))[0]
    datetime.date(2026, 7, 31)
    """
    for due, _period, first in coming(line, today, after):
        return due, first
    return None, None


def coming(line, today, after=None):
    """The periods that fall due after today, one by one, without end.

    :return: iterator of the due day, the period and the first day that is charged
    """
    if line.kind == ONCE:
        due = due_on(line.start, line.start, line.advance, line.lead_days)
        if due > today and (after is None or line.start > after):
            yield due, Period(line.start, line.start), line.start
        return
    origin = anchor(line.start, line.months, line.calendar)
    begin = line.start
    if today > line.start:
        back = 0 if line.advance else line.months
        begin = max(line.start, add_months(today, -back) - DAY)
    if after:
        begin = max(begin, after + DAY)
    for period in periods(origin, line.months, begin, line.end or date.max):
        first = max(period.first, line.start)
        last = min(period.last, line.end or period.last)
        due = due_on(first, last, line.advance, line.lead_days)
        if due > today and (after is None or first > after):
            yield due, period, first


__all__ = [
    "DAY",
    "ONCE",
    "RECURRING",
    "USAGE",
    "Charge",
    "Line",
    "Period",
    "Terms",
    "coming",
    "due_on",
    "next_due",
    "owed",
    "replace",
    "slices",
]
