"""Reading a file of order lines: every line is understood, or nothing is taken.

A number that can mean two things is refused instead of guessed: "1.234" is one point
something in one country and twelve hundred in another.
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

REFERENCE, CUSTOMER, ARTICLE, QUANTITY = (
    "order_reference",
    "customer",
    "article",
    "quantity",
)
PRICE, DATE, NUMBER, TEXT = "price", "requested_date", "customer_order", "description"
REQUIRED = (REFERENCE, CUSTOMER, ARTICLE, QUANTITY)
COLUMNS = (*REQUIRED, PRICE, DATE, NUMBER, TEXT)

#: What people write above their columns, in lower case.
ALIASES = {
    "reference": REFERENCE,
    "order": REFERENCE,
    "ordernummer": REFERENCE,
    "orderreferentie": REFERENCE,
    "klant": CUSTOMER,
    "debiteur": CUSTOMER,
    "product": ARTICLE,
    "product_code": ARTICLE,
    "artikel": ARTICLE,
    "artikelcode": ARTICLE,
    "aantal": QUANTITY,
    "prijs": PRICE,
    "unit_price": PRICE,
    "leverdatum": DATE,
    "customer_order_number": NUMBER,
    "inkoopnummer": NUMBER,
    "omschrijving": TEXT,
}

MAX_LINES = 20000
AMBIGUOUS = re.compile(r"^-?[1-9]\d{0,2}[.,]\d{3}$")
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class Problem:
    """What is wrong, where. ``line`` counts as a spreadsheet does; 0 is the file."""

    line: int
    field: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Line:
    """One order line as the customer means it."""

    number: int
    article: str
    quantity: Decimal
    price: Decimal | None = None
    description: str = ""


@dataclass
class Order:
    """The lines that share a reference."""

    reference: str
    customer: str
    number: int
    requested: date | None = None
    customer_order: str = ""
    lines: list = field(default_factory=list)


def decode(content):
    """Bytes of a text file as text, None when it is not text.

    >>> decode("é".encode()), decode("é".encode("cp1252")), decode("é".encode("utf-16"))
    ('é', 'é', 'é')
    >>> decode(b"PK\\x03\\x04\\x00") is None
    True
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in content:
        return None
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def number(text):
    """A decimal, or a code why not.

    >>> number("1.234,50"), number("1,234.50"), number("12,5"), number("0,125")
    (Decimal('1234.50'), Decimal('1234.50'), Decimal('12.5'), Decimal('0.125'))
    >>> number("1.234"), number("ten"), number("NaN")
    ('ambiguous', 'number', 'number')
    """
    text = re.sub(r"[\s\u00a0€]", "", text)
    if AMBIGUOUS.match(text):
        return "ambiguous"
    comma, dot = text.rfind(","), text.rfind(".")
    if comma > dot:
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        return "number"
    return value if value.is_finite() else "number"


def day(text):
    """A date, None when it is not one.

    >>> day("2026-03-31"), day("31-03-2026"), day("31-02-2026")
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), None)
    """
    for pattern in DATES:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


def columns(header):
    """Columns of the header, and what is wrong with it.

    >>> columns(["Order", "Klant", "Artikel", "Aantal", "Kleur"])[1]
    [Problem(line=1, field='Kleur', code='column', value='')]
    >>> [p.field for p in columns(["order", "klant"])[1]]
    ['article', 'quantity']
    """
    names, problems = [], []
    for title in header:
        key = title.strip().lower().replace(" ", "_")
        name = key if key in COLUMNS else ALIASES.get(key, "")
        if title.strip() and not name:
            problems.append(Problem(1, title.strip(), "column"))
        elif name and name in names:
            problems.append(Problem(1, title.strip(), "twice"))
        names.append(name)
    problems += [Problem(1, name, "missing") for name in REQUIRED if name not in names]
    return names, problems


def read(text):
    """Orders in a CSV text, in its order, and every problem found.

    >>> text = "order;klant;artikel;aantal\\nA1;K7;B1;3\\nA1;K7;B2;x\\n"
    >>> orders, problems = read(text)
    >>> [(o.reference, len(o.lines)) for o in orders], problems
    ([('A1', 1)], [Problem(line=3, field='quantity', code='number', value='x')])
    """
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    header = next(rows, [])
    names, problems = columns(header)
    if problems:
        return [], problems
    orders = {}
    for position, row in enumerate(rows, 2):
        if not any(cell.strip() for cell in row):
            continue
        if position > MAX_LINES + 1:
            return [], [Problem(position, "", "too_long", str(MAX_LINES))]
        if len(row) > len(names):
            problems.append(Problem(position, "", "cells", str(len(row))))
            continue
        cells = {n: c.strip() for n, c in zip(names, row, strict=False) if n}
        problems += _take(orders, cells, position)
    if not orders and not problems:
        problems.append(Problem(0, "", "empty"))
    return list(orders.values()), problems


def _take(orders, cells, position):
    """Add one row to its order.

    :return: the problems of the row
    """
    values, problems = _values(cells, position)
    if problems:
        return problems
    order = orders.setdefault(
        cells[REFERENCE],
        Order(
            cells[REFERENCE],
            cells[CUSTOMER],
            position,
            values.get(DATE),
            cells.get(NUMBER, ""),
        ),
    )
    if order.customer != cells[CUSTOMER]:
        return [Problem(position, CUSTOMER, "another", cells[CUSTOMER])]
    order.lines.append(
        Line(
            position,
            cells[ARTICLE],
            values[QUANTITY],
            values.get(PRICE),
            cells.get(TEXT, ""),
        )
    )
    return []


def _values(cells, position):
    """Numbers and dates of one row, and what is wrong with them."""
    problems = [
        Problem(position, name, "required") for name in REQUIRED if not cells.get(name)
    ]
    values = {}
    for name in (QUANTITY, PRICE, DATE):
        text = cells.get(name)
        if not text:
            continue
        values[name] = day(text) or "date" if name == DATE else number(text)
        if name == QUANTITY and isinstance(values[name], Decimal) and values[name] <= 0:
            values[name] = "positive"
        if isinstance(values[name], str):
            problems.append(Problem(position, name, values[name], text))
    return values, problems
