"""A line that names documents: does its amount bear that out?

A whole number or a checked reference *and* the exact amount is certain, so is the
reference of an instalment with what was agreed for it, unless the
money comes from another customer's account: then only a reference with check digits is.
All else that a number points to is likely, with the reason.
"""

from . import fit
from .money import CERTAIN, LIKELY, ZERO, Proposal, Share
from .number_book import LOOSE, STRUCTURED, TYPO
from .settled_line import paid_already, who_sent

#: named by its last digits, after a whole number
LISTED = "listed"


def certain(line, book, left, rules):
    """The proposal of a line that leaves no doubt, or None.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Rules
    >>> from .open_book import OpenBook
    >>> book = OpenBook()
    >>> book.add(Item("a", 1, 7, D(100), "EUR", date(2026, 3, 1)), ("INV/2026/00012",))
    >>> def sure(amount, text, *payers):
    ...     line = Line(9, date(2026, 3, 5), D(amount), "EUR", text, payers)
    ...     found = certain(line, book, Left(book.items), Rules())
    ...     return found and [code for code, _facts in found.reasons]
    >>> sure(100, "factuur 2026-00012")
    ['number', 'exact']
    >>> sure(99, "factuur 2026-00012")

    From the account of another customer a person looks first:

    >>> sure(100, "2026-00012", ("account", frozenset((8,))))

    A number without its zeros needs the customer's own account:

    >>> sure(100, "fact INV 2026-12")
    >>> sure(100, "fact INV 2026-12", ("account", frozenset((7,))))
    ['loose', 'account', 'exact']

    A part is certain when it was agreed under the reference that it names:

    >>> book.add_agreed("PLAN/2026/00001-1", [1], [D(40)])
    >>> sure(40, "PLAN/2026/00001-1"), sure(41, "PLAN/2026/00001-1")
    (['set_reference', 'agreed'], None)
    """
    hits, through = _heard(line, book, left)
    kinds = set(hits.values())
    items = _here(line, book.of_documents(hits), left)
    debtors = {item.debtor for item in items}
    if len(debtors) != 1 or line.twin:
        return None
    debtor = debtors.pop()
    source, who = line.sender
    own, other = who == {debtor}, bool(who) and debtor not in who
    if kinds & {LOOSE, LISTED} and not (own and source != "name"):
        return None
    if other and kinds != {STRUCTURED}:
        return None
    found, code = _settled(line, items, left, rules)
    if not found:
        found, code = _agreed(line, book, (hits, through), items, left)
    if not found:
        return None
    reasons = _reasons(line, debtor, kinds, through, book, hits) + ((code, {}),)
    return Proposal(line.key, CERTAIN, debtor, found, reasons=reasons)


def likely(line, book, left, rules):
    """The best explanation of a line that names something, or None.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line, Rules, Settled
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 5)
    >>> book.add(Item("p", 30, 8, D(90), "EUR", day), ("PBNK1/2026/00012",))
    >>> def told(text, *payers):
    ...     line = Line(9, day, D(90), "EUR", text, payers)
    ...     found = likely(line, book, Left(book.items), Rules())
    ...     return found and (found.debtor, found.reasons[0][0], len(found.shares))

    Part of a stranger's number is nothing for who owns the account; its whole is:

    >>> own = ("account", frozenset((7,)))
    >>> told("INV/2026/00012"), told("INV/2026/00012", own)
    ((8, 'loose', 1), None)
    >>> told("PBNK1/2026/00012", own)
    (8, 'number', 1)

    A whole number beats the part of another one, also when it is settled:

    >>> book.add_settled(Settled(12, 7, "INV/2026/00012", date(2026, 3, 1)))
    >>> told("INV/2026/00012"), told("INV/2026/00012", own)
    ((7, 'paid_already', 0), (7, 'paid_already', 0))
    """
    hits, through = _heard(line, book, left)
    hits = _not_a_strangers(line, book, hits)
    if not hits:
        return paid_already(line, book, left) or _typo(line, book, left, rules)
    kinds = set(hits.values())
    items = _here(line, book.of_documents(hits), left)
    if not items:
        return _other_money(line, book, hits, left, rules) or paid_already(
            line, book, left
        )
    debtors = {item.debtor for item in items}
    if len(debtors) > 1:
        return _several_debtors(line, items, left)
    debtor = items[0].debtor
    reasons = _reasons(line, debtor, kinds, through, book, hits)
    if line.twin:
        reasons += (("twin", {"line": line.twin}),)
    found, code = _agreed(line, book, (hits, through), items, left)
    if found:
        return Proposal(line.key, LIKELY, debtor, found, reasons=(*reasons, (code, {})))
    return _explained(line, book, items, debtor, left, rules, reasons)


def _heard(line, book, left):
    """What the text names; short numbers in a list only when the sum proves them.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> from .open_book import OpenBook
    >>> book, day = OpenBook(), date(2026, 3, 5)
    >>> for number, debtor in ((301, 7), (304, 7), (330, 7), (340, 8)):
    ...     book.add(Item(number, number, debtor, D(number), "EUR", day),
    ...              (f"F/2026/{number:05d}",))
    >>> def heard(amount, text):
    ...     line = Line(9, day, D(amount), "EUR", text)
    ...     return _heard(line, book, Left(book.items))[0]
    >>> sorted(heard(935, "F/2026/00301, 304 en 330").items())
    [(301, 'number'), (304, 'listed'), (330, 'listed')]
    >>> heard(934, "F/2026/00301, 304 en 330"), heard(641, "F/2026/00301, 340")
    ({301: 'number'}, {301: 'number'})
    """
    hits, through = book.named(line.text)
    more = [key for key in book.listed(line.text) if key not in hits]
    if more and not through:
        items = _here(line, book.of_documents([*hits, *more]), left)
        one = len({item.debtor for item in items}) == 1
        if one and fit.exact(line, items, left):
            return hits | dict.fromkeys(more, LISTED), through
    return hits, through


