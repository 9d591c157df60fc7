"""A line that names a document on which nothing is open any more: paid twice?

What a text names by its whole number beats a part of any other number, so such a line
never leads to somebody else's item.
"""

from .money import LIKELY, NONE, ZERO, Proposal, Share


def paid_already(line, book, left):
    """It names what is settled: paid twice, or another one of this amount is meant.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Settled
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 5)
    >>> book.add_settled(Settled(12, 7, "INV/2026/00012", date(2026, 3, 1)))
    >>> def told(amount, *payers):
    ...     line = Line(9, day, D(amount), "EUR", "INV/2026/00012", payers)
    ...     found = paid_already(line, book, Left(book.items))
    ...     return found and (found.debtor, int(found.rest), len(found.shares))
    >>> own = ("account", frozenset((7,)))
    >>> told(100, own), told(100)
    ((7, 100, 0), (7, 100, 0))

    The money of another customer stays his:

    >>> told(100, ("account", frozenset((9,))))
    (9, 100, 0)

    An open item of exactly this amount may be what he meant:

    >>> book.add(Item("q", 31, 7, D(100), "EUR", day), ("INV/2026/00031",))
    >>> told(100, own)
    (7, 0, 1)
    """
    settled = book.settled(line.text)
    if not settled:
        return None
    one = settled[0]
    _source, who = line.sender
    debtor = one.debtor
    if who and debtor not in who:
        debtor = next(iter(who)) if len(who) == 1 else None
    facts = {"name": one.name, "day": one.day and one.day.isoformat()}
    code = "credited_already" if one.credited else "paid_already"
    reasons = ((code, facts), *who_sent(line, one.debtor))
    same = [
        item
        for item in book.of_debtor(debtor, line.currency)
        if left.of(item) == line.amount
    ]
    if len(same) == 1:
        shares = (Share(same[0].key, line.amount),)
        why = (*reasons, ("same_amount", {}))
        return Proposal(line.key, LIKELY, debtor, shares, reasons=why)
    certainty, rest = (LIKELY, line.amount) if debtor else (NONE, ZERO)
    return Proposal(line.key, certainty, debtor, (), rest, ZERO, reasons)


def who_sent(line, debtor):
    """What the sender says for or against this customer, as reasons.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Line
    >>> line = Line(9, date(2026, 3, 5), D(9), "EUR", "", (("name", frozenset((7,))),))
    >>> who_sent(line, 7), who_sent(line, 8)
    ((('name', {}),), (('other_payer', {'payers': [7]}),))
    """
    source, who = line.sender
    if not who:
        return ()
    if debtor in who:
        return ((source, {}),)
    return (("other_payer", {"payers": sorted(who)[:3]}),)
