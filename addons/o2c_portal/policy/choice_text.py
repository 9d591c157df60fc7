"""A choice of items as a short text that fits in an address.

``all``, or ``12.1_15.2`` (invoice 12 instalment 1, invoice 15 instalment 2); a smaller
amount follows after a tilde: ``all~120.50``.
"""

import re
from decimal import Decimal

MOST_ITEMS = 500


def write(keys=None, amount=None):
    """Text of a choice.

    >>> write(), write([(12, 1), (15, 2)]), write(None, "120.50")
    ('all', '12.1_15.2', 'all~120.50')
    """
    text = "_".join(f"{move}.{number}" for move, number in keys) if keys else "all"
    return f"{text}~{amount}" if amount else text


def read(text):
    """Keys and amount of a text; a key that cannot exist when it is malformed.

    >>> read("all"), read("12.1_15.2~120.50")
    ((None, None), ([(12, 1), (15, 2)], '120.50'))
    >>> read("12"), read(""), read("1.1_x.1")
    (([(0, 0)], None), ([(0, 0)], None), ([(0, 0)], None))
    """
    head, tilde, amount = text.partition("~")
    amount = amount if tilde else None
    if head == "all":
        return None, amount
    keys = [read_key(part) for part in head.split("_")]
    if len(keys) > MOST_ITEMS or (0, 0) in keys:
        return [(0, 0)], amount
    return keys, amount


def read_key(text):
    """Key of one item.

    >>> read_key("12.1"), read_key("12"), read_key("12.1.1"), read_key("-1.1")
    ((12, 1), (0, 0), (0, 0), (0, 0))
    """
    parts = text.split(".")
    if len(parts) != 2 or not all(
        part.isascii() and part.isdigit() and len(part) < 10 for part in parts
    ):
        return (0, 0)
    return (int(parts[0]), int(parts[1]))


def typed_amount(text):
    """Amount as people type it, as a plain text for the offer.

    A comma or a dot is the decimal mark when at most two digits follow; the other mark
    may group thousands. What could mean two things ("1.234") or nothing stays as it
    is and is refused later.

    >>> [typed_amount(text) for text in ("12,5", "12.50", "€ 1.234,56", "1,234.56")]
    ['12.5', '12.50', '1234.56', '1234.56']
    >>> [typed_amount(text) for text in ("1.234", "1,234", "1234", "x", "-5")]
    ['1.234', '1,234', '1234', 'x', '-5']
    """
    text = "".join(text.replace("€", "").replace("EUR", "").split())
    for mark, group in ((",", "."), (".", ",")):
        whole, found, cents = text.rpartition(mark)
        if found and len(cents) <= 2 and mark not in whole:
            if group not in whole or _grouped(whole, group):
                return whole.replace(group, "") + "." + cents
    return text


def meant_amounts(text):
    """Amounts that a typed text may mean, for somebody who looks for one.

    >>> for text in ("8.203,80", "8203,80", "8203.80", "€ 8.203,80", "8 203,8", "-60"):
    ...     print(*meant_amounts(text))
    8203.80
    8203.80
    8203.80
    8203.80
    8203.8
    60
    >>> meant_amounts("8.203"), meant_amounts("1,234,567")
    ([Decimal('8.203'), Decimal('8203')], [Decimal('1234567')])
    >>> meant_amounts("INV/2026/00001"), meant_amounts("nan"), meant_amounts("")
    ([], [], [])
    """
    plain = typed_amount(text).lstrip("-")
    found = [plain.replace(",", ".")] if plain.count(",") + plain.count(".") < 2 else []
    found += [plain.replace(mark, "") for mark in ".," if _grouped(plain, mark)]
    return [
        Decimal(one)
        for one in found
        if re.fullmatch(r"\d{1,15}([.]\d{1,9})?", one, re.ASCII)
    ]


def _grouped(text, mark):
    """Whether a text is digits in groups of three."""
    head, *groups = text.lstrip("-").split(mark)
    return (
        head.isdigit()
        and len(head) <= 3
        and bool(groups)
        and all(len(group) == 3 and group.isdigit() for group in groups)
    )
