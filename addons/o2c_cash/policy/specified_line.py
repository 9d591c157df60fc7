"""A line of exactly the sum of what its payer wrote: each document gets what it says.

A customer who pays thirty invoices in one transfer sends a list with it. Certain is a
list of which every row was recognised and fits what is open, with no more taken off
than we offered, when the money comes from the customer's own account or mentions the
reference of the list. All else that has its sum is likely, and says what is not clear.
"""

from dataclasses import dataclass
from decimal import Decimal

from . import fit
from .money import CERTAIN, LIKELY, ZERO, Proposal, Share
from .reference import squash


@dataclass(frozen=True, slots=True)
class Specification:
    """What somebody wrote that one transfer pays.

    :param amount: the sum of all rows
    :param parts: tuple of (document, amount paid, amount taken off)
    :param unknown: tuple of texts in which no open document was recognised
    """

    key: str
    debtor: object
    amount: Decimal
    currency: object
    parts: tuple
    name: str = ""
    reference: str = ""
    unknown: tuple = ()


def certain(line, book, left, rules):
    """The proposal of a line that a list explains without doubt, or None.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Rules
    >>> from .open_book import OpenBook
    >>> def sure(payers=(("account", frozenset((7,))),), text="", amount=150, **more):
    ...     book, day = OpenBook(), date(2026, 3, 1)
    ...     for key in (1, 2, 3):
    ...         item = Item(key, key, 7, D(100), "EUR", day)
    ...         book.add(item, (f"INV/2026/0001{key}",))
    ...     parts = ((1, D(100), D(0)), (2, D(50), D(0)))
    ...     told = {"parts": parts, "reference": "RF18539007547034"} | more
    ...     book.add_specification(Specification("n", 7, D(150), "EUR", **told))
    ...     line = Line(9, date(2026, 3, 5), D(amount), "EUR", text, payers)
    ...     found = certain(line, book, Left(book.items), Rules())
    ...     return found and [(one.key, int(one.amount)) for one in found.shares]
    >>> sure(), sure(amount=151)
    ([(1, 100), (2, 50)], None)

    The payer's name alone, or nobody known, needs the reference of the list:

    >>> sure((("name", frozenset((7,))),)), sure(())
    (None, None)
    >>> sure((), "RF18 5390 0754 7034")
    [(1, 100), (2, 50)]

    Another customer's account, a row that is not clear, a discount that nobody
    offered, more than is open, another document in the text: a person looks.

    >>> sure((("account", frozenset((8,))),))
    >>> sure(unknown=("F-77",))
    >>> sure(parts=((1, D(100), D(0)), (2, D(50), D(50))))
    >>> sure(parts=((1, D(150), D(0)),))
    >>> sure(text="INV/2026/00013")
    """
    fitting = _fitting(line, book, left)
    if len(fitting) != 1 or line.twin:
        return None
    one = fitting[0]
    source, who = line.sender
    known = who == {one.debtor} and source != "name"
    if not known and not _mentioned(line, one):
        return None
    shares, rest, doubts = _shares(line, one, book, left, rules)
    if rest or doubts or not shares:
        return None
    return _proposal(line, one, shares, ZERO, CERTAIN, (("specified", _facts(one)),))


def likely(line, book, left, rules):
    """A line that a list explains in part, or whose payer is not sure, or None.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Rules
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 1)
    >>> book.add(Item(1, 1, 7, D(100), "EUR", day))
    >>> book.add_specification(Specification("n", 7, D(150), "EUR", ((1, D(120), D(0)),
    ...     (5, D(10), D(0))), "list", unknown=("F77",)))
    >>> line = Line(9, date(2026, 3, 5), D(150), "EUR")
    >>> found = likely(line, book, Left(book.items), Rules())
    >>> [int(one.amount) for one in found.shares], found.rest
    ([100], Decimal('50'))
    >>> [code for code, _facts in found.reasons]
    ['specified', 'specified_unknown', 'specified_less']
    """
    fitting = _fitting(line, book, left)
    if not fitting:
        return None
    one = fitting[0]
    shares, rest, doubts = _shares(line, one, book, left, rules)
    if not shares:
        return None
    reasons = (("specified", _facts(one)), *_sender(line, one), *doubts)
    if len(fitting) > 1:
        reasons += (("specified_several", {"count": len(fitting)}),)
    if line.twin:
        reasons += (("twin", {"line": line.twin}),)
    return _proposal(line, one, shares, rest, LIKELY, reasons)


def _proposal(line, one, shares, rest, certainty, reasons):
    return Proposal(
        line.key,
        certainty,
        one.debtor,
        shares,
        rest,
        reasons=reasons,
        specification=one.key,
    )


def _facts(one):
    return {"specification": one.key, "name": one.name}


def _sender(line, one):
    source, who = line.sender
    if one.debtor in who:
        return ((source, {}),)
    return (("other_payer", {"payers": sorted(who)[:3]}),) if who else ()


def _mentioned(line, one):
    reference = squash(one.reference)
    return bool(reference) and reference in squash(line.text)


def _fitting(line, book, left):
    """Lists of this sum that nobody used, of who may have paid, that the text does not
    speak against."""
    found = []
    for one in book.specified(line.amount, line.currency):
        if one.key in left.used:
            continue
        _source, who = line.sender
        mentioned = _mentioned(line, one)
        if who and one.debtor not in who and not mentioned:
            continue
        documents = {document for document, _paid, _off in one.parts}
        named, through = book.named(line.text)
        if named and not through and not documents.intersection(named):
            continue
        if not mentioned and not through and set(named) - documents:
            continue
        found.append(one)
    return found


def _shares(line, one, book, left, rules):
    """What each item gets.

    :return: (shares, money that no item takes, reasons to look)
    """
    shares, less, off = [], [], ZERO
    day = fit.discount_day(line, rules.discount_days)
    taken = {}
    for document, paid, discount in one.parts:
        items = [
            item
            for item in book.of_documents([document])
            if item.currency == line.currency and left.of(item) * paid > 0
        ]
        for item in items:
            open_ = left.of(item) - taken.get(item.key, ZERO)
            part = max(paid, open_) if paid < 0 else min(paid, open_)
            if not part:
                continue
            given = _offered(item, part, discount, open_, day)
            discount -= given
            paid -= part
            taken[item.key] = taken.get(item.key, ZERO) + part + given
            shares.append(Share(item.key, part, given))
        if paid:
            less.append(items[0].name if items else "")
        off += discount
    total = sum((share.amount for share in shares), ZERO)
    rest = line.amount - total
    doubts = ()
    if one.unknown:
        doubts += (("specified_unknown", {"names": list(one.unknown)[:6]}),)
    if less:
        names = sorted(name for name in less if name)[:6]
        doubts += (("specified_less", {"names": names}),)
    if off:
        doubts += (("specified_off", {"amount": str(off)}),)
    others = {item.name for item in _items(one, book) if item.debtor != one.debtor} - {
        ""
    }
    if others:
        doubts += (("specified_other", {"names": sorted(others)[:6]}),)
    if rest < 0:  # credit notes are open for less than the list takes of them
        return (), rest, doubts
    return tuple(shares), rest, doubts


def _items(one, book):
    return book.of_documents([document for document, _paid, _off in one.parts])


def _offered(item, part, discount, open_, day):
    """As much of what is taken off as was offered: all of it, or nothing."""
    if not discount or item.amount != open_ or part + discount != open_:
        return ZERO
    return discount if item.amount - item.payable(day) == discount else ZERO
