"""What the amount of a pay page leaves out, summed by reason.

Who transfers what the page asks sees what of his debt stays open, and why. What he
unticked himself although it is due is his own choice: he is not told.
"""

from decimal import Decimal

DISPUTED = "disputed"
PAYING = "paying"
BLOCKED = "blocked"
PROMISED = "promised"
PLANNED = "planned"
NOT_DUE = "not_due"
#: In the order in which they are told.
REASONS = (DISPUTED, BLOCKED, PAYING, PROMISED, PLANNED, NOT_DUE)


def left_out(now, why, allocations, planned, today):
    """Amount per reason, in the order of :data:`REASONS`; reasons without one fall out.

    :param now: ``offer.Offer``
    :param why: dict of (invoice id, number) to the reason why an item waits
    :param allocations: what is paid, of ``offer.Choice``
    :param planned: ids of invoices in a payment plan that runs
    :param today: what falls due later is not due yet

    >>> from datetime import date
    >>> from .offer import Item, choose, offer
    >>> day, later = date(2026, 3, 1), date(2026, 3, 2)
    >>> def item(move, amount, due=day, **more):
    ...     return Item(move, 1, due, Decimal(amount), Decimal(amount), **more)
    >>> now = offer(
    ...     [
    ...         item(1, 100, aside=Decimal(30)),
    ...         item(2, 50, aside=Decimal(50)),
    ...         item(3, 40),
    ...         item(4, 600, later),
    ...         item(5, 7, later),
    ...         item(6, 9),
    ...     ],
    ...     under_way={3},
    ... )
    >>> why = {(2, 1): DISPUTED, (3, 1): PAYING}
    >>> def told(keys, amount=None):
    ...     rows = choose(now, keys, amount).allocations
    ...     found = left_out(now, why, rows, {4}, day)
    ...     return {reason: int(amount) for reason, amount in found.items()}
    >>> told([(1, 1), (6, 1)])
    {'disputed': 80, 'paying': 40, 'planned': 600, 'not_due': 7}

    All of it is asked; of a plan an instalment; a due one that he unticked:

    >>> told(None), told([(4, 1)], "150")["planned"], told([(1, 1)]) == told([(6, 1)])
    ({'disputed': 80, 'paying': 40}, 450, True)

    The boundary: what falls due today is due.

    >>> left_out(offer([item(7, 5)]), {}, (), (), day)
    {}
    """
    paid = {(row.move_id, row.number): row.amount + row.discount for row in allocations}
    sums = dict.fromkeys(REASONS, Decimal(0))
    for item in now.waiting:
        sums[why[item.key]] += item.open
    for item in now.payable:
        sums[DISPUTED] += item.aside
        if item.move_id in planned:
            sums[PLANNED] += item.asked - paid.get(item.key, Decimal(0))
        elif item.key not in paid and item.due and item.due > today:
            sums[NOT_DUE] += item.asked
    return {reason: amount for reason, amount in sums.items() if amount > 0}
