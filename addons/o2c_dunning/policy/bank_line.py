"""Money on the bank account that nobody matched yet: whose could it be?

A line says who sent it (partner or account number) and what for (its text). What it
names is held; what it names nothing of is held as far as its amount reaches, an item of
the very same amount first, then the oldest. Too careful for a day is better than
reminding somebody who has paid.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

#: how many words in a row may together be one number: "INV 2026 00012"
WORDS = 4
#: shorter numbers are found in any text by accident
SHORTEST = 5


@dataclass(frozen=True, slots=True)
class BankLine:
    """A credit line of a bank statement that is not reconciled."""

    key: object
    day: date
    amount: Decimal
    text: str = ""


def plain(text: str) -> str:
    """A number without what people write between its parts.

    >>> plain("INV/2026/00012"), plain("inv-2026-00012.")
    ('INV202600012', 'INV202600012')
    """
    return re.sub(r"[^0-9A-Z]", "", (text or "").upper())


def named(text: str, numbers) -> set:
    """Which of these plain numbers a text names, as one word or as words in a row.

    >>> numbers = {"INV202600012", "INV202600001"}
    >>> named("betaling INV/2026/00012 dank", numbers)
    {'INV202600012'}
    >>> named("fact. INV 2026 00012", numbers)
    {'INV202600012'}

    A longer number that only begins the same is another one:

    >>> named("INV/2026/000123", numbers)
    set()
    """
    words = [plain(word) for word in re.split(r"[\s,;:+()]+", text or "")]
    words = [word for word in words if word]
    found = set()
    for start in range(len(words)):
        joined = ""
        for word in words[start : start + WORDS]:
            joined += word
            if len(joined) >= SHORTEST and joined in numbers:
                found.add(joined)
    return found


def held_by(line: BankLine, items) -> list:
    """Keys of the items that a line of this customer may have paid.

    :param items: tuples of (key, due date, open amount), of one customer and currency

    >>> items = [("old", date(2026, 3, 1), Decimal(100)),
    ...          ("new", date(2026, 3, 9), Decimal(250))]
    >>> held_by(BankLine(1, date(2026, 4, 1), Decimal(250)), items)
    ['new']
    >>> held_by(BankLine(1, date(2026, 4, 1), Decimal(99)), items)
    ['old']
    >>> held_by(BankLine(1, date(2026, 4, 1), Decimal("100.01")), items)
    ['old', 'new']
    """
    same = [key for key, _due, amount in items if amount == line.amount]
    if same:
        return same[:1]
    held, left = [], line.amount
    for key, _due, amount in sorted(items, key=lambda item: item[1]):
        if left <= 0:
            break
        held.append(key)
        left -= amount
    return held
