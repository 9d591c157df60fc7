"""Reading a file of agreed prices: every row is understood, or says what to do.

A row is one price or percentage with its tiers in columns of their own (``tier 1 from``,
``tier 1 value``, ``tier 2 from``, …), because that is how price lists are kept. Numbers
and dates are read as in order files: "1.234" can mean two things and is refused.

>>> rows, unused, problems = read([
...     (1, ["Artikel", "Prijs", "Staffel 1 vanaf", "Staffel 1 prijs", "Kleur"]),
...     (2, ["BALK-44", "8,75", "100", "8,25", "rood"])])
>>> rows[0].article, rows[0].value, rows[0].tiers
('BALK-44', Decimal('8.75'), ((Decimal('100'), Decimal('8.25')),))
>>> unused, problems
(['Kleur'], [])
"""

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .order_file import day, number

#: More rows than this in one file are refused before anything is read.
MOST_ROWS = 20_000
MOST_TIERS = 20

NAMES = {
    "article": ("article", "artikel", "product", "artikelcode", "product_code"),
    "category": ("category", "categorie", "artikelcategorie", "product_category"),
    "article_group": ("article_group", "artikelgroep", "kortingsgroep_artikel"),
    "customer_group": ("customer_group", "klantgroep", "kortingsgroep_klant"),
    "form": ("subscription_form", "abonnementsvorm"),
    "kind": ("kind", "soort"),
    "step": ("step", "stap"),
    "price": ("price", "prijs", "amount", "bedrag"),
    "discount": ("discount", "korting", "percentage"),
    "minimum": ("from_quantity", "vanaf_aantal", "minimum"),
    "date_from": ("valid_from", "geldig_van", "geldig_vanaf", "date_from"),
    "date_to": ("valid_until", "geldig_tot", "geldig_tot_en_met", "date_to"),
}
COLUMNS = {alias: name for name, aliases in NAMES.items() for alias in aliases}
TIER = re.compile(r"^(?:tier|staffel)_?(\d+)_(from|value|vanaf|prijs|korting|waarde)$")
KINDS = {
    "": None,
    "goods": "goods",
    "goederen": "goods",
    "service": "service",
    "services": "service",
    "dienst": "service",
    "diensten": "service",
}
STEPS = {
    "": "price",
    "price": "price",
    "prijs": "price",
    "on_top": "discount",
    "discount": "discount",
    "bovenop": "discount",
}


@dataclass(frozen=True)
class Problem:
    """What is wrong, where: row and column as a spreadsheet shows them."""

    row: int
    column: str
    code: str
    value: str = ""


@dataclass
class Row:
    """One price as the file means it."""

    number: int
    article: str = ""
    category: str = ""
    article_group: str = ""
    customer_group: str = ""
    form: str = ""
    kind: str | None = None
    step: str = "price"
    fixed: bool = True
    value: Decimal = Decimal(0)
    minimum: Decimal = Decimal(0)
    date_from: date | None = None
    date_to: date | None = None
    tiers: tuple = ()
    problems: list = field(default_factory=list)


def header_name(text):
    """The name of a column as it is compared.

    >>> header_name(" Geldig van "), header_name("Tier 1 (from)")
    ('geldig_van', 'tier_1_from')
    """
    kept = "".join(one if one.isalnum() else " " for one in str(text).lower())
    return "_".join(kept.split())


