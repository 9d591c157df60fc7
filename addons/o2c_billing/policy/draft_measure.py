"""What a draft is measured by: price, margin, share, limit."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO, HUNDRED = Decimal(0), Decimal(100)


@dataclass(frozen=True)
class Line:
    """A line whose price can be judged, per unit and without VAT where it is ours.

    ``agreed`` and ``price`` are in the currency of the document, ``net`` and ``cost``
    in that of the company; None: not known.
    """

    quantity: Decimal = Decimal(1)
    price: Decimal | None = None
    agreed: Decimal | None = None
    net: Decimal | None = None
    cost: Decimal | None = None
    rate: Decimal = Decimal(1)


def deviation(lines, in_money):
    """How far are the prices from what was agreed, up or down?

    In percent the line that is furthest off counts; in money all lines together, so
    that many small differences show:

    >>> lines = [Line(Decimal(10), Decimal(95), Decimal(100)),
    ...          Line(Decimal(1), Decimal(22), Decimal(20))]
    >>> deviation(lines, in_money=False), deviation(lines, in_money=True)
    (Decimal('10.00'), Decimal('52.00'))

    A price where nothing was agreed cannot be off; one that was to be free is wholly:

    >>> deviation([Line(price=Decimal(5))], in_money=False)
    Decimal('0')
    >>> deviation([Line(price=Decimal(5), agreed=Decimal(0))], in_money=False)
    Decimal('100.00')
    """
    known = [one for one in lines if one.agreed is not None and one.price is not None]
    off = [_off_in_money(one) if in_money else _off_in_percent(one) for one in known]
    return (sum(off, ZERO) if in_money else max(off, default=ZERO)) if off else ZERO


def _off_in_money(line):
    return _cents(abs((line.price - line.agreed) * line.quantity) * line.rate)


def _off_in_percent(line):
    off = abs(line.price - line.agreed)
    if not off:
        return ZERO
    return _cents(off / abs(line.agreed) * HUNDRED) if line.agreed else _cents(HUNDRED)


def lowest_margin(lines):
    """Percent over cost of the line that earns least; None when no cost is known.

    >>> lowest_margin([Line(net=Decimal(120), cost=Decimal(100)),
    ...                Line(net=Decimal(90), cost=Decimal(100))])
    Decimal('-10.00')
    >>> lowest_margin([Line(net=Decimal(120), cost=Decimal(0))]) is None
    True
    """
    margins = [
        _cents((one.net - one.cost) / one.cost * HUNDRED)
        for one in lines
        if one.cost and one.net is not None
    ]
    return min(margins, default=None)


def share(part, whole):
    """Percent that a part is of the whole.

    >>> share(Decimal(80), Decimal(121)), share(Decimal(5), Decimal(0))
    (Decimal('66.12'), Decimal('100.00'))
    >>> share(Decimal(0), Decimal(0))
    Decimal('0')
    """
    if not part:
        return ZERO
    return _cents(abs(part / whole) * HUNDRED) if whole else _cents(HUNDRED)


def over_limit(headroom, drafts):
    """Which of a customer's drafts carry him over his limit, and how far?

    Drafts count in the order they were made: the first ones fit, so they go; only what
    does not fit any more waits. ``headroom`` is what is left when all drafts count
    already.

    >>> over_limit(Decimal(-300), [(1, Decimal(500)), (2, Decimal(400))])
    {1: Decimal('0'), 2: Decimal('300')}
    >>> over_limit(Decimal(0), [(1, Decimal(500))])
    {1: Decimal('0')}

    Over already, every draft makes it worse:

    >>> over_limit(Decimal(-1000), [(1, Decimal(500))])
    {1: Decimal('1000')}

    :param headroom: what is left of the limit, all drafts counted; None: no limit
    :param drafts: (id, amount) in the order they were made
    :return: dict of id to how much over
    """
    if headroom is None:
        return {}
    left = headroom + sum((amount for _key, amount in drafts), ZERO)
    over = {}
    for key, amount in drafts:
        left -= amount
        over[key] = max(-left, ZERO)
    return over


def _cents(number):
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
