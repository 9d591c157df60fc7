"""How much of an order is asked up front, to the cent, and of whom no more.

Of a consumer no more than half the price may be asked in advance by general terms:
art. 7:26(2) BW (https://wetten.overheid.nl/BWBR0005290). A customer who gets nothing on
account and may not be asked for all of it is a question for a person: asking is law,
delivering the other half on account is a promise that no rule of the house makes.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")
HELD = ("hold", "stop")
#: Reasons that lie with the amount of the order.
AMOUNT_CODES = ("cash_only", "over_limit", "group_limit")


def part_of(order, share):
    """A part of an order as Odoo asks it on the quotation: half a cent goes up.

    >>> part_of(Decimal("470.69"), Decimal("0.5"))
    Decimal('235.35')
    >>> part_of(Decimal("470.68"), Decimal("0.5"))
    Decimal('235.34')
    >>> part_of(Decimal("0.01"), Decimal("0.49"))
    Decimal('0.00')
    """
    return (order * share).quantize(CENT, ROUND_HALF_UP)


def left_to_ask(order, most, came):
    """What may still be asked up front after what came already.

    >>> left_to_ask(Decimal("470.69"), Decimal("0.5"), ZERO)
    Decimal('235.35')
    >>> left_to_ask(Decimal("470.69"), Decimal("0.5"), Decimal("235.34"))
    Decimal('0.01')
    >>> left_to_ask(Decimal("470.69"), Decimal("0.5"), Decimal("235.36"))
    Decimal('0')
    """
    return max(part_of(order, most) - came, ZERO)


def strictest(reasons):
    """Of two amounts that are asked up front only the one that counts.

    >>> from .credit_decision import Reason
    >>> def codes(*reasons):
    ...     return [reason.code for reason in strictest(reasons)]
    >>> advance = Reason("down_payment", "hold", Decimal(50))

    Who pays all of it pays the advance with it, to the cent:

    >>> codes(Reason("cash_only", "hold", Decimal(100)), advance)
    ['cash_only']
    >>> codes(Reason("over_limit", "hold", Decimal(50)), advance)
    ['over_limit']
    >>> codes(Reason("over_limit", "hold", Decimal("49.99")), advance)
    ['over_limit', 'down_payment']

    Where the amount only warns, the advance is what holds it:

    >>> codes(Reason("cash_only", "warn", Decimal(100)), advance)
    ['down_payment']
    """
    advance = next((one for one in reasons if one.code == "down_payment"), None)
    if not advance:
        return list(reasons)
    if any(
        one.code in AMOUNT_CODES
        and one.verdict in HELD
        and one.amount >= advance.amount
        for one in reasons
    ):
        return [one for one in reasons if one is not advance]
    return [one for one in reasons if one.code != "cash_only" or one.verdict == "stop"]


def asked_at_most(reasons, may_ask):
    """Who pays up front reads the amount that he may be asked for.

    >>> from .credit_decision import Reason
    >>> (one,) = asked_at_most([Reason("cash_only", "hold", Decimal(100))], Decimal(50))
    >>> one.code, one.amount
    ('cash_only', Decimal('50'))

    When all of that was paid, the rest is what it is about:

    >>> asked_at_most([Reason("cash_only", "hold", Decimal(50))], ZERO)[0].amount
    Decimal('50')
    """
    return [
        replace(one, amount=may_ask)
        if one.code == "cash_only" and ZERO < may_ask < one.amount
        else one
        for one in reasons
    ]
