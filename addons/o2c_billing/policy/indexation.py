"""By how much does an agreed price go up, and from which price to which?

A price is indexed by a percentage, or by a series of figures such as the consumer
price index: *new figure / base figure*. What contract and run bound it by comes after
that, in this order: **threshold** (a smaller change is left alone) → **cap** (never more
than) → **floor** (never less than; 0 means never down). The contract's own cap and floor
go before those of the run. The price is rounded once, half up, at the end.

>>> line = IndexedPrice(1, Decimal("10.00"), (Decimal("9.50"),), base=BaseFigure(
...     date(2025, 10, 1), Decimal("120.00")))
>>> run = Run(date(2027, 1, 1), figure=Figure(date(2026, 10, 1), Decimal("123.60")))
>>> verdict = index(line, run)
>>> verdict.code, verdict.factor, verdict.price, verdict.tiers
('ok', Decimal('1.0300000000'), Decimal('10.30'), (Decimal('9.79'),))

A cap of the contract goes before the one of the run:

>>> from dataclasses import replace
>>> index(replace(line, bounds=Bounds(cap=Decimal(2))), run).price
Decimal('10.20')
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)
FACTOR_DIGITS = Decimal("0.0000000001")

OK = "ok"
#: Why a price is not indexed.
NEVER = "never"
PERCENTAGE = "percentage"
FREE = "free"
LATER = "later"
ENDED = "ended"
RECENT = "recent"
OTHER_INDEX = "other_index"
NO_FIGURE = "no_figure"
PROVISIONAL = "provisional"
NO_BASE = "no_base"
BASE_ZERO = "base_zero"
SMALL = "small"
UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Figure:
    """One figure of a series."""

    period: date
    value: Decimal
    provisional: bool = False


@dataclass(frozen=True)
class BaseFigure:
    """The figure that belongs to the price as it is."""

    period: date | None
    value: Decimal | None


@dataclass(frozen=True)
class Bounds:
    """Between what a change must lie, in percent; None: no bound."""

    cap: Decimal | None = None
    floor: Decimal | None = None
    threshold: Decimal | None = None

    def over(self, other):
        """These bounds, and where they say nothing the other ones.

        >>> Bounds(cap=Decimal(2)).over(Bounds(Decimal(5), Decimal(0)))
        Bounds(cap=Decimal('2'), floor=Decimal('0'), threshold=None)
        """
        return Bounds(
            *(
                theirs if mine is None else mine
                for mine, theirs in (
                    (self.cap, other.cap),
                    (self.floor, other.floor),
                    (self.threshold, other.threshold),
                )
            )
        )


@dataclass(frozen=True)
class IndexedPrice:
    """A price that can be indexed, as it holds the day before."""

    id: int
    price: Decimal
    tiers: tuple = ()
    fixed: bool = True  # an amount; a percentage off another price follows that one
    never: bool = False
    index: int | None = None  # the series of the contract
    base: BaseFigure | None = None
    bounds: Bounds = Bounds()
    valid_from: date | None = None
    valid_to: date | None = None
    indexed_on: date | None = None  # the last time


@dataclass(frozen=True)
class Run:
    """What is done to the prices, and from when."""

    day: date
    percentage: Decimal | None = None
    index: int | None = None
    figure: Figure | None = None
    base: BaseFigure | None = None  # for prices without a base of their own
    provisional_allowed: bool = False
    bounds: Bounds = Bounds()
    gap_months: int = 0
    decimals: int = 2
    multiple: Decimal | None = None  # prices end on a multiple of this


@dataclass(frozen=True)
class Verdict:
    """The new price, or why there is none."""

    code: str
    factor: Decimal = Decimal(1)
    percentage: Decimal = Decimal(0)
    price: Decimal | None = None
    tiers: tuple = ()
    figure: Figure | None = None
    base: BaseFigure | None = None


def months_before(day, months):
    """The same day so many months earlier; the last day where that month is shorter.

    >>> months_before(date(2028, 2, 29), 12), months_before(date(2027, 1, 1), 1)
    (datetime.date(2027, 2, 28), datetime.date(2026, 12, 1))
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def period_start(day, frequency):
    """First day of the month, quarter or year of a day.

    >>> day = date(2026, 8, 31)
    >>> [str(period_start(day, one)) for one in ("month", "quarter", "year")]
    ['2026-08-01', '2026-07-01', '2026-01-01']
    """
    month = {
        "month": day.month,
        "quarter": (day.month - 1) // 3 * 3 + 1,
        "year": 1,
    }[frequency]
    return date(day.year, month, 1)


def notice_until(day, days):
    """The last day on which customers can still be told in time.

    >>> notice_until(date(2027, 1, 1), 30), notice_until(date(2027, 1, 1), 0)
    (datetime.date(2026, 12, 2), datetime.date(2027, 1, 1))
    """
    return date.fromordinal(day.toordinal() - days)


