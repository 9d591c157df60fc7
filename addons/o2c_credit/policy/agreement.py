"""Was an agreement about payment kept?

A line (one instalment of one invoice) that money came in for, but not all of it, was
short paid; when what is missing is the early-payment discount and the money came after
its last day, the discount was taken late. In the Netherlands a discount shown on the
invoice that is not used also changes the VAT, so it is told apart
(https://www.belastingdienst.nl, wet OB 1968 art. 29).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class PaidLine:
    """An instalment that money came in for and that is still partly open."""

    amount: Decimal
    residual: Decimal
    paid_on: date
    #: agreed early-payment discount in percent, and its last day
    discount: Decimal = Decimal(0)
    discount_until: date | None = None
    #: what the invoice itself offers, when it does: on the price, with or without VAT
    offered: Decimal | None = None


def breach_of(line):
    """What was not kept: "late_discount", "short_payment", or None.

    >>> from datetime import date
    >>> def paid(residual, day):
    ...     return PaidLine(Decimal(1000), Decimal(residual), date(2026, 3, day),
    ...                     Decimal(2), date(2026, 3, 10))
    >>> breach_of(paid("20.00", 11)), breach_of(paid("20.00", 10))
    ('late_discount', None)
    >>> breach_of(paid("20.02", 11)), breach_of(paid("0.05", 11))
    ('short_payment', None)
    >>> breach_of(PaidLine(Decimal(100), Decimal(60), date(2026, 3, 1)))
    'short_payment'

    The offer of the invoice counts before the agreed percentage of the whole amount:
    2 % of the price without VAT is another amount.

    >>> late = PaidLine(Decimal(1210), Decimal("20.00"), date(2026, 3, 11), Decimal(2),
    ...                 date(2026, 3, 10))
    >>> from dataclasses import replace
    >>> breach_of(late), breach_of(replace(late, offered=Decimal("20.00")))
    ('short_payment', 'late_discount')
    """
    if line.residual <= 5 * CENT:
        return None
    allowed = line.offered or (line.amount * line.discount / 100).quantize(CENT)
    if allowed and abs(line.residual - allowed) <= CENT:
        in_time = line.discount_until and line.paid_on <= line.discount_until
        return None if in_time else "late_discount"
    return "short_payment"
