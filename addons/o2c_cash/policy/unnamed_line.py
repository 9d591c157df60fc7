"""A line that names nothing: its account, its payer's name and its amount must tell.

Certain is only one item of exactly that amount of the customer whose account it is. An
amount that fits in several ways is told with the number of ways and never booked by
itself.
"""

from . import fit
from .money import CERTAIN, LIKELY, NONE, ZERO, Proposal, Share


def certain(line, book, left, rules):
    """The only item of this amount of the customer whose account it is, or None.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Rules
    >>> from .open_book import OpenBook
    >>> book = OpenBook()
    >>> for key, amount in (("a", 100), ("b", 100), ("c", 60), ("d", 250)):
    ...     book.add(Item(key, key, 7, D(amount), "EUR", date(2026, 3, 1)))
    >>> def sure(amount, *payers):
    ...     line = Line(9, date(2026, 3, 5), D(amount), "EUR", "", payers)
    ...     found = certain(line, book, Left(book.items), Rules())
    ...     return found and found.shares[0].key
    >>> own = ("account", frozenset((7,)))
    >>> sure(250, own), sure(100, own), sure(250, ("name", frozenset((7,))))
    ('d', None, None)

    Two customers with one account: nobody knows which of them.

    >>> sure(250, ("account", frozenset((7, 8))))

    A text that names another document speaks against it, also with a typo:

    >>> book.add(Item("e", "e", 8, D(9), "EUR", date(2026, 3, 1)), ("INV/2026/00012",))
    >>> def told(text):
    ...     line = Line(9, date(2026, 3, 5), D(250), "EUR", text, (own,))
    ...     return certain(line, book, Left(book.items), Rules()) and "sure"
    >>> told("overboeking"), told("INV/2026/00012"), told("INV/2026/0012")
    ('sure', None, None)
    """
    source, who = line.sender
    if len(who) != 1 or source == "name" or line.twin:
        return None
    debtor = next(iter(who))
    items = _open(line, book, debtor, left)
    same = [item for item in items if left.of(item) == line.amount]
    if len(same) != 1 or len(fit.sums(line, items, left)[0]) != 1:
        return None
    document = same[0].document
    named = set(book.named(line.text)[0]) or set(book.typos(line.text))
    if (named and document not in named) or book.settled(line.text):
        return None
    shares = (Share(same[0].key, line.amount),)
    reasons = ((source, {}), ("only_amount_of_his", {}))
    return Proposal(line.key, CERTAIN, debtor, shares, reasons=reasons)


def likely(line, book, left, rules):
    """The best explanation of who sent it and how much, or that there is none."""
    source, who = line.sender
    if not who:
        return _alone(line, book, left, rules)
    if len(who) > 1:
        return _one_of(line, book, who, source, left)
    debtor = next(iter(who))
    items = _open(line, book, debtor, left)
    reasons = ((source, {}),)
    if line.twin:
        reasons += (("twin", {"line": line.twin}),)
    return (
        _whole(line, items, debtor, left, reasons)
        or _ways(line, items, debtor, left, reasons)
        or _less(line, items, debtor, left, rules, reasons)
        or Proposal(line.key, NONE, debtor, reasons=(*reasons, ("nothing_fits", {})))
    )


def _whole(line, items, debtor, left, reasons):
    """Everything that he owes, or everything that is due."""
    due = [item for item in items if item.due <= line.day]
    for code, some in (("all_open", items), ("all_due", due)):
        found = fit.exact(line, some, left) if len(some) > 1 else None
        if found:
            return Proposal(
                line.key, LIKELY, debtor, found, reasons=(*reasons, (code, {}))
            )
    return None


def _ways(line, items, debtor, left, reasons):
    """One item, or several together; and in how many ways."""
    same = [item for item in items if left.of(item) == line.amount]
    ways, complete = fit.sums(line, items, left)
    if not same and not (ways and complete):
        return None
    # a search that gave up may have missed a way
    count = max(len(ways), len(same)) + (0 if complete else 1)
    first = tuple(same[:1]) or min(
        ways, key=lambda way: (len(way), [i.due for i in way])
    )
    if count == 1:
        why = (
            ("sum_of", {"count": len(first)}) if len(first) > 1 else ("same_amount", {})
        )
    else:
        why = ("ambiguous", {"ways": count})
    shares = tuple(Share(item.key, left.of(item)) for item in first)
    return Proposal(line.key, LIKELY, debtor, shares, reasons=(*reasons, why))


def _less(line, items, debtor, left, rules, reasons):
    """Less discount, less costs, a part of the only item, or more than everything."""
    for some in ([item] for item in items):
        found = fit.discounted(line, some, left, rules.discount_days)
        if found:
            why = (*reasons, ("discount", {}))
            return Proposal(line.key, LIKELY, debtor, found, reasons=why)
    for some in ([item] for item in items):
        close = fit.near(line, some, left, rules.tolerance)
        if close:
            why = (*reasons, ("small_difference", {"amount": str(close[1])}))
            return Proposal(line.key, LIKELY, debtor, close[0], ZERO, close[1], why)
    total = sum((left.of(item) for item in items), ZERO)
    if items and (len(items) == 1 or total < line.amount):
        shares, rest = fit.spread(line, items, left)
        code = "too_much" if rest else "part"
        return Proposal(
            line.key, LIKELY, debtor, shares, rest, ZERO, (*reasons, (code, {}))
        )
    return None


def _one_of(line, book, who, source, left):
    """An account of several customers: the amount may tell whose it is."""
    same = [
        item
        for debtor in sorted(who)
        for item in _open(line, book, debtor, left)
        if left.of(item) == line.amount
    ]
    reasons = (("shared_account", {"payers": sorted(who)[:5]}),)
    if len(same) == 1:
        shares = (Share(same[0].key, line.amount),)
        why = (*reasons, ("same_amount", {}))
        return Proposal(line.key, LIKELY, same[0].debtor, shares, reasons=why)
    return Proposal(line.key, NONE, reasons=reasons)


def _alone(line, book, left, rules):
    """Nobody known; an amount that only one item of the whole book has."""
    same = [
        item
        for item in book.of_amount(line.amount, line.currency)
        if left.of(item) == line.amount
    ]
    if len(same) == 1 and line.amount >= rules.alone_from and not line.twin:
        shares = (Share(same[0].key, line.amount),)
        reasons = (("only_amount", {}),)
        return Proposal(line.key, LIKELY, same[0].debtor, shares, reasons=reasons)
    why = ("twin", {"line": line.twin}) if line.twin else ("unknown", {})
    return Proposal(line.key, NONE, reasons=(why,))


def _open(line, book, debtor, left):
    return [item for item in book.of_debtor(debtor, line.currency) if left.of(item)]
