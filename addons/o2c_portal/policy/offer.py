"""What can be paid on a link now, and what a choice of it comes to.

An *item* is an instalment of an invoice (its number counts from 1 by due date), or a
credit note or payment that was not used yet (open amount below zero). The server
decides the amount; the customer only points at items or names a smaller amount. What
is in dispute is set aside: it stays open but is not asked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

#: Why a choice is refused.
NOTHING_OPEN = "nothing_open"
UNDER_WAY = "under_way"
ON_HOLD = "on_hold"
UNKNOWN_ITEM = "unknown_item"
NOTHING_CHOSEN = "nothing_chosen"
AMOUNT_FORM = "amount_form"
AMOUNT_LOW = "amount_low"
AMOUNT_HIGH = "amount_high"
CREDIT_COVERS = "credit_covers"
ONLY_WHOLE = "only_whole"
#: The choice was good, the amount that was typed with it was not.
ABOUT_AMOUNT = frozenset({AMOUNT_FORM, AMOUNT_LOW, AMOUNT_HIGH})


@dataclass(frozen=True)
class Item:
    """One instalment, or one unused credit note or payment."""

    move_id: int
    number: int
    due: date | None
    total: Decimal
    open: Decimal
    discount: Decimal = Decimal(0)
    discount_until: date | None = None
    aside: Decimal = Decimal(0)

    @property
    def key(self):
        return (self.move_id, self.number)

    def is_in(self, held):
        """Whether the invoice as a whole, or this instalment of it, is among them."""
        return self.move_id in held or self.key in held

    @property
    def asked(self):
        """Open amount less what is in dispute."""
        return self.open - self.aside

    @property
    def to_pay(self):
        """What is asked less the early-payment discount that still holds."""
        return self.asked - self.discount


@dataclass(frozen=True)
class Offer:
    """What a link offers now."""

    payable: tuple = ()
    waiting: tuple = ()
    credits: tuple = ()
    #: of what waits, the invoices and instalments for which a payment is under way
    paying: frozenset = frozenset()

    def why_waits(self, items):
        """Why items wait: one of them is being paid, or all are in dispute."""
        if any(item.is_in(self.paying) for item in items):
            return UNDER_WAY
        return ON_HOLD

    @property
    def owed(self):
        """Everything still open, payments under way included."""
        return sum((item.open for item in self.payable + self.waiting), Decimal(0))

    @property
    def amount(self):
        """What paying all of it costs now."""
        return max(_total(_in_full(self.payable, self.credits)), Decimal(0))

    def late(self, today):
        """Payable items whose due date has passed."""
        return tuple(item for item in self.payable if item.due and item.due < today)


@dataclass(frozen=True)
class Allocation:
    """So much of a payment is for this item; below zero: a credit note that is used."""

    move_id: int
    number: int
    amount: Decimal
    discount: Decimal = Decimal(0)


@dataclass(frozen=True)
class Choice:
    """The answer to a choice: an amount with its allocations, or a reason."""

    amount: Decimal = Decimal(0)
    allocations: tuple = ()
    reason: str = ""


def offer(items, under_way=()):
    """Sort open items into what can be paid, what waits and what is credit.

    :param items: iterable of :class:`Item`; closed ones are left out
    :param under_way: ids of invoices, or keys of instalments, for which a payment is
        under way

    >>> day = date(2026, 3, 1)
    >>> a = Item(7, 1, day, Decimal("100.00"), Decimal("60.00"))
    >>> b = Item(8, 1, day, Decimal("50.00"), Decimal("50.00"))
    >>> c = Item(9, 1, day, Decimal("-20.00"), Decimal("-20.00"))
    >>> d = Item(6, 1, day, Decimal("10.00"), Decimal("0.00"))
    >>> now = offer([a, b, c, d], under_way={8})
    >>> now.amount, now.owed, [item.move_id for item in now.payable]
    (Decimal('40.00'), Decimal('110.00'), [7])

    A payment of one instalment holds that one only:

    >>> second = Item(7, 2, day, Decimal("60.00"), Decimal("60.00"))
    >>> now = offer([a, second], under_way={(7, 1)})
    >>> now.amount, [item.key for item in now.waiting]
    (Decimal('60.00'), [(7, 1)])

    In dispute: not asked, and an item that is wholly in dispute waits.

    >>> from dataclasses import replace
    >>> now = offer([replace(a, aside=Decimal("15")), replace(b, aside=Decimal("50"))])
    >>> now.amount, now.owed, [item.move_id for item in now.waiting]
    (Decimal('45.00'), Decimal('110.00'), [8])
    """
    under_way = set(under_way)
    ordered = sorted(
        (item for item in items if item.open),
        key=lambda item: (item.due or date.max, item.move_id, item.number),
    )
    owed = [item for item in ordered if item.open > 0]
    waiting = [item for item in owed if item.is_in(under_way) or item.asked <= 0]
    return Offer(
        payable=tuple(item for item in owed if item not in waiting),
        waiting=tuple(waiting),
        credits=tuple(item for item in ordered if item.open < 0),
        paying=frozenset(under_way),
    )


def choose(now, keys=None, amount=None, decimals=2):
    """What paying a choice of the offer comes to.

    Without keys everything is chosen and credit notes are set off. An amount below
    the chosen total is spread over the chosen items, oldest due date first, without
    discount (the discount is for who pays the invoice).

    :param Offer now: what is offered
    :param keys: iterable of (invoice id, instalment number), or None for everything
    :param amount: another amount, as a Decimal or a text, or None
    :param int decimals: decimals of the currency

    >>> day = date(2026, 3, 1)
    >>> a = Item(7, 1, day, Decimal(100), Decimal(100), discount=Decimal(2))
    >>> b = Item(8, 1, day, Decimal(50), Decimal(50))
    >>> now = offer([b, a])
    >>> choose(now).amount, choose(now, keys=[(8, 1)]).amount
    (Decimal('148'), Decimal('50'))
    >>> [(x.move_id, str(x.amount)) for x in choose(now, amount="120.50").allocations]
    [(7, '100'), (8, '20.50')]

    What waits cannot be chosen, for the reason it waits:

    >>> choose(offer([a, b], under_way={8}), keys=[(8, 1)]).reason
    'under_way'
    >>> from dataclasses import replace
    >>> choose(offer([a, replace(b, aside=Decimal(50))]), keys=[(8, 1)]).reason
    'on_hold'

    Nothing ticked is nothing, not everything:

    >>> choose(now, keys=[]).reason, choose(now, keys=None).amount
    ('nothing_chosen', Decimal('148'))

    A credit note takes the place of a discount on what it covers.

    >>> credit = Item(9, 1, day, Decimal(-60), Decimal(-60))
    >>> choose(offer([a, b, credit])).amount
    Decimal('90')
    """
    if not now.payable:
        waits = now.waiting
        return Choice(reason=now.why_waits(waits) if waits else NOTHING_OPEN)
    chosen, credits, reason = _chosen(now, keys)
    if reason:
        return Choice(reason=reason)
    allocations = _in_full(chosen, credits)
    whole = _total(allocations)
    if whole <= 0:
        return Choice(reason=CREDIT_COVERS)
    value, reason = _valid_amount(whole if amount is None else amount, whole, decimals)
    if reason:
        return Choice(reason=reason)
    return Choice(value, allocations if value == whole else _spread(value, chosen))


def _chosen(now, keys):
    """Items and credit notes that the keys point at, or a reason."""
    if keys is None:
        return now.payable, now.credits, ""
    wanted = set(keys)
    waiting = tuple(item for item in now.waiting if item.key in wanted)
    if waiting:
        return (), (), now.why_waits(waiting)
    chosen = tuple(item for item in now.payable if item.key in wanted)
    if not wanted:
        return (), (), NOTHING_CHOSEN
    if len(chosen) != len(wanted):
        return (), (), UNKNOWN_ITEM
    return chosen, (), ""


def _valid_amount(amount, whole, decimals):
    """Amount as a Decimal, or a reason why it is refused.

    The boundary: one cent and the open amount are accepted, nothing outside.

    >>> [_valid_amount(text, Decimal(148), 2)[1] for text in ("0.01", "148")]
    ['', '']
    >>> [_valid_amount(text, Decimal(148), 2)[1] for text in ("0", "-1", "148.01")]
    ['amount_low', 'amount_low', 'amount_high']
    >>> [_valid_amount(text, Decimal(148), 2)[1] for text in ("1e12", "1.001", "NaN")]
    ['amount_high', 'amount_form', 'amount_form']
    """
    try:
        value = Decimal(str(amount).strip())
    except InvalidOperation:
        return Decimal(0), AMOUNT_FORM
    if not value.is_finite():
        return Decimal(0), AMOUNT_FORM
    if value > whole:
        return Decimal(0), AMOUNT_HIGH
    if value <= 0:
        return Decimal(0), AMOUNT_LOW
    cent = Decimal(1).scaleb(-decimals)
    if value % cent:
        return Decimal(0), AMOUNT_FORM
    return value, ""


def _in_full(chosen, credits):
    """Everything chosen, credit notes set off; never a discount on what they cover.

    Credit notes go to items without discount first, oldest due date first.
    """
    allocations = [Allocation(item.move_id, item.number, item.open) for item in credits]
    credit = -_total(allocations)
    for item in sorted(chosen, key=lambda item: bool(item.discount)):
        covered = min(credit, item.asked)
        credit -= covered
        discount = Decimal(0) if covered else item.discount
        allocations.append(
            Allocation(item.move_id, item.number, item.asked - discount, discount)
        )
    return tuple(allocations)


def _total(allocations):
    return sum((row.amount for row in allocations), Decimal(0))


def _spread(amount, chosen):
    """The amount over the items, oldest due date first."""
    allocations = []
    for item in chosen:
        part = min(amount, item.asked)
        if part > 0:
            allocations.append(Allocation(item.move_id, item.number, part))
            amount -= part
    return tuple(allocations)
