"""Reading a file of order lines into rows; what they mean: :mod:`intake_order`.

A number that can mean two things is refused instead of guessed: "1.234" is one point
something in one country and twelve hundred in another.
"""

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

REFERENCE, CUSTOMER, ARTICLE, QUANTITY = (
    "order_reference",
    "customer",
    "article",
    "quantity",
)
PRICE, DATE, NUMBER, TEXT = "price", "requested_date", "customer_order", "description"
UNIT, CURRENCY, EXPECTED = "unit", "currency", "expected_price"
BUYER, CONTRACT, PROJECT, COST = (
    "buyer_reference",
    "contract_number",
    "project_number",
    "cost_centre",
)
REQUIRED = (REFERENCE, CUSTOMER, ARTICLE, QUANTITY)
#: What is said of the order as a whole; the others are said of a line.
OF_ORDER = (CUSTOMER, CURRENCY, DATE, NUMBER, BUYER, CONTRACT, PROJECT)
COLUMNS = (
    *REQUIRED,
    UNIT,
    PRICE,
    EXPECTED,
    CURRENCY,
    DATE,
    NUMBER,
    TEXT,
    BUYER,
    CONTRACT,
    PROJECT,
    COST,
)

#: What people write above their columns, in lower case.
ALIASES = {
    "reference": REFERENCE,
    "order": REFERENCE,
    "ordernummer": REFERENCE,
    "bestelnummer": REFERENCE,
    "orderreferentie": REFERENCE,
    "klant": CUSTOMER,
    "debiteur": CUSTOMER,
    "product": ARTICLE,
    "product_code": ARTICLE,
    "artikel": ARTICLE,
    "artikelcode": ARTICLE,
    "artikelnummer": ARTICLE,
    "aantal": QUANTITY,
    "hoeveelheid": QUANTITY,
    "eenheid": UNIT,
    "prijs": PRICE,
    "verwachte_prijs": EXPECTED,
    "valuta": CURRENCY,
    "unit_price": PRICE,
    "leverdatum": DATE,
    "gewenste_leverdatum": DATE,
    "customer_order_number": NUMBER,
    "inkoopnummer": NUMBER,
    "omschrijving": TEXT,
    "uw_referentie": BUYER,
    "contractnummer": CONTRACT,
    "projectnummer": PROJECT,
    "kostenplaats": COST,
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
class Row:
    """One line of a file: texts by column. ``problems`` say what the columns could
    not hold; remarks are what a person should know, such as a discount asked for."""

    number: int
    cells: dict
    problems: tuple = ()
    remarks: tuple = ()


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
    """Rows of a CSV text, and what is wrong with the file as a whole.

    >>> rows, problems = read("order;klant;artikel;aantal\\nA1;K7;B1;3\\n\\n")
    >>> rows[0].number, rows[0].cells["article"], problems
    (2, 'B1', [])
    >>> read("naam;adres\\nx;y")[1][0]
    Problem(line=1, field='naam', code='column', value='')
    >>> read("order;klant;artikel;aantal\\n")[1]
    [Problem(line=0, field='', code='empty', value='')]
    """
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        return table(list(enumerate(reader, 1)))
    except csv.Error as error:
        return [], [Problem(reader.line_num, "", "csv", str(error))]


def table(lines):
    """Rows of cells, the first with the titles.

    :param list lines: pairs of line number and texts
    :return: list of :class:`Row`, and the problems of the file

    >>> rows, _problems = table([(1, list(REQUIRED)), (2, ["A1", "K7", "B", "1", "x"])])
    >>> rows[0].problems
    (Problem(line=2, field='', code='cells', value='5'),)
    """
    if not lines:
        return [], [Problem(0, "", "empty")]
    names, problems = columns(lines[0][1])
    if problems:
        return [], problems
    rows = []
    for number_, cells in lines[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        if len(rows) >= MAX_LINES:
            return [], [Problem(number_, "", "too_long", str(MAX_LINES))]
        wide = any(cell.strip() for cell in cells[len(names) :])
        rows.append(
            Row(
                number_,
                {n: c.strip() for n, c in zip(names, cells, strict=False) if n},
                (Problem(number_, "", "cells", str(len(cells))),) if wide else (),
            )
        )
    return rows, [] if rows else [Problem(0, "", "empty")]
