"""The provision for doubtful debts: which part of what is open will probably not come.

Art. 2:387(4) BW: receivables are valued at nominal value less a provision for what is
doubtful, item by item or on experience with groups of items
(https://wetten.overheid.nl/BWBR0003045, art. 387). VAT is no loss where art. 29 Wet OB
gives it back; the caller takes it off.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
#: Column of customers without a grade.
NO_GRADE = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A row of the matrix: from so many days late on, a percentage per grade."""

    days_from: int
    disputed: bool
    percents: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Item:
    """What is open on an invoice or instalment on the day, of one customer."""

    key: int
    days_late: int
    open: Decimal
    #: the part that the customer disputes
    disputed: Decimal = ZERO
    grade: str = NO_GRADE
    insolvent: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The disputed or the undisputed part of an item, less what credit covers."""

    item: Item
    disputed: bool
    open: Decimal
    covered: Decimal = ZERO

    @property
    def at_risk(self) -> Decimal:
        """What may be lost, VAT included."""
        return self.open - self.covered


@dataclass(frozen=True, slots=True)
class Answer:
    """A percentage and where it comes from."""

    percent: Decimal
    reason: str
    days_from: int | None = None


def parts(items, credit=ZERO):
    """Items of one customer in parts, the oldest first; his open credit covers the
    oldest, of each first what he does not dispute.

    :param items: list of :class:`Item`
    :param Decimal credit: credit notes and payments that are not matched, positive
    :return: list of :class:`Part`

    € 1,000 is 100 days late (€ 300 of it disputed), € 500 is 10 days late; € 800 of
    credit is open:

    >>> old = Item(1, 100, Decimal(1000), disputed=Decimal(300))
    >>> found = parts([Item(2, 10, Decimal(500)), old], Decimal(800))
    >>> [(one.item.key, one.disputed, one.open, one.covered) for one in found]
    ... # doctest: +NORMALIZE_WHITESPACE
    [(1, False, Decimal('700'), Decimal('700')),
     (1, True, Decimal('300'), Decimal('100')),
     (2, False, Decimal('500'), Decimal('0'))]

    More credit than is open leaves nothing at risk, never less than nothing:

    >>> [one.at_risk for one in parts([Item(1, 5, Decimal(10))], Decimal(25))]
    [Decimal('0')]
    """
    found, left = [], credit
    for item in sorted(items, key=lambda one: (-one.days_late, one.key)):
        for disputed, amount in (
            (False, item.open - item.disputed),
            (True, item.disputed),
        ):
            if amount <= 0:
                continue
            covered = min(left, amount)
            left -= covered
            found.append(Part(item, disputed, amount, covered))
    return found


def percentage(part, bands, insolvent=Decimal(100)):
    """The percentage of the matrix: the row with the most days that the item reaches,
    the column of the grade. A disputed part uses the rows for disputes; if it reaches
    none of them, the others.

    :param bands: list of :class:`Band`
    :param Decimal insolvent: for insolvent customers, whatever the age
    :return: :class:`Answer`

    >>> bands = [Band(31, False, {"": Decimal(10), "E": Decimal(25)}),
    ...          Band(91, False, {"": Decimal(50), "E": Decimal(75)}),
    ...          Band(31, True, {"": Decimal(40), "E": Decimal(60)})]
    >>> def ask(days, grade="", disputed=False, insolvent=False):
    ...     item = Item(1, days, Decimal(100), grade=grade, insolvent=insolvent)
    ...     return percentage(Part(item, disputed, Decimal(100)), bands)

    The day before the band, and the day itself:

    >>> ask(30), ask(31) # doctest: +NORMALIZE_WHITESPACE
    (Answer(percent=Decimal('0'), reason='below', days_from=None),
     Answer(percent=Decimal('10'), reason='band', days_from=31))
    >>> ask(91, "E").percent, ask(91, "B").percent
    (Decimal('75'), Decimal('0'))
    >>> ask(91, "E", disputed=True)
    Answer(percent=Decimal('60'), reason='disputed', days_from=31)
    >>> ask(30, disputed=True).reason, ask(0, insolvent=True)
    ('below', Answer(percent=Decimal('100'), reason='insolvent', days_from=None))
    """
    item = part.item
    if item.insolvent:
        return Answer(insolvent, "insolvent")
    for disputed in (True, False) if part.disputed else (False,):
        reached = [
            band
            for band in bands
            if band.disputed == disputed and band.days_from <= item.days_late
        ]
        if reached:
            band = max(reached, key=lambda one: one.days_from)
            percent = band.percents.get(item.grade, ZERO)
            return Answer(percent, "disputed" if disputed else "band", band.days_from)
    return Answer(ZERO, "below")


def provided(base, percent):
    """The amount of a percentage, in whole cents.

    >>> two_and_half = Decimal("2.5")
    >>> provided(Decimal("826.45"), two_and_half), provided(Decimal("0.10"), Decimal(5))
    (Decimal('20.66'), Decimal('0.01'))
    """
    return (base * percent / 100).quantize(CENT, ROUND_HALF_UP)
