"""Amounts of an invoice in whole cents, rounded per line and half up.

The demo company rounds VAT per line. All amounts are integers, so that nothing
depends on binary fractions.
"""

from fractions import Fraction


def half_up(value):
    """Nearest whole number; a half goes away from zero.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(-5, 2)), half_up(Fraction(12, 5))
    (3, -3, 2)
    """
    sign = -1 if value < 0 else 1
    return sign * (
        (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    )


def line_cents(price, quantity, discount=0, rate=1):
    """Amount of a line without VAT.

    :param int price: unit price in cents of the company's currency
    :param int quantity: whole units
    :param int discount: percent
    :param rate: units of the document's currency for one of the company's
    :return: cents in the document's currency

    >>> line_cents(295, 120, 10)
    31860
    >>> line_cents(1840, 7, 0, Fraction("1.0703"))
    13785
    """
    if rate == 1:
        whole, rest = divmod(price * quantity * (100 - discount), 100)
        return whole + (rest >= 50)
    return half_up(Fraction(price * quantity * (100 - discount), 100) * rate)


def tax_cents(base, percent):
    """VAT over a line.

    >>> tax_cents(31860, 9), tax_cents(50, 21), tax_cents(1250, 0)
    (2867, 11, 0)
    """
    whole, rest = divmod(base * percent, 100)
    return whole + (rest >= 50)


def instalments(total, shares):
    """Split an amount over percentages; the last one takes what is left.

    >>> instalments(30493, [50, 50])
    [15247, 15246]
    >>> instalments(30493, [100])
    [30493]
    """
    found = []
    for share in shares[:-1]:
        whole, rest = divmod(total * share, 100)
        found.append(whole + (rest >= 50))
    return found + [total - sum(found)]
