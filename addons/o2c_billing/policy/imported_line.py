"""Which lines of an imported document would not give the amounts that it states?

A file states each line's amount to the cent. Quantity, price and a discount that is
read as a percentage do not always lead back to it; then the price must carry the
amount.
EN 16931 BR-CO-10: the total is the sum of the stated amounts.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
#: Sums this far from what is stated may round to another cent in the books.
NEARLY_HALF = Decimal("0.004")


@dataclass(frozen=True)
class Line:
    """A line as it was read; prices without VAT."""

    quantity: Decimal
    price: Decimal
    discount: Decimal
    stated: Decimal

    @property
    def gives(self):
        """What our books would make of it, before rounding."""
        return self.quantity * self.price * (1 - self.discount / 100)


def _round(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def off(lines, globally=False, bent=()):
    """Positions of the lines whose price must be set from the stated amount.

    >>> D = Decimal
    >>> fine = Line(D(3), D("3.33"), D(0), D("9.99"))
    >>> bent = Line(D(3), D("19.99"), D("33.335"), D("39.99"))
    >>> off([fine, bent])
    [1]

    A company that rounds the total only: nothing, or all of them, because fractions of
    cents of the others add up as well.

    >>> third = Line(D(1), D("0.333"), D(0), D("0.33"))
    >>> off([third] * 2, globally=True)
    [0, 1]
    >>> off([fine, third], globally=True)
    []

    A line that is bent already, by a charge of its own, always carries its amount, also
    where the others are added up:

    >>> off([fine, fine], bent={1})
    [1]
    >>> half = Line(D("-5.5"), D("9.99"), D(0), D("-54.95"))
    >>> cent = Line(D(11), D("9.99"), D(0), D("109.90"))
    >>> off([half, cent], globally=True, bent={1})
    [0, 1]

    A line without a quantity cannot carry an amount:

    >>> off([Line(D(0), D(5), D(0), D(5))])
    []
    """
    able = [position for position, line in enumerate(lines) if line.quantity]
    if globally:
        apart = sum(lines[at].gives - lines[at].stated for at in able if at not in bent)
        return able if abs(apart) >= NEARLY_HALF else [at for at in able if at in bent]
    return [
        at for at in able if at in bent or _round(lines[at].gives) != lines[at].stated
    ]
