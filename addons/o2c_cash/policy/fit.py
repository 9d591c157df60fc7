"""Does an amount fit these items: exactly, less discount, less costs, in part, too
much?
"""

from datetime import timedelta

from .combination import combinations
from .money import ZERO, Share

#: decimals kept when amounts become whole numbers
PLACES = 4


def whole(amount):
    """An amount as a whole number, for searching sums.

    >>> from decimal import Decimal
    >>> whole(Decimal("12.34"))
    123400
    """
    return int(amount.scaleb(PLACES))


def exact(line, items, left):
    """All of these items, to the cent.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> day = date(2026, 3, 5)
    >>> items = [Item("a", 1, 7, D(100), "EUR", day),
    ...          Item("b", 2, 7, D(-20), "EUR", day)]
    >>> left = Left({one.key: one for one in items})
    >>> [share.amount for share in exact(Line(1, day, D(80), "EUR"), items, left)]
    [Decimal('100'), Decimal('-20')]
    >>> exact(Line(1, day, D(81), "EUR"), items, left)
    """
    open_ = [left.of(item) for item in items]
    if items and all(open_) and sum(open_) == line.amount:
        return tuple(
            Share(item.key, amount) for item, amount in zip(items, open_, strict=True)
        )
    return None


def discounted(line, items, left, days=0):
    """All of these items, less the discount of those whose offer still holds.

    :param int days: that a bank may take

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> item = Item("a", 1, 7, D(100), "EUR", date(2026, 3, 30), "", D(2),
    ...             date(2026, 3, 8))
    >>> left = Left({"a": item})
    >>> def paid(day, days=0):
    ...     found = discounted(Line(1, day, D(98), "EUR"), [item], left, days)
    ...     return found and (found[0].amount, found[0].discount)
    >>> paid(date(2026, 3, 8)), paid(date(2026, 3, 9)), paid(date(2026, 3, 9), 1)
    ((Decimal('98'), Decimal('2')), None, (Decimal('98'), Decimal('2')))
    """
    day = discount_day(line, days)
    shares = []
    for item in items:
        amount = left.of(item)
        off = item.amount - item.payable(day) if amount == item.amount else ZERO
        shares.append(Share(item.key, amount - off, off))
    took = any(share.discount for share in shares)
    if took and sum(share.amount for share in shares) == line.amount:
        return tuple(shares)
    return None


def discount_day(line, days):
    """The day on which a discount must still hold: a bank may take some days."""
    return line.day - timedelta(days=max(days, 0))


def instalments(line, items, left):
    """The first instalments of one document, to the cent.

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> items = [Item(n, 1, 7, D(50), "EUR", date(2026, n, 1)) for n in (3, 1, 2)]
    >>> left = Left({one.key: one for one in items})
    >>> line = Line(1, date(2026, 3, 5), D(100), "EUR")
    >>> [share.key for share in instalments(line, items, left)]
    [1, 2]
    """
    shares, total = [], ZERO
    for item in sorted(items, key=lambda one: (one.due, str(one.key))):
        amount = left.of(item)
        shares.append(Share(item.key, amount))
        total += amount
        if total == line.amount:
            return tuple(shares) if len(shares) < len(items) else None
    return None


def near(line, items, left, tolerance):
    """All of these items, but for a small difference: bank costs, a cent.

    :return: (shares, what is missing; negative when too much came) or None

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> item = Item("a", 1, 7, D(100), "EUR", date(2026, 3, 1))
    >>> left = Left({"a": item})
    >>> line = Line(1, date(2026, 3, 5), D("99.95"), "EUR")
    >>> near(line, [item], left, D("0.05"))[1], near(line, [item], left, D("0.04"))
    (Decimal('0.05'), None)
    """
    shares = tuple(Share(item.key, left.of(item)) for item in items)
    missing = sum((share.amount for share in shares), ZERO) - line.amount
    if shares and missing and abs(missing) <= tolerance:
        return shares, missing
    return None


def spread(line, items, left):
    """As far as the money goes: the oldest first, credit notes before everything.

    :return: (shares, rest that no item takes)

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> items = [Item(n, n, 7, D(100), "EUR", date(2026, n, 1)) for n in (1, 2)]
    >>> left = Left({one.key: one for one in items})
    >>> shares, rest = spread(Line(1, date(2026, 3, 5), D(130), "EUR"), items, left)
    >>> [(share.key, share.amount) for share in shares], rest
    ([(1, Decimal('100')), (2, Decimal('30'))], Decimal('0'))
    >>> spread(Line(1, date(2026, 3, 5), D(230), "EUR"), items, left)[1]
    Decimal('30')
    """
    shares, money = [], line.amount
    for item in sorted(items, key=lambda one: (one.amount > 0, one.due, str(one.key))):
        amount = left.of(item)
        part = amount if amount < 0 else min(amount, money)
        if part:
            shares.append(Share(item.key, part))
            money -= part
    return tuple(shares), money


def agreed(line, documents, items, left):
    """A part that was agreed, on the documents in the order of the agreement.

    :param documents: that the agreement is about, the first one is paid first
    :return: shares; None where it is more than what is open of them

    >>> from datetime import date; from decimal import Decimal as D
    >>> from .money import Item, Left, Line
    >>> items = [Item(n, n, 7, D(100), "EUR", date(2026, n, 1)) for n in (1, 2)]
    >>> left, day = Left({one.key: one for one in items}), date(2026, 3, 5)
    >>> [(share.key, int(share.amount))
    ...  for share in agreed(Line(1, day, D(130), "EUR"), [2, 1], items, left)]
    [(2, 100), (1, 30)]
    >>> agreed(Line(1, day, D(230), "EUR"), [2, 1], items, left)
    """
    places = {document: place for place, document in enumerate(documents)}
    shares, money = [], line.amount
    for item in sorted(
        (item for item in items if item.document in places and left.of(item) > 0),
        key=lambda one: (places[one.document], one.due, str(one.key)),
    ):
        if part := min(left.of(item), money):
            shares.append(Share(item.key, part))
            money -= part
    return None if money or not shares else tuple(shares)


def sums(line, items, left):
    """Sets of items that together are the amount.

    :return: (list of ways, each a tuple of items; whether all ways were looked at)
    """
    open_ = [item for item in items if left.of(item)]
    found, complete = combinations(
        [whole(left.of(item)) for item in open_], whole(line.amount)
    )
    return [tuple(open_[at] for at in way) for way in found], complete
