"""What may be invoiced of what was delivered?

Three quantities decide: what the events of an order line report as newly delivered,
what the books still have to invoice, and nothing else. Old backlog stays out, because
no event speaks of it; what was invoiced and credited stays out, because its event is
spent; what somebody invoiced by hand in the meantime is not invoiced twice, because the
books know.
"""

from dataclasses import dataclass
from decimal import Decimal

BILL, NOTHING_LEFT, CANCELLED = "bill", "invoiced", "cancelled"


@dataclass(frozen=True)
class Billable:
    """What happens to the waiting events of one order line."""

    code: str
    quantity: Decimal = Decimal(0)


def billable(reported, open_quantity, confirmed=True):
    """Decide about one order line.

    :param reported: sum of the waiting events, returns negative
    :param open_quantity: what the books still have to invoice for the line
    :param confirmed: the order is (still) confirmed

    Ten delivered, nothing invoiced, and fifteen when five more lie in the backlog:

    >>> billable(Decimal(10), Decimal(10))
    Billable(code='bill', quantity=Decimal('10'))
    >>> billable(Decimal(10), Decimal(15)).quantity
    Decimal('10')

    Invoiced by hand, partly or in full:

    >>> billable(Decimal(10), Decimal(4)).quantity
    Decimal('4')
    >>> billable(Decimal(10), Decimal(0))
    Billable(code='invoiced', quantity=Decimal('0'))

    Delivered and brought back before anything was invoiced; brought back afterwards,
    which becomes a credit line; brought back after a person credited it already:

    >>> billable(Decimal(0), Decimal(0)).code
    'invoiced'
    >>> billable(Decimal(-2), Decimal(-2)).quantity
    Decimal('-2')
    >>> billable(Decimal(-2), Decimal(0)).code, billable(Decimal(-2), Decimal(3)).code
    ('invoiced', 'invoiced')

    >>> billable(Decimal(10), Decimal(10), confirmed=False).code
    'cancelled'
    """
    if not confirmed:
        return Billable(CANCELLED)
    if reported < 0:
        quantity = min(Decimal(0), max(reported, open_quantity))
    else:
        quantity = max(Decimal(0), min(reported, open_quantity))
    return Billable(BILL, quantity) if quantity else Billable(NOTHING_LEFT)
