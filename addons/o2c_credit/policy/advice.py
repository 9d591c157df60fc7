"""Which limit does the credit policy advise, and does it differ enough to say so?

House rules, not law: a rated customer gets a number of months of his own sales, one who
was not rated yet the start limit of his row. What comes out is only ever a proposal: a
person decides (GDPR art. 22, https://eur-lex.europa.eu/eli/reg/2016/679/art_22/oj).
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
#: Limits are round figures.
STEP = Decimal(100)


@dataclass(frozen=True)
class Advice:
    """A limit that differs enough from the present one."""

    kind: str
    amount: Decimal = ZERO
    #: sales per month behind it; zero for a start limit
    monthly: Decimal = ZERO
    #: how much more (or less) the customer could order
    difference: Decimal = ZERO


def rounded(amount):
    """To whole hundreds; half goes up.

    >>> rounded(Decimal("149.99")), rounded(Decimal(150)), rounded(Decimal(49))
    (Decimal('100'), Decimal('200'), Decimal('0'))
    """
    return (amount / STEP).quantize(Decimal(1), ROUND_HALF_UP) * STEP


def advise(rated, factor, start, sales_year, kind, present, margin):
    """The limit that the policy asks for, or None when nothing has to be said.

    :param bool rated: the customer has a grade
    :param Decimal factor: months of sales; zero means cash only
    :param Decimal start: start limit of who was not rated yet; zero advises nothing
    :param Decimal sales_year: invoiced in the last year
    :param str kind: present limit: none, cash or amount
    :param Decimal present: its amount
    :param Decimal margin: percent of the present limit that is not worth a word

    Twelve thousand a year is a thousand a month:

    >>> advise(True, Decimal(2), ZERO, Decimal(12000), "none", ZERO, Decimal(25))
    ... # doctest: +ELLIPSIS
    Advice(kind='amount', amount=Decimal('2000'), monthly=Decimal('1000.00'), ...)

    Exactly the margin is not worth a word, one cent of margin less is:

    >>> year = Decimal(15000)
    >>> advise(True, Decimal(2), ZERO, year, "amount", Decimal(2000), Decimal(25))
    >>> advise(
    ...     True, Decimal(2), ZERO, year, "amount", Decimal(2000), Decimal("24.99")
    ... ).amount
    Decimal('2500')

    A customer who bought nothing for a year is not punished for it:

    >>> advise(True, Decimal(2), ZERO, ZERO, "amount", Decimal(2000), ZERO)

    Factor zero is cash only, and said once:

    >>> advise(True, ZERO, ZERO, year, "amount", Decimal(2000), Decimal(25)).kind
    'cash'
    >>> advise(True, ZERO, ZERO, year, "cash", ZERO, Decimal(25))

    A new customer gets his start limit when nobody set one:

    >>> advise(False, Decimal(1), Decimal(500), ZERO, "none", ZERO, ZERO).amount
    Decimal('500')
    >>> advise(False, Decimal(1), Decimal(500), ZERO, "amount", Decimal(90), ZERO)
    >>> advise(False, Decimal(1), ZERO, ZERO, "none", ZERO, ZERO)
    """
    if not rated:
        if kind != "none" or start <= ZERO:
            return None
        return Advice("amount", start, difference=start)
    now = present if kind == "amount" else ZERO
    if factor <= ZERO:
        return None if kind == "cash" else Advice("cash", difference=-now)
    monthly = (sales_year / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    amount = rounded(monthly * factor)
    if amount <= ZERO:
        return None
    difference = amount - now
    if kind == "amount" and abs(difference) * 100 <= now * margin:
        return None
    return Advice("amount", amount, monthly, difference)
