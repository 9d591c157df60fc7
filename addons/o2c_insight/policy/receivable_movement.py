"""How receivables moved in a period, so that an auditor can add it up."""

from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)
#: Kinds of movement, in the order of the statement.
KINDS = ("invoiced", "credited", "paid", "written_off", "exchange", "other")


@dataclass(frozen=True, slots=True)
class Entry:
    """What an entry on a receivable account is, as far as the ledger tells."""

    move_type: str
    #: made by a write-off, or the reversal of such an entry
    write_off: bool = False
    #: booked for a difference of exchange
    exchange: bool = False
    #: a bank or cash line, or a registered payment
    money: bool = False


def kind(entry):
    """The kind of movement of an entry; everything has exactly one.

    >>> [kind(Entry(one)) for one in ("out_invoice", "out_receipt", "out_refund")]
    ['invoiced', 'invoiced', 'credited']
    >>> kind(Entry("entry", money=True)), kind(Entry("entry", write_off=True))
    ('paid', 'written_off')

    An exchange difference in a bank journal is no payment; an opening balance is other:

    >>> kind(Entry("entry", exchange=True, money=True)), kind(Entry("entry"))
    ('exchange', 'other')
    >>> kind(Entry("in_invoice"))
    'other'
    """
    if entry.move_type in ("out_invoice", "out_receipt"):
        return "invoiced"
    if entry.move_type == "out_refund":
        return "credited"
    if entry.exchange:
        return "exchange"
    if entry.write_off:
        return "written_off"
    return "paid" if entry.money else "other"


@dataclass(frozen=True, slots=True)
class Statement:
    """Opening, movements per kind and closing of the receivable accounts.

    Opening 100, invoiced 1,000, credited 50, paid 700 (of which 3 in discounts), an
    exchange loss of 2: 348 on the accounts. The list of open items says 340, because a
    line of 8 names no customer.

    >>> one = Statement(Decimal(100), Decimal(348), Decimal(340),
    ...     {"invoiced": Decimal(1000), "credited": Decimal(-50), "paid": Decimal(-700),
    ...      "exchange": Decimal(-2)}, discounts=Decimal(-3), nameless=Decimal(8))
    >>> one.moved, one.unexplained, one.money, one.items_unexplained
    (Decimal('248'), Decimal('0'), Decimal('-697'), Decimal('0'))

    A cent that nobody explains is shown, not rounded away:

    >>> Statement(ZERO, Decimal("0.01"), ZERO, {}).unexplained
    Decimal('0.01')
    """

    opening: Decimal
    closing: Decimal
    #: sum of the open items on the last day
    items: Decimal
    movements: dict[str, Decimal] = field(default_factory=dict)
    #: part of what is "paid" that was booked as cost, income or VAT
    discounts: Decimal = ZERO
    #: balance of lines without a customer, which no list of items shows
    nameless: Decimal = ZERO

    @property
    def moved(self):
        """All movements of the period."""
        return sum(self.movements.values(), ZERO)

    @property
    def money(self):
        """What really came in."""
        return self.movements.get("paid", ZERO) - self.discounts

    @property
    def unexplained(self):
        """What the accounts say beyond opening and movements: nothing, normally."""
        return self.closing - self.opening - self.moved

    @property
    def items_unexplained(self):
        """What the accounts say beyond the open items and lines without customer."""
        return self.closing - self.items - self.nameless
