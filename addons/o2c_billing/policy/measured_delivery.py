"""What is new of a quantity that Odoo works out itself?

Timesheets, milestones of a project and costs that are charged on have no moment at
which somebody says "delivered": Odoo sums them up whenever they change. So once a
night the sum is compared with what was there before billing began (the *baseline*)
and with what was told to the queue since. What was invoiced, by whomever, plays no
part here: the books bound it when the event becomes an invoice line (``billable``), so
that an order that was credited is not invoiced again.
"""

from decimal import Decimal


def baseline(agreed, start, before):
    """The quantity that is not ours to invoice, for a line seen for the first time.

    What was agreed on or after the start date is ours from its first hour. Of what was
    agreed before, everything that lay there the day before belongs to the backlog.

    :param date agreed: day on which the order was confirmed or, when that is later, on
        which the line was added
    :param date start: first day of which deliveries are invoiced
    :param Decimal before: quantity at the end of the day before ``start``, or what is
        there now, where nobody remembers

    >>> from datetime import date
    >>> start = date(2026, 3, 2)
    >>> baseline(date(2026, 3, 1), start, Decimal(40))
    Decimal('40')
    >>> baseline(date(2026, 3, 2), start, Decimal(40))
    Decimal('0')
    """
    return Decimal(0) if agreed >= start else before


def difference(delivered, base, told):
    """What the queue does not know yet; negative when hours or milestones went away.

    :param told: sum of all events of the line so far, in whatever state

    >>> difference(Decimal(52), Decimal(40), Decimal(8))
    Decimal('4')
    >>> difference(Decimal(52), Decimal(40), Decimal(12))
    Decimal('0')

    Two hours are taken off again after they were invoiced; and less than the baseline
    is left, which takes back what was told and never more:

    >>> difference(Decimal(50), Decimal(40), Decimal(12))
    Decimal('-2')
    >>> difference(Decimal(35), Decimal(40), Decimal(12))
    Decimal('-12')
    >>> difference(Decimal(35), Decimal(40), Decimal(0))
    Decimal('0')
    """
    own = delivered - base
    if base > 0:
        own = max(own, Decimal(0))
    return own - told
