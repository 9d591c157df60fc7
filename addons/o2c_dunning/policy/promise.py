"""Promises to pay: which of them the money that came has kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised for when, and what its invoices had open then and have now."""

    key: int
    on: date
    until: date
    amount: Decimal
    before: Decimal
    left: Decimal
    #: keys of promises about the same invoices that were open at the same time
    beside: frozenset = frozenset()


def reached(amount: Decimal, owed) -> dict:
    """Which invoices a promised amount pays, the oldest due first.

    Who promises 500 of what he owes has not promised the rest: only what the amount
    reaches is left in peace, of the last one the part that it reaches.

    :param Decimal amount: what of the promise is still to come
    :param owed: list of (key, due, amount), in any order
    :return: dict of key to the amount that is promised of it

    >>> owed = [("new", date(2026, 3, 9), Decimal(700)),
    ...         ("old", date(2026, 3, 1), Decimal(300))]
    >>> reached(Decimal(1000), owed)
    {'old': Decimal('300'), 'new': Decimal('700')}
    >>> reached(Decimal(500), owed)
    {'old': Decimal('300'), 'new': Decimal('200')}
    >>> reached(Decimal(300), owed), reached(Decimal(0), owed)
    ({'old': Decimal('300')}, {})
    """
    found = {}
    for key, _due, owes in sorted(owed, key=lambda row: row[1]):
        part = min(amount, owes)
        if part > 0:
            found[key] = part
            amount -= part
    return found


def settled(promises, kept, today: date) -> dict:
    """Which open promises are decided today: "kept" or "broken".

    A smaller promise that is paid is kept; the rest of the invoice is another matter.
    Two promises about one invoice are not both kept by one payment: the earlier one
    takes its part first.

    :param promises: open :class:`Promise` records
    :param kept: dict of key to (day, amount) of promises that were kept before

    >>> def promise(key, day, amount, left, beside=()):
    ...     return Promise(key, date(2026, 3, day), date(2026, 3, day + 2),
    ...         Decimal(amount), Decimal(1000), Decimal(left), frozenset(beside))
    >>> settled([promise(1, 10, 400, 600)], {}, date(2026, 3, 5))
    {1: 'kept'}
    >>> settled([promise(1, 10, 400, "600.01")], {}, date(2026, 3, 12))
    {}
    >>> settled([promise(1, 10, 400, "600.01")], {}, date(2026, 3, 13))
    {1: 'broken'}

    Twice 500 promised, 500 paid: one is kept.

    >>> both = [promise(2, 20, 500, 500, [1]), promise(1, 10, 500, 500, [2])]
    >>> settled(both, {}, date(2026, 3, 5))
    {1: 'kept'}
    >>> settled(both[:1], {1: (date(2026, 3, 10), Decimal(500))}, date(2026, 3, 15))
    {}
    >>> paid = [promise(2, 20, 500, 0, [1])]
    >>> settled(paid, {1: (date(2026, 3, 10), Decimal(500))}, date(2026, 3, 15))
    {2: 'kept'}

    The earlier one was broken: what comes later is for the later one.

    >>> settled(both[:1], {}, date(2026, 3, 15))
    {2: 'kept'}
    """
    found, taken = {}, dict(kept)
    for one in sorted(promises, key=lambda one: (one.on, one.key)):
        ahead = sum(
            amount
            for key, (_day, amount) in taken.items()
            if key in one.beside and key != one.key
        )
        paid = one.before - one.left - ahead
        if paid >= one.amount:
            found[one.key] = "kept"
        elif today > one.until:
            found[one.key] = "broken"
            continue
        taken[one.key] = one.on, one.amount
    return found
