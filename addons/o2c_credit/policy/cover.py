"""What secures a debt besides the customer's word: insurance, guarantee, deposit.

House rules, after the usual conditions of Dutch credit insurers: an insurer covers
deliveries until the stop date he names, and none while the customer is overdue for
longer than the policy allows. Guarantees and deposits count while they are valid.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Cover:
    """One cover, its amount in the currency in which it is compared."""

    kind: str
    amount: Decimal
    date_from: date
    #: last day of validity; None: until further notice
    date_until: date | None = None
    #: last day of deliveries that the insurer covers
    stop_date: date | None = None
    #: longest overdue that the insurer accepts; 0: not agreed
    overdue_days: int = 0


def is_valid(cover, today):
    """Whether the cover exists on this day, whatever it still takes on.

    The last day is valid, the day after is not:

    >>> bank = Cover("guarantee", Decimal(500), date(2026, 1, 1), date(2026, 6, 30))
    >>> is_valid(bank, date(2026, 6, 30)), is_valid(bank, date(2026, 7, 1))
    (True, False)
    >>> is_valid(bank, date(2025, 12, 31)), is_valid(bank, date(2026, 1, 1))
    (False, True)
    """
    return cover.date_from <= today and (
        cover.date_until is None or today <= cover.date_until
    )


def for_new_orders(cover, today, overdue_days=0):
    """What the cover is worth for an order of this day.

    :param overdue_days: age of the customer's oldest item past due that counts

    On the stop date a delivery is covered, after it none is:

    >>> insured = Cover("insurance", Decimal(500), date(2026, 1, 1),
    ...                 stop_date=date(2026, 3, 31), overdue_days=60)
    >>> for_new_orders(insured, date(2026, 3, 31))
    Decimal('500')
    >>> for_new_orders(insured, date(2026, 4, 1))
    Decimal('0')

    Sixty days overdue is covered, sixty-one is not:

    >>> for_new_orders(insured, date(2026, 3, 1), 60)
    Decimal('500')
    >>> for_new_orders(insured, date(2026, 3, 1), 61)
    Decimal('0')

    A guarantee or a deposit does not mind how late the customer is:

    >>> deposit = Cover("deposit", Decimal(200), date(2026, 1, 1))
    >>> for_new_orders(deposit, date(2030, 1, 1), 400)
    Decimal('200')
    """
    if not is_valid(cover, today):
        return ZERO
    if cover.stop_date and today > cover.stop_date:
        return ZERO
    if cover.overdue_days and overdue_days > cover.overdue_days:
        return ZERO
    return cover.amount


def total_for_new_orders(covers, today, overdue_days=0):
    """The sum of what several covers are worth for an order of this day.

    >>> one = Cover("deposit", Decimal(200), date(2026, 1, 1))
    >>> two = Cover("guarantee", Decimal(300), date(2026, 1, 1), date(2026, 1, 31))
    >>> total_for_new_orders([one, two], date(2026, 1, 31))
    Decimal('500')
    >>> total_for_new_orders([one, two], date(2026, 2, 1))
    Decimal('200')
    >>> total_for_new_orders([], date(2026, 2, 1))
    Decimal('0')
    """
    return sum((for_new_orders(cover, today, overdue_days) for cover in covers), ZERO)
