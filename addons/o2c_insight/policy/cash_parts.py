"""What of an open amount is set off, promised or part of a plan?

An invoice and its parts keep their amounts; this says which share of each comes on an
agreed day, and what no money comes for.
"""

from decimal import Decimal

ZERO, ONE = Decimal(0), Decimal(1)
#: A promise or instalment is believed as if so many of so many had been kept before
#: the first one was made.
KEPT_BEFORE, MADE_BEFORE = 4, 5


def kept_chance(kept, settled):
    """The chance that an agreed day is kept, from those that passed.

    >>> [str(kept_chance(*row)) for row in ((0, 0), (15, 15), (0, 15), (15, 20))]
    ['0.8', '0.95', '0.2', '0.76']
    """
    return Decimal(kept + KEPT_BEFORE) / (settled + MADE_BEFORE)


def from_the_first(amounts, total):
    """Spread a sum over amounts, the first ones first: credit, or what was promised.

    :param amounts: list of amounts, oldest first
    :param Decimal total: what there is to spread
    :return: the part of each

    >>> open_amounts = [Decimal(100), Decimal(50)]
    >>> [str(part) for part in from_the_first(open_amounts, Decimal(120))]
    ['100', '20']
    >>> [str(part) for part in from_the_first(open_amounts, Decimal(100))]
    ['100', '0']
    >>> [str(part) for part in from_the_first(open_amounts, Decimal(500))]
    ['100', '50']
    """
    parts, left = [], max(ZERO, total)
    for amount in amounts:
        part = max(ZERO, min(amount, left))
        parts.append(part)
        left -= part
    return parts


def from_the_last(amounts, total):
    """Spread a sum over amounts, the last ones first: what is open of a plan stands in
    its last instalments, the first ones were paid.

    What is more than all of them belongs to the first.

    >>> plan = [Decimal(100), Decimal(100), Decimal(100)]
    >>> [str(part) for part in from_the_last(plan, Decimal(150))]
    ['0', '50', '100']
    >>> [str(part) for part in from_the_last(plan, Decimal(310))]
    ['110', '100', '100']
    >>> from_the_last([], Decimal(10))
    []
    """
    parts = list(reversed(from_the_first(list(reversed(amounts)), total)))
    if parts:
        parts[0] += max(ZERO, total - sum(parts, ZERO))
    return parts


def by_instalment(amounts, instalments):
    """Which share of each amount comes on which day of a plan.

    :param amounts: what is open of each item of the plan, in the order of booking
    :param instalments: tuples of day and amount, in order
    :return: per amount a tuple of (day, share); together 1

    Two invoices of 100 and 200 in three instalments of 100, the first of them paid:

    >>> days = [("jan", Decimal(100)), ("feb", Decimal(100)), ("mar", Decimal(100))]
    >>> for shares in by_instalment([Decimal(40), Decimal(160)], days):
    ...     print([(day, str(share)) for day, share in shares])
    [('feb', '1')]
    [('feb', '0.375'), ('mar', '0.625')]
    >>> by_instalment([Decimal(40)], [])
    [()]
    """
    sums = from_the_last([amount for _day, amount in instalments], sum(amounts, ZERO))
    days = [day for day, _amount in instalments]
    found, place = [], 0
    for amount in amounts:
        shares, left = [], amount
        while left > 0 and place < len(days):
            part = min(left, sums[place])
            if part > 0:
                shares.append((days[place], part / amount))
            left -= part
            sums[place] -= part
            if sums[place] <= 0:
                place += 1
        found.append(tuple(shares))
    return found
