"""How an invoice that is too much at once may be spread."""

from decimal import ROUND_CEILING, Decimal

HUNDRED = Decimal(100)
#: Advance shares are rounded up to this many percent, so that few terms are needed.
STEP = Decimal(5)


def advance_percent(missing, total):
    """Percentage of an invoice to be paid at once, so that what is missing is there.

    >>> advance_percent(Decimal("421"), Decimal(1000))
    Decimal('45')
    >>> advance_percent(Decimal("400"), Decimal(1000))
    Decimal('40')
    >>> advance_percent(Decimal("1200"), Decimal(1000))
    Decimal('100')

    Nothing is missing, or nothing is asked:

    >>> advance_percent(Decimal(0), Decimal(1000))
    Decimal('0')
    >>> advance_percent(Decimal(5), Decimal(0))
    Decimal('0')
    """
    if missing <= 0 or total <= 0:
        return Decimal(0)
    steps = (missing / total * HUNDRED / STEP).to_integral_value(ROUND_CEILING)
    return min(steps * STEP, HUNDRED)


def equal_shares(count):
    """Percentages of so many instalments; the last one takes what rounding leaves.

    >>> equal_shares(3)
    (Decimal('33.33'), Decimal('33.33'), Decimal('33.34'))
    >>> sum(equal_shares(7))
    Decimal('100.00')
    >>> equal_shares(1)
    (Decimal('100.00'),)
    """
    share = (HUNDRED / count).quantize(Decimal("0.01"), "ROUND_FLOOR")
    return (share,) * (count - 1) + (HUNDRED - share * (count - 1),)