def _not_a_strangers(line, book, hits):
    """What is named, without what only a part of a number points to when the account
    is known as that of somebody else."""
    source, who = line.sender
    if not who or source == "name":
        return hits
    return {
        document: kind
        for document, kind in hits.items()
        if kind != LOOSE
        or any(item.debtor in who for item in book.of_documents([document]))
    }


def _agreed(line, book, named, items, left):
    """The part that was agreed under the reference, when nothing else is named.

    :param named: what :meth:`OpenBook.named` found
    """
    hits, through = named
    documents = book.agreed(through, line.amount)
    if documents and set(hits) <= set(book.of_set(through)):
        if found := fit.agreed(line, documents, items, left):
            return found, "agreed"
    return None, None


def _explained(line, book, items, debtor, left, rules, reasons):
    found, code = _settled(line, items, left, rules)
    if found:
        return Proposal(line.key, LIKELY, debtor, found, reasons=(*reasons, (code, {})))
    close = fit.near(line, items, left, rules.tolerance)
    if close:
        shares, missing = close
        why = ("small_difference", {"amount": str(missing)})
        return Proposal(
            line.key, LIKELY, debtor, shares, ZERO, missing, (*reasons, why)
        )
    ways, complete = fit.sums(line, items, left)
    if len(ways) == 1 and complete:
        shares = tuple(Share(item.key, left.of(item)) for item in ways[0])
        return Proposal(
            line.key, LIKELY, debtor, shares, reasons=(*reasons, ("some_of_them", {}))
        )
    if sum(left.of(item) for item in items) < line.amount:
        more = _with_more(line, book, items, debtor, left)
        if more:
            why = ("with_more", {"count": len(more) - len(items)})
            return Proposal(line.key, LIKELY, debtor, more, reasons=(*reasons, why))
    shares, rest = fit.spread(line, items, left)
    code = "too_much" if rest else _short(line, items, left)
    return Proposal(
        line.key, LIKELY, debtor, shares, rest, ZERO, (*reasons, (code, {}))
    )


def _short(line, items, left):
    """A part of it; or the discount was taken when it was over."""
    day = min(
        (item.discount_until for item in items if item.discount_until), default=None
    )
    if day and day < line.day:
        total = sum(left.of(item) - item.discount for item in items)
        if total == line.amount:
            return "discount_late"
    return "part"


def _with_more(line, book, items, debtor, left):
    """The items that it names and others of this customer, when that is exact."""
    named = {item.key for item in items}
    rest = line.amount - sum(left.of(item) for item in items)
    others = [
        item
        for item in book.of_debtor(debtor, line.currency)
        if item.key not in named and left.of(item) == rest
    ]
    if len(others) != 1:
        return None
    return tuple(Share(item.key, left.of(item)) for item in [*items, *others])


def _several_debtors(line, items, left):
    """Somebody pays for several customers: only when it is exact. It stands under his
    own name when he is one of them."""
    found = fit.exact(line, items, left)
    if not found:
        return None
    debtors = {item.debtor for item in items}
    _source, who = line.sender
    payer = next(iter(who & debtors)) if len(who & debtors) == 1 else items[0].debtor
    reasons = (("several_customers", {"count": len(debtors)}), ("exact", {}))
    return Proposal(line.key, LIKELY, payer, found, reasons=reasons)


def _typo(line, book, left, rules):
    """One character wrong; with the amount exactly one item must be left."""
    items = _here(line, book.of_documents(book.typos(line.text)), left)
    _source, who = line.sender
    fitting = []
    for item in items:
        found, code = _settled(line, [item], left, rules)
        if found and (not who or item.debtor in who):
            fitting.append((item, found, code))
    if len(fitting) != 1:
        return None
    item, found, code = fitting[0]
    reasons = ((TYPO, {"name": item.name}), *who_sent(line, item.debtor), (code, {}))
    return Proposal(line.key, LIKELY, item.debtor, found, reasons=reasons)


def _other_money(line, book, hits, left, rules):
    """An item in other money than the bank account's, named by its whole number."""
    items = [item for item in book.of_documents(hits) if left.of(item)]
    if len(items) != 1 or hits[items[0].document] not in (STRUCTURED, "number"):
        return None
    item = items[0]
    if not item.value or not line.value:
        return None
    if abs(item.value - line.value) > abs(item.value) * rules.rate_share:
        return None
    reasons = (
        (hits[item.document], {"names": [item.name]}),
        ("other_money", {}),
    )
    shares = (Share(item.key, left.of(item)),)
    return Proposal(line.key, LIKELY, item.debtor, shares, reasons=reasons)


def _settled(line, items, left, rules):
    """The items that an amount settles to the cent, and how."""
    for code, found in (
        ("exact", fit.exact(line, items, left)),
        ("discount", fit.discounted(line, items, left, rules.discount_days)),
    ):
        if found:
            return found, code
    if len({item.document for item in items}) == 1:
        found = fit.instalments(line, items, left)
        if found:
            return found, "instalment"
    return None, None


def _here(line, items, left):
    """Items in the money of the line that are open still."""
    return [item for item in items if item.currency == line.currency and left.of(item)]


def _reasons(line, debtor, kinds, through, book, hits):
    order = (STRUCTURED, LOOSE, LISTED)
    kind = next((one for one in order if one in kinds), "number")
    names = sorted({item.name for item in book.of_documents(hits)})[:6]
    facts = {"names": names} | ({"reference": through} if through else {})
    first = ("set_reference" if through else kind, facts)
    return (first, *who_sent(line, debtor))
