"""Which credit note and which part of the payment settles which item.

The result says pair by pair what must be reconciled, so that the books show exactly
what the customer chose.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Settlement:
    """How a set of allocations is booked."""

    #: (credit note key, item key): set off as far as the credit note reaches
    credits: tuple = ()
    #: (item key, amount of the receivable line, discount within it)
    parts: tuple = ()

    @property
    def amount(self):
        """Money of the payment."""
        return sum((part - discount for _key, part, discount in self.parts), Decimal(0))


def settle(allocations):
    """Book credit notes first, in order, then money for what is left of each item.

    :param allocations: iterable with ``move_id``, ``number``, ``amount``, ``discount``

    >>> from .offer import Allocation
    >>> plan = settle([
    ...     Allocation(9, 1, Decimal(-120)),
    ...     Allocation(7, 1, Decimal(100)),
    ...     Allocation(8, 1, Decimal(50)),
    ... ])
    >>> plan.credits
    (((9, 1), (7, 1)), ((9, 1), (8, 1)))
    >>> plan.parts, plan.amount
    ((((8, 1), Decimal('30'), Decimal('0')),), Decimal('30'))
    >>> settle([Allocation(7, 1, Decimal(98), Decimal(2))]).parts
    (((7, 1), Decimal('100'), Decimal('2')),)
    """
    credits = [[_key(row), -row.amount] for row in allocations if row.amount < 0]
    pairs, parts = [], []
    for row in allocations:
        if row.amount <= 0:
            continue
        key, left = _key(row), row.amount + row.discount
        for credit in credits:
            if not credit[1] or not left:
                continue
            taken = min(credit[1], left)
            credit[1] -= taken
            left -= taken
            pairs.append((credit[0], key))
        if left:
            parts.append((key, left, row.discount))
    return Settlement(tuple(pairs), tuple(parts))


def _key(row):
    return (row.move_id, row.number)
