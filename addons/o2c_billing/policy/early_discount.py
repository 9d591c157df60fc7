"""Early payment discount: until which day does it hold, and was it taken rightly?

What is offered is an agreement between the parties. The VAT follows the offer in one of
three ways, as the payment term says: the discount lowers the VAT when it is taken
(included: art. 29 Wet OB 1968), it does not touch the VAT (excluded), or the VAT was
charged on the lower price from the start (mixed, as in Belgium).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

IN_TIME, LATE, NOT_TAKEN = "in_time", "late", "not_taken"
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Payment:
    """An invoice with a discount, after money came in.

    :param open: what is still open
    :param discount: what may be deducted
    :param until: last day of the offer, in the seller's calendar
    :param paid_on: day of the last payment, in the seller's calendar
    """

    open: Decimal
    discount: Decimal
    until: date | None
    paid_on: date
    tolerance_days: int = 0


def taken(payment):
    """Was the discount taken, and in time?

    >>> D, day = Decimal, date(2026, 3, 10)
    >>> def paid(open, on, tolerance=0):
    ...     return taken(Payment(D(open), D("2.42"), day, on, tolerance))
    >>> paid("2.42", date(2026, 3, 10)), paid("2.42", date(2026, 3, 11))
    ('in_time', 'late')

    A tolerance is for the days that a bank takes:

    >>> paid("2.42", date(2026, 3, 12), 2), paid("2.42", date(2026, 3, 13), 2)
    ('in_time', 'late')

    Only exactly the discount counts; anything else open is a part not paid.

    >>> paid("2.43", date(2026, 3, 9)), paid("0", date(2026, 3, 9))
    ('not_taken', 'not_taken')
    """
    if not payment.until or payment.discount <= 0 or payment.open != payment.discount:
        return NOT_TAKEN
    last = payment.until + timedelta(days=max(payment.tolerance_days, 0))
    return IN_TIME if payment.paid_on <= last else LATE


def counted_on(day, tolerance_days):
    """The day that a bank payment counts for when the tolerance is taken off.

    >>> counted_on(date(2026, 3, 12), 2), counted_on(date(2026, 3, 1), 0)
    (datetime.date(2026, 3, 10), datetime.date(2026, 3, 1))
    """
    return day - timedelta(days=max(tolerance_days, 0))


def skonto(words, days, percent, base=None):
    """The discount in the structured form of XRechnung (BR-DE-18), after the words.

    Each structured line ends with a line break.

    >>> skonto("2 % in 10 Tagen", 10, 2.0)
    '2 % in 10 Tagen\\n#SKONTO#TAGE=10#PROZENT=2.00#\\n'
    >>> skonto("", 7, 3, 1000)
    '#SKONTO#TAGE=7#PROZENT=3.00#BASISBETRAG=1000.00#\\n'
    """
    parts = [f"TAGE={days:d}", f"PROZENT={percent:.2f}"]
    if base is not None:
        parts.append(f"BASISBETRAG={base:.2f}")
    text = words.replace("#", "")
    return (f"{text}\n" if text else "") + f"#SKONTO#{'#'.join(parts)}#\n"
