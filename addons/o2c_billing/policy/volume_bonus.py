"""The year-end bonus: what a customer earned with what he bought.

Tiers say from which turnover or from how many units a rate holds. The rate is a
percentage of the turnover or an amount per unit; it holds for **all** that was bought
once the tier is reached, or only for the **excess** over its threshold.

>>> terms = Terms((Tier(Decimal(10000), Decimal(2)), Tier(Decimal(50000), Decimal(3))))
>>> earned = bonus(terms, Bought(Decimal("49999.99"), Decimal(0)))
>>> earned.amount, earned.tier, earned.next, earned.to_go
(Decimal('1000.00'), Decimal('10000'), Decimal('50000'), Decimal('0.01'))

A tier begins at its threshold, not after it:

>>> bonus(terms, Bought(Decimal(50000), Decimal(0))).amount
Decimal('1500.00')

Only on the excess, each part has its own rate:

>>> excess = Terms(terms.tiers, excess=True)
>>> bonus(excess, Bought(Decimal(60000), Decimal(0))).amount
Decimal('1100.00')
"""

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

TURNOVER, UNITS = "turnover", "units"
PERCENTAGE, PER_UNIT = "percentage", "per_unit"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Tier:
    """From this threshold on, this rate."""

    threshold: Decimal
    rate: Decimal


@dataclass(frozen=True)
class Terms:
    """What was agreed."""

    tiers: tuple
    measure: str = TURNOVER
    reward: str = PERCENTAGE
    excess: bool = False


@dataclass(frozen=True)
class Bought:
    """What counts: without VAT, credit notes taken off."""

    turnover: Decimal
    units: Decimal


@dataclass(frozen=True)
class Earned:
    """The bonus, the tier that was reached, and the way to the next one."""

    amount: Decimal
    tier: Decimal | None = None
    next: Decimal | None = None
    to_go: Decimal | None = None


def bonus(terms, bought):
    """What was earned so far.

    >>> per_unit = Terms((Tier(Decimal(100), Decimal("0.50")),), UNITS, PER_UNIT)
    >>> bonus(per_unit, Bought(Decimal(1000), Decimal(99))).amount
    Decimal('0.00')
    >>> bonus(per_unit, Bought(Decimal(1000), Decimal(100))).amount
    Decimal('50.00')

    More came back than was bought: nothing is earned, nothing is owed.

    >>> bonus(Terms((Tier(Decimal(0), Decimal(2)),)), Bought(Decimal(-5), Decimal(0)))
    Earned(amount=Decimal('0.00'), tier=None, next=Decimal('0'), to_go=Decimal('5'))
    """
    measured = bought.turnover if terms.measure == TURNOVER else bought.units
    worth = bought.turnover if terms.reward == PERCENTAGE else bought.units
    if terms.reward == PERCENTAGE:
        worth /= 100
    tiers = sorted(terms.tiers, key=lambda tier: tier.threshold)
    reached = [tier for tier in tiers if tier.threshold <= measured]
    ahead = [tier for tier in tiers if tier.threshold > measured]
    amount = Decimal(0)
    if reached and measured > 0 and worth > 0:
        if terms.excess:
            ends = [tier.threshold for tier in reached[1:]] + [measured]
            for tier, end in zip(reached, ends, strict=True):
                amount += worth * (end - tier.threshold) / measured * tier.rate
        else:
            amount = worth * reached[-1].rate
    following = ahead[0].threshold if ahead else None
    return Earned(
        amount.quantize(CENT, rounding=ROUND_HALF_UP),
        reached[-1].threshold if reached else None,
        following,
        None if following is None else following - measured,
    )


def at_this_pace(bought, begin, end, today):
    """What is bought by the end when it goes on as it did; None before the begin.

    The day of today counts as a whole; after the end nothing is added:

    >>> from datetime import date
    >>> year = date(2026, 1, 1), date(2026, 12, 31)
    >>> half = Bought(Decimal(1810), Decimal(181))
    >>> at_this_pace(half, *year, date(2026, 6, 30))
    Bought(turnover=Decimal('3650.00'), units=Decimal('365.00'))
    >>> at_this_pace(half, *year, date(2027, 1, 1)) == half
    True
    >>> at_this_pace(half, *year, date(2025, 12, 31)) is None
    True
    """
    if today < begin:
        return None
    if today >= end:
        return bought
    passed = (today - begin).days + 1
    whole = (end - begin).days + 1
    return Bought(
        (bought.turnover * whole / passed).quantize(CENT, rounding=ROUND_HALF_UP),
        (bought.units * whole / passed).quantize(CENT, rounding=ROUND_HALF_UP),
    )


def split(amount, weights):
    """An amount over parts by their weight, to the cent and without a rest.

    The VAT of a bonus follows the turnover it is given on (art. 29 Wet OB 1968,
    https://wetten.overheid.nl/BWBR0002629): each part keeps its own tax.

    >>> split(Decimal("100.00"), {"21%": Decimal(2), "9%": Decimal(1)})
    {'21%': Decimal('66.67'), '9%': Decimal('33.33')}
    >>> split(Decimal("0.01"), {"a": Decimal(1), "b": Decimal(1)})
    {'a': Decimal('0.01'), 'b': Decimal('0.00')}

    What came back more than it was bought gets nothing:

    >>> split(Decimal(10), {"a": Decimal(5), "b": Decimal(-1)})
    {'a': Decimal('10.00'), 'b': Decimal('0.00')}
    """
    positive = {key: max(weight, Decimal(0)) for key, weight in weights.items()}
    total = sum(positive.values(), Decimal(0))
    if not total:
        return dict.fromkeys(weights, Decimal("0.00"))
    exact = {key: amount * weight / total for key, weight in positive.items()}
    parts = {
        key: value.quantize(CENT, rounding=ROUND_DOWN) for key, value in exact.items()
    }
    rest = amount.quantize(CENT, rounding=ROUND_HALF_UP) - sum(parts.values())
    order = sorted(parts, key=lambda key: abs(exact[key] - parts[key]), reverse=True)
    step = CENT if rest > 0 else -CENT
    for key in order[: int(abs(rest) / CENT)]:
        parts[key] += step
    return parts


def due_on(end, wait_days):
    """The first day on which the bonus is proposed: late credit notes count too.

    >>> from datetime import date
    >>> due_on(date(2026, 12, 31), 0), due_on(date(2027, 2, 28), 1)
    (datetime.date(2027, 1, 1), datetime.date(2027, 3, 2))
    """
    return end + timedelta(days=wait_days + 1)
