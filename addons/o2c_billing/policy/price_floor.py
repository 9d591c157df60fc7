"""How low may a price go?

One floor counts for an article: the most precise one (article, then the nearest
category, then everything), then the latest, then the one made first. Where it names
both an amount and a margin, the higher of the two holds.

A margin is a share of the price: at 20 % an article that costs 8.00 asks 10.00.

>>> floor = Floor(1, "Wood", margin=Decimal(20))
>>> sale = Situation(Decimal(12), Decimal(1), date(2026, 1, 1), cost=Decimal("8.00"))
>>> lowest(sale, [floor]) == (Decimal("10.00"), "margin", floor)
True
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from .price_rule import Floor, Situation, article_rank, fits_article, round_price

HUNDRED = Decimal(100)


def floor_of(situation, floors):
    """The floor that counts here, or None.

    >>> sale = Situation(Decimal(9), Decimal(1), date(2026, 6, 30), categories=(3, 1))
    >>> every = Floor(1, "all", Decimal(1))
    >>> near = Floor(2, "near", Decimal(2), category=3, valid_to=date(2026, 6, 30))
    >>> floor_of(sale, [every, near]).name
    'near'
    >>> floor_of(replace(sale, day=date(2026, 7, 1)), [every, near]).name
    'all'
    """
    fitting = [
        floor
        for floor in floors
        if fits_article(floor, situation)
        and (floor.valid_from is None or floor.valid_from <= situation.day)
        and (floor.valid_to is None or situation.day <= floor.valid_to)
    ]
    return min(
        fitting,
        key=lambda one: (
            article_rank(one, situation),
            -(one.valid_from or date.min).toordinal(),
            one.id,
        ),
        default=None,
    )


def lowest(situation, floors):
    """The lowest price per unit of the line, what makes it so, and which floor.

    A margin needs a cost; an article without one is not judged by it:

    >>> sale = Situation(Decimal(9), Decimal(1), date(2026, 1, 1))
    >>> lowest(sale, [Floor(1, "", margin=Decimal(20))]) is None
    True

    Amounts are company currency, so they follow the rate, and the unit of the line:

    >>> dozen = replace(sale, rate=Decimal("1.1"), unit_factor=Decimal(12))
    >>> lowest(dozen, [Floor(1, "", Decimal("2.00"))])[:2]
    (Decimal('26.40'), 'minimum')

    The bound itself is rounded up, so that the rounded price never lies below it:

    >>> thirds = replace(sale, cost=Decimal(2))
    >>> lowest(thirds, [Floor(1, "", margin=Decimal(40))])[:2]
    (Decimal('3.34'), 'margin')
    """
    floor = floor_of(situation, floors)
    if floor is None:
        return None
    bounds = []
    if floor.amount is not None:
        bounds.append((floor.amount, "minimum"))
    if floor.margin is not None and situation.cost:
        bounds.append((situation.cost / (1 - floor.margin / HUNDRED), "margin"))
    if not bounds:
        return None
    amount, code = max(bounds)
    amount = amount * situation.unit_factor * situation.rate
    return round_price(amount, situation.decimals, ROUND_CEILING), code, floor


__all__ = ["Floor", "Situation", "floor_of", "lowest", "replace"]
