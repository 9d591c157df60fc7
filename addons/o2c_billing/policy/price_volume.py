"""How much was bought, for tiers that look further than the line.

*Order*: all lines of the order that fit the article criteria of the rule, the line
itself included. *Year*: what was ordered or invoiced before, in the calendar year or
the year of the agreement, again only what fits the rule.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from .price_rule import (
    AGREEMENT,
    AMOUNT,
    CALENDAR,
    INVOICED,
    ORDERED,
    YEAR,
    Rule,
    Situation,
    fits_article,
)


@dataclass(frozen=True)
class Window:
    """Whose purchases of which days: both days count.

    ``group``: with all companies below the holder, else the customer alone.
    ``order``: the order that is being priced, which does not count itself.
    """

    holder: int
    group: bool
    source: str
    since: date
    until: date
    order: int = 0


@dataclass(frozen=True)
class Bought:
    """What was bought of one article."""

    quantity: Decimal  # unit of the article
    amount: Decimal  # company currency, without VAT
    product: int | None = None
    template: int | None = None
    categories: tuple = ()
    article_group: int | None = None
    kind: str | None = None


def year_start(rule, day):
    """First day of the year whose volume counts.

    The year of an agreement begins on the day and month on which the agreement began;
    29 February is the first day after 28 February:

    >>> rule = Rule(1, "", True, Decimal(1), valid_from=date(2024, 2, 29),
    ...             year=AGREEMENT)
    >>> year_start(rule, date(2026, 2, 28)), year_start(rule, date(2026, 3, 1))
    (datetime.date(2025, 3, 1), datetime.date(2026, 3, 1))
    >>> year_start(replace(rule, year=CALENDAR), date(2026, 2, 28))
    datetime.date(2026, 1, 1)
    """
    if rule.year == CALENDAR or rule.valid_from is None:
        return date(day.year, 1, 1)
    this = anniversary(rule.valid_from, day.year)
    return this if this <= day else anniversary(rule.valid_from, day.year - 1)


def anniversary(begin, year):
    """The same day in another year.

    >>> anniversary(date(2024, 2, 29), 2028), anniversary(date(2024, 2, 29), 2025)
    (datetime.date(2028, 2, 29), datetime.date(2025, 3, 1))
    """
    try:
        return begin.replace(year=year)
    except ValueError:
        return date(year, 2, 28) + timedelta(days=1)


def window(rule, day, customer, order=0):
    """Which purchases this rule looks at.

    >>> rule = Rule(1, "", True, Decimal(1), basis=YEAR, source=INVOICED)
    >>> day = date(2026, 5, 4)
    >>> one = window(rule, day, 7)
    >>> one.holder, one.group, one.source, str(one.since), str(one.until), one.order
    (7, False, 'invoiced', '2026-01-01', '2026-05-04', 0)
    >>> window(replace(rule, holder=3), day, 7).holder
    3
    """
    return Window(
        rule.holder or customer or 0,
        rule.holder is not None,
        rule.source,
        year_start(rule, day),
        day,
        order,
    )


def volume(rule, lines):
    """How much of these lines fits the rule.

    :param lines: :class:`Bought`, or situations of the lines of an order

    >>> rule = Rule(1, "", True, Decimal(1), category=3, measure=AMOUNT)
    >>> lines = [Bought(Decimal(2), Decimal(200), categories=(3,)),
    ...          Bought(Decimal(5), Decimal(500), categories=(4,))]
    >>> volume(rule, lines)
    Decimal('200')
    >>> line = Situation(Decimal(1), Decimal(60), date(2026, 1, 1), categories=(3,))
    >>> volume(Rule(1, "", True, Decimal(1), category=3), [line, line])
    Decimal('120')
    """
    name = "amount" if rule.measure == AMOUNT else "quantity"
    fitting = [getattr(one, name) for one in lines if fits_article(rule, one)]
    return sum(fitting, Decimal(0))


__all__ = [
    "AGREEMENT",
    "INVOICED",
    "ORDERED",
    "YEAR",
    "Bought",
    "Rule",
    "Situation",
    "Window",
    "anniversary",
    "replace",
    "volume",
    "window",
]
