"""Open items of another ledger in a file, and what the newest file changes.

A file is the whole book of its ledger on a day: what is not in it any more was settled
there. A row that cannot be read still names its item, so that a slip of the pen closes
nothing; a row without a number may be any item, so then nothing can be said to be gone.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .report.row import Problem
from .report.values import Unreadable, read_date, read_number

NUMBER, CUSTOMER, DAY, DUE = "number", "customer", "date", "due"
AMOUNT, OPEN, CURRENCY = "amount", "open", "currency"
#: What people write above their columns, as :func:`.report.file.header_name` has it.
ALIASES = {
    NUMBER: ("invoice", "factuur", "factuurnummer", "nummer", "document"),
    CUSTOMER: ("klant", "debiteur", "debiteurnummer", "customer_number", "kvk", "vat"),
    DAY: ("datum", "factuurdatum", "invoice_date"),
    DUE: ("due_date", "vervaldatum", "vervalt"),
    AMOUNT: ("bedrag", "factuurbedrag", "total"),
    OPEN: ("openstaand", "open_amount", "residual", "saldo", "open_bedrag"),
    CURRENCY: ("valuta",),
}
NAMES = {alias: name for name, others in ALIASES.items() for alias in (name, *others)}
REQUIRED = (NUMBER, CUSTOMER, DAY, OPEN)
LONGEST = 64


@dataclass
class Item:
    """A row of the file: an open invoice, or a credit that is open (negative)."""

    row: int
    number: str
    customer: str = ""
    day: date | None = None
    due: date | None = None
    amount: Decimal | None = None
    open: Decimal | None = None
    currency: str = ""
    problems: list = field(default_factory=list)
    #: filled in by who asks: his customer, currency and amount in company currency
    partner: object = None
    money: object = None
    worth: float = 0.0


def absent(raws):
    """Columns that every row needs and no row has: not named in the header, or empty
    from top to bottom. With the names that they may have.

    >>> from .report.file import RawRow
    >>> absent([RawRow(2, {"nummer": "V-1", "klant": "K7", "openstaand": "5"})])
    ['date (datum, factuurdatum, invoice_date)']
    >>> absent([RawRow(2, dict.fromkeys(("nummer", "klant", "datum", "saldo"), "x"))])
    []
    """
    known = {NAMES.get(name) for raw in raws for name in raw.cells}
    return [
        f"{name} ({', '.join(ALIASES[name])})" for name in REQUIRED if name not in known
    ]


def read_item(raw):
    """One row.

    :param raw: :class:`.report.file.RawRow`

    >>> from .report.file import RawRow
    >>> item = read_item(RawRow(2, {"factuur": "V-1", "klant": "K7",
    ...     "datum": "01-03-2026", "openstaand": "1.250,00"}))
    >>> item.number, item.day, item.due, item.amount, item.open, item.problems
    ('V-1', datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), \
Decimal('1250.00'), Decimal('1250.00'), [])
    >>> [(one.column, one.code) for one in read_item(RawRow(3, {"number": "V-2",
    ...     "customer": "K7", "date": "31-02-2026", "open": "veel"})).problems]
    [('date', 'date'), ('open', 'number')]
    >>> read_item(RawRow(4, {"customer": "K7"})).problems[0]
    Problem(column='number', code='missing', value='')
    """
    cells = {NAMES[name]: text for name, text in raw.cells.items() if name in NAMES}
    item = Item(raw.number, cells.get(NUMBER, ""), cells.get(CUSTOMER, ""))
    item.problems = [
        Problem(name, "missing") for name in REQUIRED if not cells.get(name)
    ]
    if "_surplus" in raw.cells:
        item.problems.append(Problem("", "surplus", raw.cells["_surplus"]))
    if len(item.number) > LONGEST:
        item.problems.append(Problem(NUMBER, "long", item.number))
    item.currency = cells.get(CURRENCY, "").upper()
    for name, reader in ((DAY, read_date), (DUE, read_date), *_AMOUNTS):
        text = cells.get(name)
        if not text:
            continue
        try:
            value = reader(text)
        except Unreadable as error:
            item.problems.append(Problem(name, error.code, text))
            continue
        setattr(item, "day" if name == DAY else name, value)
    item.due = item.due or item.day
    item.amount = item.open if item.amount is None else item.amount
    if item.day and item.due and item.due < item.day:
        item.problems.append(Problem(DUE, "before", cells[DUE]))
    return item


_AMOUNTS = ((AMOUNT, read_number), (OPEN, read_number))


def unused(raws):
    """Columns that mean nothing here.

    >>> from .report.file import RawRow
    >>> unused([RawRow(2, {"klant": "x", "kleur": "rood", "_surplus": "3"})])
    ['kleur']
    """
    return sorted(
        {name for raw in raws for name in raw.cells} - set(NAMES) - {"_surplus"}
    )


def twice(items):
    """Say of items that stand in the file twice that they do.

    >>> items = [Item(2, "V-1"), Item(3, "V-2"), Item(4, "V-1")]
    >>> twice(items)
    >>> [[one.code for one in item.problems] for item in items]
    [[], [], ['twice']]
    """
    seen = {}
    for item in items:
        if item.number and item.number in seen:
            item.problems.append(Problem(NUMBER, "twice", str(seen[item.number])))
        seen.setdefault(item.number, item.row)


def gone(known, items):
    """Numbers that are open here and not in the file any more.

    :param known: numbers that are open here
    :param list items: every row of the file, those with a problem too
    :return: sorted list; None when a row has no number, so that nobody can tell

    >>> gone({"V-1", "V-2"}, [Item(2, "V-2")]), gone({"V-1"}, [Item(2, "")])
    (['V-1'], None)
    """
    if any(not item.number for item in items):
        return None
    return sorted(set(known) - {item.number for item in items})


def asks_first(closing, open_):
    """Does a file close so much that a person must say that it is right?

    More than half: a file with one page missing, or of another company, does.

    >>> asks_first(5, 10), asks_first(6, 10), asks_first(0, 0), asks_first(1, 1)
    (False, True, False, True)
    """
    return closing * 2 > open_
