"""Who buys what on which day, over the months of the book."""

from bisect import bisect
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from .payer import working_day


@dataclass(frozen=True)
class Buyer:
    """A customer as the book needs to know him."""

    partner: int
    payer: str  # key of ``payer.PAYERS``
    weight: float  # his share of the sales
    large: bool  # buys more at a time
    position: int  # fiscal position, 0 for none
    term: int  # payment term
    foreign: bool  # pays in dollars
    lang: str


@dataclass(frozen=True)
class Sale:
    """What becomes one invoice or one order."""

    day: date
    buyer: int
    lines: tuple  # of (article, quantity, discount in percent)


def days_of_sale(count, first, today, dice):
    """Working days of ``count`` sales, growing a little towards the end.

    >>> days_of_sale(3, date(2026, 1, 1), date(2026, 2, 2), iter([0, 0.5, 1]).__next__)
    [datetime.date(2026, 1, 1), datetime.date(2026, 1, 19), datetime.date(2026, 2, 2)]
    """
    span = (today - first).days
    days = []
    for _number in range(count):
        drawn = dice()
        grown = 1.2 * drawn - 0.2 * drawn * drawn
        day = working_day(first + timedelta(days=int(span * grown)))
        days.append(min(day, today))
    return sorted(days)


def pick(weights, dice):
    """A function that draws an index in proportion to its weight.

    >>> draw = pick([1, 3], iter([0.1, 0.3, 0.99]).__next__)
    >>> draw(), draw(), draw()
    (0, 1, 1)
    """
    totals = list(accumulate(weights))
    return lambda: min(bisect(totals, dice() * totals[-1]), len(totals) - 1)


def quantity(price, dice):
    """Believable units for a unit price in cents: dear things go singly.

    >>> quantity(169500, lambda: 0.99), quantity(1840, lambda: 0.5)
    (2, 11)
    >>> quantity(295, lambda: 0.5)
    68
    """
    most = max(2, min(150, 40000 // price))
    return 1 + int(dice() * most) if most > 2 else 1 + (dice() > 0.8)


def basket(prices, dice, draw, large):
    """Lines of one sale: one to four different articles.

    :param list prices: unit price in cents per article
    :param draw: function that draws an article
    :param bool large: the buyer is a large one and buys more
    """
    count = 1 + int(dice() * dice() * 4)
    articles = []
    for _line in range(count):
        article = draw()
        if article not in articles:
            articles.append(article)
    lines = []
    for article in articles:
        units = quantity(prices[article], dice) * (2 if large else 1)
        lines.append((article, units, 10 if dice() < 0.12 else 0))
    return tuple(lines)


def sales(count, first, today, buyers, prices, dice):
    """All sales of the book, in order of their day.

    :param int count: how many
    :param list buyers: (weight, large) per buyer
    :param list prices: unit price in cents per article
    """
    draw_buyer = pick([weight for weight, _large in buyers], dice)
    draw_article = pick([1 + 3000 / (price + 1500) for price in prices], dice)
    for day in days_of_sale(count, first, today, dice):
        buyer = draw_buyer()
        yield Sale(day, buyer, basket(prices, dice, draw_article, buyers[buyer][1]))
