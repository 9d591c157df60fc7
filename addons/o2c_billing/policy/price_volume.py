"""How much was bought, for tiers that look further than the line.

*Order*: all lines of the order that fit the article criteria of the rule, the line
itself included. *Year*: what was ordered or invoiced before, in the calendar year or
the year of the agreement, again only what fits the rule.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .price_rule import (
    AMOUNT,
    CALENDAR,
    INVOICED,
    ORDER,
    YEAR,
    fits_article,
)


@dataclass(frozen=True)
class Bought:
    """What a customer bought of one article since a day."""

    holder: int
    source: str
    since: date
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
    >>> from dataclasses import replace
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


def windows(rules, day):
    """Which purchases have to be known for these rules.

    :return: set of (holder, source, since)

    >>> rule = Rule(1, "", True, Decimal(1), basis=YEAR, holder=7)
    >>> windows([rule], date(2026, 5, 4))
    {(7, 'ordered', datetime.date(2026, 1, 1))}
    """
    return {
        (rule.holder, rule.source, year_start(rule, day))
        for rule in rules
        if rule.basis == YEAR
    }


def volumes(rules, situation, siblings=(), history=()):
    """The volume of each rule that looks further than the line.

    :param siblings: situations of the other lines of the order
    :param history: :class:`Bought`

    >>> order = Rule(1, "", True, Decimal(1), basis=ORDER, category=3)
    >>> year = Rule(2, "", True, Decimal(1), basis=YEAR, holder=7, measure=AMOUNT)
    >>> day = date(2026, 5, 4)
    >>> line = Situation(Decimal(1), Decimal(60), day, categories=(3,))
    >>> other = Situation(Decimal(1), Decimal(50), day, categories=(3,))
    >>> unlike = Situation(Decimal(1), Decimal(50), day, categories=(4,))
    >>> past = Bought(7, ORDERED, date(2026, 1, 1), Decimal(9), Decimal(900))
    >>> before = Bought(7, ORDERED, date(2025, 1, 1), Decimal(5), Decimal(500))
    >>> volumes([order, year], line, [other, unlike], [past, before])
    {1: Decimal('110'), 2: Decimal('900')}
    """
    found = {}
    for rule in rules:
        if rule.basis == ORDER:
            found[rule.id] = situation.quantity + sum(
                (one.quantity for one in siblings if fits_article(rule, one)),
                Decimal(0),
            )
        elif rule.basis == YEAR:
            window = (rule.holder, rule.source, year_start(rule, situation.day))
            found[rule.id] = sum(
                (
                    one.amount if rule.measure == AMOUNT else one.quantity
                    for one in history
                    if (one.holder, one.source, one.since) == window
                    and fits_article(rule, one)
                ),
                Decimal(0),
            )
    return found


__all__ = ["INVOICED", "Bought", "anniversary", "volumes", "windows", "year_start"]
