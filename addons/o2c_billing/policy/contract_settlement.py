"""What of a contract line was owed and not billed yet, or billed and not owed?

One subtraction: what the contract is worth (:mod:`contract_charge`), less what was
billed. A first bill, a missed night, an upgrade in the middle of a paid quarter and an
end that was agreed afterwards are therefore the same thing: what is left, positive or
negative. Asking twice leaves nothing.

>>> from datetime import date
>>> line = Line(date(2026, 1, 1), months=1, terms=(Terms(date(2026, 1, 1), 5, 59),))
>>> march = date(2026, 3, 1)
>>> bill = difference(line, owed(line, march), ())
>>> [f"{charge.first} {charge.quantity}" for charge in bill]
['2026-01-01 5', '2026-02-01 5', '2026-03-01 5']
>>> difference(line, owed(line, march), bill)
[]

From 15 March eight instead of five, for a month that was billed in advance:

>>> more = replace(line, terms=(*line.terms, Terms(date(2026, 3, 15), 8, 59)))
>>> [step] = difference(more, owed(more, march), bill)
>>> str(step.quantity), step.days, step.of, step.amount(2)
('3', 17, 31, Decimal('97.06'))

Ended on 10 March, said afterwards: the rest of the month comes back.

>>> short = replace(line, end=date(2026, 3, 10))
>>> [back] = difference(short, owed(short, march, billed=bill), bill)
>>> str(back.quantity), str(back.first), back.amount(2)
('-5', '2026-03-11', Decimal('-199.84'))
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

from .contract_charge import RECURRING, Charge, Line, Period, Terms, owed
from .contract_period import DAY


def difference(line, charges, billed):
    """What is owed and was not billed, or was billed and is not owed.

    :param charges: result of :func:`owed`
    :param billed: charges billed so far, with their prices
    :return: list of :class:`Charge`, credits before debits within a period
    """
    grouped = defaultdict(lambda: ([], []))
    for charge in charges:
        grouped[charge.period][0].append(charge)
    for charge in billed:
        grouped[charge.period][1].append(charge)
    left = []
    for period in sorted(grouped, key=lambda p: p.first):
        due, done = grouped[period]
        per_day = line.kind == RECURRING
        cut = _per_day(period, due, done) if per_day else _whole(period, due, done)
        left += sorted(cut, key=lambda charge: (charge.quantity > 0, charge.first))
    return left


def _per_day(period, due, done):
    """Compare day by day; days with the same outcome stay together."""
    cuts = sorted(
        {charge.first for charge in (*due, *done)}
        | {charge.last + DAY for charge in (*due, *done)}
    )
    runs = {}
    result = []
    for begin, after in zip(cuts, cuts[1:], strict=False):
        net = _net(
            [c for c in due if c.first <= begin <= c.last],
            [c for c in done if c.first <= begin <= c.last],
        )
        kept = {}
        for (price, discount), quantity in net.items():
            key = (price, discount, quantity)
            if key in runs:
                charge = replace(runs[key], last=after - DAY)
                result[result.index(runs[key])] = charge
            else:
                charge = Charge(period, begin, after - DAY, quantity, price, discount)
                result.append(charge)
            kept[key] = charge
        runs = kept
    return result


def _whole(period, due, done):
    """Compare the period as one: usage and what is charged once."""
    net = _net(due, done)
    span = due or done
    first = min(charge.first for charge in span)
    last = max(charge.last for charge in span)
    result = []
    for (price, discount), quantity in net.items():
        own = [c for c in due if (c.price, c.discount) == (price, discount)]
        result.append(
            Charge(
                period,
                own[0].first if own else first,
                own[-1].last if own else last,
                quantity,
                price,
                discount,
                prorated=False,
            )
        )
    return result


def _net(due, done):
    """Quantity left per price and discount.

    What was billed at an asked price stays at that price: the same quantity leaves
    nothing, less comes back at what was billed, more is asked anew.
    """
    net = defaultdict(Decimal)
    asked = any(charge.price is None for charge in due)
    for charge in done:
        net[charge.price, charge.discount] -= charge.quantity
    if asked:
        _net_asked(net, due)
    else:
        for charge in due:
            net[charge.price, charge.discount] += charge.quantity
    return {key: quantity for key, quantity in net.items() if quantity}


def _net_asked(net, due):
    """Set what is owed at an asked price off against what was billed, price by price.

    >>> from datetime import date
    >>> net = defaultdict(Decimal, {(Decimal(9), 0): Decimal(-5)})
    >>> month = Period(date(2026, 4, 1), date(2026, 4, 30))
    >>> _net_asked(net, [Charge(month, month.first, month.last, Decimal(7), None, 0)])
    >>> net[Decimal(9), 0], net[None, 0]
    (Decimal('0'), Decimal('2'))
    """
    for charge in due:
        wanted = charge.quantity
        for key in [
            key for key in net if key[1] == charge.discount and key[0] is not None
        ]:
            taken = min(wanted, -net[key])
            if taken > 0:
                net[key] += taken
                wanted -= taken
        if wanted:
            net[None, charge.discount] += wanted


__all__ = ["Line", "Period", "Terms", "difference", "owed"]
