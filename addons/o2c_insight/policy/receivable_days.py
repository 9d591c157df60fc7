"""Days sales outstanding and its kin: what the figures on receivables mean.

Amounts are :class:`~decimal.Decimal` in one currency, VAT included on both sides: what
customers owe includes it too. A figure that has no meaning (no sales, nothing to
collect) is None, never 0.
"""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Month:
    """The sales of one calendar month."""

    days: int
    sales: Decimal


def simple(receivables, months):
    """End receivables / sales of the period x days of the period.

    :param Decimal receivables: at the end of the period, unapplied credit taken off
    :param months: the :class:`Month` objects of the period
    :return: days, or None without sales

    € 120,000 open after a quarter of 92 days in which € 300,000 was sold:

    >>> quarter = [Month(30, Decimal(90000)), Month(31, Decimal(100000)),
    ...            Month(31, Decimal(110000))]
    >>> simple(Decimal(120000), quarter)
    Decimal('36.8')

    Nobody bought: there is no such number.

    >>> simple(Decimal(120000), [Month(31, Decimal(0))])
    >>> simple(Decimal(0), [Month(31, Decimal(5000))])
    Decimal('0.0')
    """
    sales = sum((month.sales for month in months), ZERO)
    days = sum(month.days for month in months)
    if sales <= 0:
        return None
    return (receivables / sales * days).quantize(TENTH)


def countback(receivables, months):
    """Take the newest month's sales off the receivables and count its days; go back
    until the rest fits into a month, of which only that share counts.

    It follows sales that go up and down with the season, where :func:`simple` jumps.

    :param Decimal receivables: at the end of the newest month
    :param months: :class:`Month` objects, newest first
    :return: days; of the months given at most, then it is a lower bound. None when
        nobody bought in all of them

    € 150,000 open; November sold € 100,000 (30 days), October € 80,000 (31 days). All
    of November and 50/80 of October are not paid: 30 + 19.4 days.

    >>> newest_first = [Month(30, Decimal(100000)), Month(31, Decimal(80000))]
    >>> countback(Decimal(150000), newest_first)
    Decimal('49.4')

    Exactly one month; nothing open; more open than was sold:

    >>> countback(Decimal(100000), newest_first)
    Decimal('30.0')
    >>> countback(Decimal(0), newest_first)
    Decimal('0.0')
    >>> countback(Decimal(500000), newest_first)
    Decimal('61.0')

    A month without sales counts whole: what is open is older.

    >>> countback(Decimal(40000), [Month(31, Decimal(0)), Month(31, Decimal(80000))])
    Decimal('46.5')
    >>> countback(Decimal(40000), [Month(31, Decimal(0))])
    """
    if not any(month.sales > 0 for month in months):
        return None
    left, days = max(receivables, ZERO), ZERO
    for month in months:
        if left <= 0:
            break
        sales = max(month.sales, ZERO)
        if left < sales:
            days += left / sales * month.days
            left = ZERO
        else:
            days += month.days
            left -= sales
    return days.quantize(TENTH)


def delinquent(outstanding, best):
    """Average days delinquent: DSO minus best possible DSO.

    Best possible DSO is :func:`simple` of what is not due yet: what it would be if
    everybody paid on the due date.

    >>> delinquent(Decimal("36.8"), Decimal("28.5"))
    Decimal('8.3')
    >>> delinquent(None, Decimal("28.5"))
    """
    if outstanding is None or best is None:
        return None
    return outstanding - best


def effectiveness(opening, sales, closing, closing_not_due):
    """Collection effectiveness index: of what could be collected, the % that was.

    (opening + sales - closing) / (opening + sales - closing that is not due) x 100.

    :return: percentage, or None when there was nothing to collect

    >>> effectiveness(Decimal(80000), Decimal(100000), Decimal(90000), Decimal(60000))
    Decimal('75.0')
    >>> effectiveness(Decimal(80000), Decimal(100000), Decimal(60000), Decimal(60000))
    Decimal('100.0')
    >>> effectiveness(Decimal(0), Decimal(100000), Decimal(100000), Decimal(100000))
    """
    could = opening + sales - closing_not_due
    if could <= 0:
        return None
    return ((opening + sales - closing) / could * 100).quantize(TENTH)


def share(part, whole):
    """A part in % of the whole, or None when there is nothing to compare with.

    >>> share(Decimal(25), Decimal(200))
    Decimal('12.5')
    >>> share(Decimal(25), Decimal(0))
    """
    return (part / whole * 100).quantize(TENTH) if whole > 0 else None
