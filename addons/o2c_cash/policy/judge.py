"""Lines against open items, in passes from certain to likely.

An item goes to one line only: what a certain line takes is no longer there for a likely
one. Within a pass the older line is served first, so that the answer does not depend on
the order in which a file was read.
"""

from . import named_line, specified_line, unnamed_line
from .money import Left, Rules

#: in this order; each is asked for the lines that no earlier pass explained
PASSES = (
    specified_line.certain,
    named_line.certain,
    unnamed_line.certain,
    specified_line.likely,
    named_line.likely,
    unnamed_line.likely,
)


#: for money that left: what is not certain is nobody's guess
SURE_PASSES = (named_line.certain, unnamed_line.certain)


def paid_back(lines, book, taken=None):
    """Proposals for money that left, of those lines that leave no doubt.

    :param lines: ``Line`` with the amount as a positive one
    :param book: ``OpenBook`` of what we owe customers, as positive amounts
    :param dict taken: amount per item that other lines settle already

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Line
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 5)
    >>> book.add(Item(12, 12, 7, D(100), "EUR", day), ("RINV/2026/00012",))
    >>> def line(key, amount, text="", *payers):
    ...     return Line(key, day, D(amount), "EUR", text, payers)
    >>> own = ("account", frozenset((7,)))
    >>> found = paid_back([line(1, 100, "salaris maart"), line(2, 99, "", own),
    ...                    line(3, 100, "", own)], book)
    >>> list(found), found[3].shares[0].key
    ([3], 12)
    >>> paid_back([line(4, 100, "RINV/2026/00012")], book, {12: D(60)})
    {}
    """
    return _passes(
        lines, Left(book.items, dict(taken or {})), book, Rules(), SURE_PASSES
    )


def judge(lines, book, rules=None):
    """A proposal for every line.

    :param lines: ``Line`` with a positive amount
    :param book: ``OpenBook``
    :return: dict of line key to ``Proposal``

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Line
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 5)
    >>> for number, debtor, amount in ((12, 7, 100), (13, 7, 250), (14, 8, 250)):
    ...     book.add(Item(number, number, debtor, D(amount), "EUR", day),
    ...              (f"INV/2026/{number:05d}",))
    >>> def line(key, amount, text="", *payers):
    ...     return Line(key, day, D(amount), "EUR", text, payers)
    >>> own = ("account", frozenset((7,)))
    >>> found = judge([line(1, 250, "", own), line(2, 100, "INV/2026/00012"),
    ...                line(3, 300, "INV/2026/00014"), line(4, 33)], book)
    >>> [(one.certainty, [share.key for share in one.shares]) for one in found.values()]
    [('certain', [13]), ('certain', [12]), ('likely', [14]), ('none', [])]
    >>> found[3].rest
    Decimal('50')

    What one line takes is gone for the next:

    >>> same = "INV/2026/00012"
    >>> twice = judge([line(1, 100, same), line(2, 100, same)], book)
    >>> twice[1].certainty, twice[2].certainty
    ('certain', 'none')
    """
    left = Left(book.items)
    found = _passes(lines, left, book, rules or Rules(), PASSES)
    return {line.key: found[line.key] for line in lines}


def _passes(lines, left, book, rules, passes):
    found = {}
    todo = sorted(lines, key=lambda line: (line.day, str(line.key).zfill(12)))
    for explain in passes:
        still = []
        for line in todo:
            proposal = explain(line, book, left, rules)
            if proposal is None:
                still.append(line)
                continue
            left.take(proposal.shares)
            left.follow(proposal.specification)
            found[line.key] = proposal
        todo = still
    return found
