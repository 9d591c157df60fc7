"""What the rules read and what they answer: bank lines, open items, proposals."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

CERTAIN, LIKELY, NONE = "certain", "likely", "none"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Item:
    """An open item of a customer; a credit note has a negative amount.

    :param key: of the item, one instalment
    :param document: of the invoice that its numbers name
    :param discount: what may be deducted by who pays until ``discount_until``

    >>> Item(1, 1, 7, Decimal(100), "EUR", date(2026, 3, 1)).payable(date(2026, 3, 9))
    Decimal('100')
    """

    key: object
    document: object
    debtor: object
    amount: Decimal
    currency: object
    due: date
    name: str = ""
    discount: Decimal = ZERO
    discount_until: date | None = None
    value: Decimal = ZERO

    def payable(self, day):
        """What settles it on a day: less the discount while the offer lasts.

        >>> offer = Item(1, 1, 7, Decimal(100), "EUR", date(2026, 3, 30), "",
        ...              Decimal(2), date(2026, 3, 8))
        >>> offer.payable(date(2026, 3, 8)), offer.payable(date(2026, 3, 9))
        (Decimal('98'), Decimal('100'))
        """
        late = not self.discount_until or day > self.discount_until
        return self.amount if late else self.amount - self.discount


@dataclass(frozen=True, slots=True)
class Settled:
    """A document on which nothing is open any more.

    :param day: of what settled it last
    :param credited: whether a credit note did, not money

    >>> Settled(12, 7, "INV/2026/00012", date(2026, 3, 1)).credited
    False
    """

    document: object
    debtor: object
    name: str
    day: date | None = None
    credited: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Money that came in on a bank account and is not matched.

    :param payers: customers who may have sent it, from surest source to weakest:
        tuple of (source, frozenset of customers); sources are "partner", "account",
        "learned", "name"
    :param twin: key of an earlier line that is the same in everything

    >>> Line(1, date(2026, 3, 1), Decimal(100), "EUR").sender
    (None, frozenset())
    >>> Line(1, date(2026, 3, 1), Decimal(100), "EUR", payers=(
    ...     ("account", frozenset((7, 8))), ("name", frozenset((8,))))).sender
    ('account', frozenset({8}))
    """

    key: object
    day: date
    amount: Decimal
    currency: object
    text: str = ""
    payers: tuple = ()
    twin: object = None
    value: Decimal = ZERO

    @property
    def sender(self):
        """Who sent it: the surest source; an account of several is narrowed by name."""
        if not self.payers:
            return None, frozenset()
        source, who = self.payers[0]
        for _other, more in self.payers[1:]:
            if len(who) > 1 and who & more:
                who = who & more
        return source, who


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a line for one item; the discount comes on top of the amount.

    >>> Share("a", Decimal(98), Decimal(2)).settled
    Decimal('100')
    """

    key: object
    amount: Decimal
    discount: Decimal = ZERO

    @property
    def settled(self):
        """What the item gets smaller by."""
        return self.amount + self.discount


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line is probably for.

    :param rest: money that no item takes (positive: too much came in)
    :param write_off: what the items are short of and is given up
    :param reasons: tuple of (code, facts)
    :param specification: key of the customer's list that it follows
    """

    line: object
    certainty: str
    debtor: object = None
    shares: tuple = ()
    rest: Decimal = ZERO
    write_off: Decimal = ZERO
    reasons: tuple = ()
    specification: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of a company.

    :param tolerance: bank costs and small differences that may be missing or too much
    :param discount_days: days that a bank may take after the last day of a discount
    :param alone_from: from this amount an item of the whole book may be recognised by
        its amount alone
    :param rate_share: how far an amount in other money may be off, as a share
    """

    tolerance: Decimal = ZERO
    discount_days: int = 0
    alone_from: Decimal = Decimal(250)
    rate_share: Decimal = Decimal("0.05")


@dataclass(slots=True)
class Left:
    """What is left of the items while a batch of lines is judged.

    >>> item = Item("a", 1, 7, Decimal(100), "EUR", date(2026, 3, 1))
    >>> left = Left({"a": item})
    >>> left.take((Share("a", Decimal(40)),)); left.of(item)
    Decimal('60')

    A customer's list counts for one line:

    >>> left.follow("list"); left.used
    {'list'}
    """

    items: dict
    taken: dict = field(default_factory=dict)
    used: set = field(default_factory=set)

    def of(self, item):
        """What is still open of an item."""
        return item.amount - self.taken.get(item.key, ZERO)

    def take(self, shares):
        """Count what a proposal would settle."""
        for share in shares:
            self.taken[share.key] = self.taken.get(share.key, ZERO) + share.settled

    def follow(self, specification):
        """Count a customer's list as used; nothing when it is empty."""
        if specification:
            self.used.add(specification)