def bound(percentage, bounds):
    """A change after its bounds; None when it is below the threshold.

    The threshold itself counts, the cap and the floor are still allowed:

    >>> two = Bounds(Decimal(4), Decimal(0), Decimal("1.5"))
    >>> [bound(Decimal(one), two) for one in ("1.49", "1.5", "4", "4.01", "-3")]
    [None, Decimal('1.5'), Decimal('4'), Decimal('4'), Decimal('0')]
    >>> bound(Decimal("0.2"), Bounds(floor=Decimal(1)))
    Decimal('1')
    """
    if bounds.threshold is not None and abs(percentage) < bounds.threshold:
        return None
    if bounds.cap is not None and percentage > bounds.cap:
        percentage = bounds.cap
    if bounds.floor is not None and percentage < bounds.floor:
        percentage = bounds.floor
    return percentage


def round_to(amount, decimals, multiple=None):
    """Half up, to the decimals or to a multiple.

    >>> round_to(Decimal("10.125"), 2), round_to(Decimal("10.12"), 2, Decimal("0.05"))
    (Decimal('10.13'), Decimal('10.10'))
    """
    unit = Decimal(1).scaleb(-decimals)
    if multiple:
        steps = (amount / multiple).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        amount = steps * multiple
    return amount.quantize(unit, rounding=ROUND_HALF_UP)


def obstacle(line, run):
    """What stands in the way of any change, or None.

    >>> from dataclasses import replace
    >>> run = Run(date(2027, 1, 1), percentage=Decimal(3), gap_months=12)
    >>> line = IndexedPrice(1, Decimal(10), indexed_on=date(2026, 1, 2))
    >>> obstacle(line, run), obstacle(replace(line, indexed_on=date(2026, 1, 1)), run)
    ('recent', None)
    >>> obstacle(IndexedPrice(1, Decimal(10), valid_from=date(2027, 1, 1)), run)
    'later'
    >>> obstacle(IndexedPrice(1, Decimal(10), valid_to=date(2026, 12, 31)), run)
    'ended'
    """
    if line.never:
        return NEVER
    if not line.fixed:
        return PERCENTAGE
    if line.valid_to is not None and line.valid_to < run.day:
        return ENDED
    if line.valid_from is not None and line.valid_from >= run.day:
        return LATER
    if not line.price and not any(line.tiers):
        return FREE
    if line.indexed_on is not None and (
        line.indexed_on == run.day
        or line.indexed_on > months_before(run.day, run.gap_months)
    ):
        return RECENT
    return None


def _change(line, run):
    """The change in percent by the figures: (code, percentage, base)."""
    if run.percentage is not None:
        return OK, run.percentage, None
    if line.index is not None and line.index != run.index:
        return OTHER_INDEX, None, None
    base = line.base or run.base
    if base is None or base.value is None:
        return NO_BASE, None, base
    if base.value <= 0:
        return BASE_ZERO, None, base
    if run.figure is None:
        return NO_FIGURE, None, base
    if run.figure.provisional and not run.provisional_allowed:
        return PROVISIONAL, None, base
    return OK, (run.figure.value / base.value - 1) * HUNDRED, base


def index(line, run):
    """The new price of a line in a run, or the reason why there is none.

    >>> from dataclasses import replace
    >>> run = Run(date(2027, 1, 1), percentage=Decimal("2.5"))
    >>> index(IndexedPrice(1, Decimal("8.00")), run).price
    Decimal('8.20')
    >>> index(IndexedPrice(1, Decimal("0.10")), run).code
    'unchanged'
    >>> none = Run(date(2027, 1, 1), index=4)
    >>> base = BaseFigure(date(2025, 1, 1), Decimal(0))
    >>> index(IndexedPrice(1, Decimal(8), base=base), none).code
    'base_zero'
    >>> base = BaseFigure(date(2025, 1, 1), Decimal(100))
    >>> index(IndexedPrice(1, Decimal(8), base=base), none).code
    'no_figure'
    >>> new = Figure(date(2026, 1, 1), Decimal(104), provisional=True)
    >>> index(IndexedPrice(1, Decimal(8), base=base), replace(none, figure=new)).code
    'provisional'
    """
    code = obstacle(line, run)
    if code:
        return Verdict(code)
    code, percentage, base = _change(line, run)
    if code != OK:
        return Verdict(code, base=base)
    percentage = bound(percentage, line.bounds.over(run.bounds))
    if percentage is None:
        return Verdict(SMALL, figure=run.figure, base=base)
    factor = (1 + percentage / HUNDRED).quantize(FACTOR_DIGITS)
    price, *tiers = (
        round_to(amount * factor, run.decimals, run.multiple)
        for amount in (line.price, *line.tiers)
    )
    if price == line.price and tuple(tiers) == tuple(line.tiers):
        return Verdict(UNCHANGED, figure=run.figure, base=base)
    return Verdict(OK, factor, percentage, price, tuple(tiers), run.figure, base)