def table(text):
    """The cells of a CSV text with the number of their row.

    >>> table("sep=;\\na;b\\n\\n1;2\\n")
    [(2, ['a', 'b']), (4, ['1', '2'])]
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[start].lower().startswith("sep="):
        start += 1
    head = lines[start] if start < len(lines) else ""
    mark = max(";,\t", key=lambda one: (head.count(one), -";,\t".index(one)))
    reader = csv.reader([f"{line}\n" for line in lines[start:]], delimiter=mark)
    return [
        (start + index, [cell.strip() for cell in cells])
        for index, cells in enumerate(reader, start=1)
        if any(cell.strip() for cell in cells)
    ]


def _heads(header):
    """Columns of the header: (index to name, index to (tier, side), unused)."""
    names, tiers, unused = {}, {}, []
    for index, text in enumerate(header):
        name = header_name(text)
        tier = TIER.match(name)
        if name in COLUMNS and COLUMNS[name] not in names.values():
            names[index] = COLUMNS[name]
        elif tier and int(tier[1]) <= MOST_TIERS:
            side = "from" if tier[2] in ("from", "vanaf") else "value"
            tiers[index] = (int(tier[1]), side)
        elif text.strip():
            unused.append(text.strip())
    return names, tiers, unused


def read(cells):
    """The rows of a table.

    >>> read([])[2]
    [Problem(row=0, column='', code='empty', value='')]
    >>> read([(1, ["colour"]), (2, ["red"])])[2]
    [Problem(row=1, column='', code='header', value='')]
    >>> row = read([(1, ["article", "price", "discount"]), (2, ["A", "5", "3"])])[0][0]
    >>> [(one.column, one.code) for one in row.problems]
    [('price', 'both')]
    >>> row = read([(1, ["article", "price"]), (2, ["A", "1.234"])])[0][0]
    >>> [(one.column, one.code, one.value) for one in row.problems]
    [('price', 'ambiguous', '1.234')]
    """
    if not cells:
        return [], [], [Problem(0, "", "empty")]
    if len(cells) > MOST_ROWS + 1:
        return [], [], [Problem(0, "", "too_many", str(MOST_ROWS))]
    first, header = cells[0]
    names, tiers, unused = _heads(header)
    if not {"price", "discount"} & set(names.values()):
        return [], unused, [Problem(first, "", "header")]
    if len(cells) == 1:
        return [], unused, [Problem(0, "", "no_rows")]
    rows = []
    for line, values in cells[1:]:
        found = {names[i]: v for i, v in enumerate(values) if i in names and v}
        steps = {}
        for i, value in enumerate(values):
            if i in tiers and value:
                steps.setdefault(tiers[i][0], {})[tiers[i][1]] = value
        rows.append(_row(line, found, steps))
    return rows, unused, []


def _row(line, found, steps):
    row = Row(line)
    for name in ("article", "category", "article_group", "customer_group", "form"):
        setattr(row, name, found.get(name, ""))
    chosen = [
        name for name in ("article", "category", "article_group") if name in found
    ]
    if len(chosen) > 1:
        _wrong(row, chosen[1], "one_article", found[chosen[1]])
    row.kind = _choice(row, "kind", found, KINDS)
    row.step = _choice(row, "step", found, STEPS) or "price"
    _read_value(row, found)
    row.minimum = _decimal(row, "minimum", found.get("minimum", "")) or Decimal(0)
    if row.minimum < 0:
        _wrong(row, "minimum", "negative", found["minimum"])
    for name in ("date_from", "date_to"):
        if name in found:
            value = day(found[name])
            if value is None:
                _wrong(row, name, "date", found[name])
            setattr(row, name, value)
    if row.date_from and row.date_to and row.date_to < row.date_from:
        _wrong(row, "date_to", "order", found["date_to"])
    row.tiers = _read_tiers(row, steps)
    return row


def _read_value(row, found):
    given = [name for name in ("price", "discount") if name in found]
    if len(given) != 1:
        _wrong(row, "price", "both" if given else "no_value")
        return
    row.fixed = given[0] == "price"
    text = found[given[0]].rstrip("% ") if not row.fixed else found[given[0]]
    value = _decimal(row, given[0], text)
    if value is None:
        return
    if row.fixed and value < 0:
        _wrong(row, "price", "negative", found["price"])
    if not row.fixed and value > 100:
        _wrong(row, "discount", "over_100", found["discount"])
    row.value = value


def _read_tiers(row, steps):
    """Tiers in order of quantity; each quantity once.

    >>> row = Row(2)
    >>> _read_tiers(row, {1: {"from": "500", "value": "7"}, 2: {"from": "100"}})
    ((Decimal('500'), Decimal('7')),)
    >>> [(one.column, one.code) for one in row.problems]
    [('tier 2', 'tier_half')]
    """
    tiers = {}
    for tier in sorted(steps):
        column, parts = f"tier {tier}", steps[tier]
        if len(parts) != 2:
            _wrong(row, column, "tier_half", next(iter(parts.values())))
            continue
        quantity = _decimal(row, column, parts["from"])
        value = _decimal(row, column, parts["value"].rstrip("% "))
        if quantity is None or value is None:
            continue
        if quantity < 0 or (row.fixed and value < 0):
            _wrong(row, column, "negative", parts["value"])
        elif not row.fixed and value > 100:
            _wrong(row, column, "over_100", parts["value"])
        elif quantity in tiers:
            _wrong(row, column, "tier_twice", parts["from"])
        else:
            tiers[quantity] = value
    return tuple(sorted(tiers.items()))


def _choice(row, name, found, choices):
    text = header_name(found.get(name, ""))
    if text not in choices:
        _wrong(row, name, name, found[name])
        return None
    return choices[text]


def _decimal(row, column, text):
    """A number, or None with a problem; an empty cell is None without one."""
    if not text:
        return None
    value = number(text)
    if isinstance(value, str):
        _wrong(row, column, value, text)
        return None
    return value


def _wrong(row, column, code, value=""):
    row.problems.append(Problem(row.number, column, code, value))
