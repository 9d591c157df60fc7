"""What does a customer's payment specification say? Documents, amounts, discounts.

Bookkeepers send what their program prints: a table with or without names above its
columns, a total below it, numbers with words around them. A row that cannot be read is
told with its number; nothing of a file is left out silently.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

DOCUMENT, AMOUNT, DISCOUNT, CURRENCY = "document", "amount", "discount", "currency"
#: What people write above their columns; of amounts the first one that is there counts.
COLUMNS = {
    DOCUMENT: (
        "document", "invoice", "invoice number", "invoice no", "number", "factuur",
        "factuurnummer", "factuurnr", "factuur nr", "nummer", "documentnummer",
        "uw factuur", "uw factuurnummer", "uw kenmerk", "betalingskenmerk",
        "payment reference", "reference", "kenmerk", "rechnung", "rechnungsnummer",
        "belegnummer", "facture", "numero de facture",
    ),
    AMOUNT: (
        "to pay", "paid", "amount paid", "payment amount", "te betalen", "betaald",
        "betaald bedrag", "betaalbedrag", "netto", "net", "amount", "bedrag", "betrag",
        "zahlbetrag", "montant", "openstaand", "open", "factuurbedrag", "total",
    ),
    DISCOUNT: (
        "discount", "deduction", "korting", "betalingskorting", "kredietbeperking",
        "inhouding", "ingehouden", "skonto", "escompte",
    ),
    CURRENCY: ("currency", "valuta", "munt", "wahrung", "devise"),
}  # fmt: skip
TOTALS = ("total", "totaal", "summe", "gesamt", "som", "subtotal", "subtotaal")
#: With a column for discounts, these stand before them, the others after.
GROSS = frozenset(
    "amount bedrag betrag montant openstaand open factuurbedrag total".split()
)
#: More rows than this are no specification of one transfer.
MOST_ROWS = 5000
#: Rows in which the names of the columns are looked for.
HEAD_ROWS = 25

UNKNOWN, SEVERAL, NO_AMOUNT, NO_DOCUMENT = "unknown", "several", "amount", "document"
TWICE, MONEY = "twice", "money"
TOO_MANY, EMPTY, TOTAL = "too_many", "empty", "total"


@dataclass
class Row:
    """A row of a specification; ``problem`` is a code when something is wrong."""

    number: int
    text: str
    amount: Decimal | None = None
    discount: Decimal = Decimal(0)
    currency: str = ""
    document: object = None
    problem: str = ""


def read(table, read_number, known):
    """The rows that name something to pay, and what is wrong with the whole file.

    :param list table: (row number, list of texts)
    :param read_number: function from text to Decimal, raises ValueError
    :param known: ``Documents``
    :return: (list of :class:`Row`, code or "")

    >>> known = Documents([(1, "INV/2026/00012"), (2, "INV/2026/00013")])
    >>> rows, wrong = read([(1, ["Betaling maart"]), (3, ["Factuur", "Korting",
    ...     "Betaald"]), (4, ["INV/2026/00012", "2", "98"]), (5, ["2026-00013", "",
    ...     "veel"]), (6, ["F77", "", "5"]), (7, ["Totaal", "", "103"])],
    ...     Decimal, known)
    >>> [(row.number, row.document, row.amount, row.discount, row.problem)
    ...  for row in rows]
    [(4, 1, Decimal('98'), Decimal('2'), ''), (5, 2, None, Decimal('0'), 'amount'), \
(6, None, Decimal('5'), Decimal('0'), 'unknown')]
    >>> wrong
    ''

    Without names above the columns the known numbers tell what is what:

    >>> rows, wrong = read([(1, ["12-03", "fact INV/2026/00012", "100.00"]),
    ...     (2, ["totaal", "", "90.00"])], Decimal, known)
    >>> [(row.document, row.amount) for row in rows], wrong
    ([(1, Decimal('100.00'))], 'total')
    >>> read([(1, ["nothing"])], Decimal, known)
    ([], 'empty')
    """
    if len(table) > MOST_ROWS:
        return [], TOO_MANY
    places, start = _head(table)
    rows, total = [], None
    for number, cells in table[start:]:
        if _is_total(cells):
            amounts = [value for value in map(_or_none(read_number), cells) if value]
            at = places.get(AMOUNT)
            told = _or_none(read_number)(_cell(cells, at)) if at is not None else None
            total = told if told is not None else amounts[-1] if amounts else total
            continue
        row = (
            _named(number, cells, places, read_number, known)
            if places
            else _bare(number, cells, read_number, known)
        )
        if row:
            rows.append(row)
    _twice(rows)
    if not rows:
        return rows, EMPTY
    complete = all(row.amount is not None for row in rows)
    sums = {_sum(rows), _sum(rows) + sum(row.discount for row in rows)}
    return rows, TOTAL if complete and total is not None and total not in sums else ""


class Documents:
    """Documents of a customer by what names them.

    >>> known = Documents([(1, "INV/2026/00012", "PO 4500001"), (2, "INV/2026/00013"),
    ...     (3, "RINV/2026/00012")])
    >>> known.named("inv 2026 00012"), known.named("uw factuur INV-2026-00013 d.d. 1-3")
    ({1}, {2})
    >>> known.named("RINV/2026/00012"), sorted(known.named("2026/00012"))
    ({3}, [1, 3])
    >>> known.named("4500001"), known.named("INV/2026/000123"), known.named("")
    (set(), set(), set())
    >>> known.named("po4500001")
    {1}
    """

    #: shorter ones are found in any text by accident
    SHORTEST = 5
    #: digits alone are the number itself from this length on
    WHOLE_DIGITS = 8
    #: runs of letters or of digits that may together be one number
    PARTS = 9

    def __init__(self, rows):
        self._known = {}
        for key, *texts in rows:
            for text in texts:
                whole = "".join(_parts(text))
                digits = re.sub(r"\D", "", whole)
                for name in {whole, digits if len(digits) >= self.WHOLE_DIGITS else ""}:
                    if len(name) >= self.SHORTEST and re.search(r"\d{3}", name):
                        self._known.setdefault(name, set()).add(key)

    def named(self, text):
        """Keys that a text names: the longest number that it holds counts."""
        pieces = _parts(text)
        for length in range(min(self.PARTS, len(pieces)), 0, -1):
            found = set()
            for start in range(len(pieces) - length + 1):
                window = "".join(pieces[start : start + length])
                found |= self._known.get(window, set())
            if found:
                return found
        return set()


def _parts(text):
    return re.findall(r"[A-Z]+|\d+", (text or "").upper())


def _plain(cell):
    kept = "".join(one if one.isalnum() else " " for one in str(cell).lower())
    return " ".join(kept.split())


def _head(table):
    """Where the columns are and where the rows begin; nothing where no row names them.

    >>> _head([(1, ["x"]), (2, ["Document", "Bedrag", "Te betalen"])])
    ({'document': 0, 'amount': 2}, 2)
    >>> _head([(1, ["Factuur", "Bedrag", "Korting"])])
    ({'document': 0, 'amount': 1, 'discount': 2, 'gross': True}, 1)
    >>> _head([(1, ["INV/2026/00012", "100"])])
    ({}, 0)
    """
    for place, (_number, cells) in enumerate(table[:HEAD_ROWS]):
        names = [_plain(cell) for cell in cells]
        found = {}
        for column, aliases in COLUMNS.items():
            at = next((names.index(name) for name in aliases if name in names), None)
            if at is not None:
                found[column] = at
        if DOCUMENT in found and AMOUNT in found:
            if DISCOUNT in found and names[found[AMOUNT]] in GROSS:
                found["gross"] = True
            return found, place + 1
    return {}, 0


def _is_total(cells):
    first = next((_plain(cell) for cell in cells if _plain(cell)), "")
    return first.split(" ")[0] in TOTALS


def _or_none(read_number):
    def number(text):
        try:
            return read_number(text) if str(text).strip() else None
        except (ValueError, ArithmeticError):
            return None

    return number


def _cell(cells, at):
    return str(cells[at]).strip() if at is not None and at < len(cells) else ""


def _named(number, cells, places, read_number, known):
    """A row under the names of its columns; None when it is empty."""
    text = _cell(cells, places[DOCUMENT])
    amount = _cell(cells, places[AMOUNT])
    off = _cell(cells, places.get(DISCOUNT))
    if not (text or amount):
        return None
    numbers = _or_none(read_number)
    row = Row(number, text, numbers(amount))
    row.discount = abs(numbers(off) or Decimal(0))
    if row.amount is not None and places.get("gross"):
        row.amount -= row.discount if row.amount > 0 else -row.discount
    row.currency = _cell(cells, places.get(CURRENCY)).upper()
    if off and numbers(off) is None:
        row.amount = None
    return _judged(row, known)


def _bare(number, cells, read_number, known):
    """A row of a table without names: it counts when it names a known document."""
    at = next((at for at, cell in enumerate(cells) if known.named(str(cell))), None)
    if at is None:
        return None
    others = [str(cell) for place, cell in enumerate(cells) if place != at]
    numbers = _or_none(read_number)
    values = {cell: numbers(cell) for cell in others if numbers(cell) is not None}
    broken = [cell for cell in values if re.search(r"[.,]\d{1,2}\D*$", cell)]
    amounts = [values[cell] for cell in broken or values]
    row = Row(number, str(cells[at]).strip())
    row.amount = amounts[0] if len(amounts) == 1 else None
    return _judged(row, known)


def _judged(row, known):
    found = known.named(row.text)
    if len(found) == 1:
        row.document = next(iter(found))
    if not row.text:
        row.problem = NO_DOCUMENT
    elif len(found) != 1:
        row.problem = SEVERAL if found else UNKNOWN
    if row.amount is None:
        row.problem = NO_AMOUNT
    return row


def _twice(rows):
    """The same document once more is told: a person sees which row is right.

    >>> rows = [Row(2, "a", Decimal(1), document=1), Row(3, "a", Decimal(1),
    ...     document=1)]
    >>> _twice(rows)
    >>> [row.problem for row in rows]
    ['', 'twice']
    """
    seen = set()
    for row in rows:
        if row.document and row.document in seen and not row.problem:
            row.problem = TWICE
        seen.add(row.document)


def _sum(rows):
    return sum((row.amount for row in rows if row.amount is not None), Decimal(0))
