"""What is late of a payment plan, told per invoice, so that a list adds up."""

from decimal import Decimal


def shares(late: Decimal, parts) -> dict:
    """The late amount over the invoices, in the order in which money is booked.

    :param late: what is late of the instalments
    :param parts: iterable of (invoice, what is open of it)

    >>> parts = [("A", Decimal(100)), ("B", Decimal(50)), ("A", Decimal(20))]
    >>> {name: int(part) for name, part in shares(Decimal(160), parts).items()}
    {'A': 110, 'B': 50}
    >>> shares(Decimal(100), parts), shares(Decimal(0), parts)
    ({'A': Decimal('100')}, {})

    More than is open is late of nothing.

    >>> sum(shares(Decimal(200), parts).values())
    Decimal('170')
    """
    found = {}
    for invoice, left in parts:
        part = min(late, left)
        if part > 0:
            found[invoice] = found.get(invoice, Decimal(0)) + part
            late -= part
    return found
