"""Reading a file of events: each row by itself, so that one never loses the others."""

import csv

from . import reported_event as event
from .order_file import Problem

#: What people write above their columns, in lower case.
ALIASES = {
    "sleutel": event.KEY,
    "id": event.KEY,
    "soort": event.CHARGE,
    "kostensoort": event.CHARGE,
    "charge_type": event.CHARGE,
    "artikel": event.ARTICLE,
    "artikelcode": event.ARTICLE,
    "klant": event.CUSTOMER,
    "debiteur": event.CUSTOMER,
    "datum": event.DATE,
    "delivered_at": event.DATE,
    "aantal": event.QUANTITY,
    "prijs": event.PRICE,
    "bedrag": event.AMOUNT,
    "valuta": event.CURRENCY,
    "omschrijving": event.TEXT,
    "referentie": event.REFERENCE,
    "dossiernummer": event.DOSSIER,
    "kostenplaats": event.COST_CENTRE,
    "corrigeert": event.CORRECTS,
    "correctie": event.CORRECTION,
}

MAX_ROWS = 20000


def read_text(text):
    """Rows of a CSV text as dicts, with their line; and what is wrong with the file.

    >>> rows, problems = read_text("id;klant;datum;bedrag\\nA1;K7;2-3-2026;9,50\\n")
    >>> rows
    [(2, {'key': 'A1', 'customer': 'K7', 'date': '2-3-2026', 'amount': '9,50'})]
    >>> read_text("key;customer;date;colour\\n")[1]
    [Problem(line=1, field='colour', code='column', value='')]
    """
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        return read_rows(reader)
    except csv.Error as error:
        return [], [Problem(0, "", "csv", str(error))]


def read_rows(rows):
    """Rows of cells, the first with the titles.

    >>> read_rows([["key", "key"]])[1][0].code, read_rows([])[1][0].code
    ('twice', 'empty')
    >>> read_rows([["key", "customer", "date"], ["A", "B", "C", "D"]])[0]
    [(2, {'key': 'A', 'customer': 'B', 'date': 'C', '4': 'D'})]
    """
    rows = iter(rows)
    names, problems = titles(next(rows, []))
    if problems:
        return [], problems
    found = []
    for line, row in enumerate(rows, 2):
        if all(cell is None or not str(cell).strip() for cell in row):
            continue
        if len(found) >= MAX_ROWS:
            return [], [Problem(line, "", "too_long", str(MAX_ROWS))]
        cells = {}
        for position, cell in enumerate(row):
            name = names[position] if position < len(names) else str(position + 1)
            if name and cell not in (None, ""):
                cells[name] = cell
        found.append((line, cells))
    if not found:
        problems = [Problem(0, "", "empty")]
    return found, problems


def titles(header):
    """Names of the columns, and what is wrong with them."""
    names, problems = [], []
    for title in header:
        title = "" if title is None else str(title).strip()
        key = title.lower().replace(" ", "_")
        name = key if key in event.NAMES else ALIASES.get(key, "")
        if title and not name:
            problems.append(Problem(1, title, "column"))
        elif name and name in names:
            problems.append(Problem(1, title, "twice"))
        names.append(name)
    if not names:
        return [], [Problem(0, "", "empty")]
    problems += [
        Problem(1, name, "missing") for name in event.REQUIRED if name not in names
    ]
    return names, problems
