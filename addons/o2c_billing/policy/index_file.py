"""Reading figures of an index from a file: a period and a figure per row.

Periods are read as people and statistics offices write them: ``2026-10``, ``10-2026``,
``2026-10-01``, ``2026Q3``, ``2026`` and the codes of Statistics Netherlands ``2026MM10``,
``2026KW03``, ``2026JJ00`` (see https://www.cbs.nl/en-gb/our-services/open-data).

>>> rows, problems = read([(1, ["Perioden", "CPI"]), (2, ["2026MM10", "131,42"]),
...                        (3, ["2026MM11", "131,90*"])])
>>> [(str(row.period), str(row.value), row.provisional) for row in rows]
[('2026-10-01', '131.42', False), ('2026-11-01', '131.90', True)]
>>> problems
[]
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .order_file import day, number
from .price_file import Problem, header_name

PERIOD = ("period", "periode", "perioden", "month", "maand", "quarter", "jaar", "year")
VALUE = ("value", "figure", "index", "cpi", "indexcijfer", "cijfer", "waarde")
STATE = ("status", "state")
PROVISIONAL = ("provisional", "voorlopig", "p", "v")
FINAL = ("", "final", "definitief", "d", "f")
SHAPES = (
    (re.compile(r"^(\d{4})(?:mm|-|/| )(\d{1,2})$"), lambda a, b: (int(a), int(b))),
    (re.compile(r"^(\d{1,2})[-/](\d{4})$"), lambda a, b: (int(b), int(a))),
    (
        re.compile(r"^(\d{4})[ -]?(?:kw0?|q)([1-4])$"),
        lambda a, b: (int(a), int(b) * 3 - 2),
    ),
    (re.compile(r"^(\d{4})(jj00)?$"), lambda a, b: (int(a), 1)),
)


@dataclass(frozen=True)
class IndexRow:
    """One figure of the file."""

    number: int
    period: date
    value: Decimal
    provisional: bool


def period(text):
    """First day of a period, None when it is not one.

    >>> [str(period(one)) for one in ("2026-3", "3-2026", "2026 Q3", "2026KW03", "2026")]
    ['2026-03-01', '2026-03-01', '2026-07-01', '2026-07-01', '2026-01-01']
    >>> period("2026MM13"), period("soon")
    (None, None)
    """
    text = text.strip().lower()
    for shape, parts in SHAPES:
        found = shape.match(text)
        if found:
            year, month = parts(*found.groups())
            return date(year, month, 1) if 1 <= month <= 12 else None
    found = day(text)
    return found.replace(day=1) if found else None


def read(cells):
    """The figures of a table, and what is wrong with it.

    >>> read([(1, ["a", "b"]), (2, ["2026-01", "0"])])[1]
    [Problem(row=1, column='', code='header', value='')]
    >>> rows, problems = read([(1, ["period", "value"]), (2, ["2026-01", "0"]),
    ...     (3, ["2026-02", "1"]), (4, ["2026-02", "2"]), (5, ["2026-03", ""])])
    >>> [(one.row, one.column, one.code) for one in problems]
    [(2, 'value', 'not_positive'), (4, 'period', 'twice'), (5, 'value', 'no_value')]
    """
    if not cells:
        return [], [Problem(0, "", "empty")]
    first, header = cells[0]
    heads = [header_name(text) for text in header]
    where = {
        name: next((i for i, head in enumerate(heads) if head in aliases), None)
        for name, aliases in (("period", PERIOD), ("value", VALUE), ("state", STATE))
    }
    if where["period"] is None or where["value"] is None:
        return [], [Problem(first, "", "header")]
    rows, problems, seen = [], [], set()
    for line, values in cells[1:]:
        found = {
            name: values[i] if i is not None and i < len(values) else ""
            for name, i in where.items()
        }
        one = _read_row(line, found, problems)
        if one and one.period in seen:
            problems.append(Problem(line, "period", "twice", found["period"]))
        elif one:
            seen.add(one.period)
            rows.append(one)
    if not rows and not problems:
        problems.append(Problem(0, "", "no_rows"))
    return rows, problems


def _read_row(line, found, problems):
    start = period(found["period"])
    if start is None:
        problems.append(Problem(line, "period", "period", found["period"]))
        return None
    text = found["value"]
    provisional = text.endswith("*") or found["state"].lower() in PROVISIONAL
    if not provisional and found["state"].lower() not in FINAL:
        problems.append(Problem(line, "status", "state", found["state"]))
        return None
    if not text.strip("* "):
        problems.append(Problem(line, "value", "no_value"))
        return None
    value = number(text.strip("* "))
    if value == "ambiguous":
        # An index has a few digits before the sign, so this is no thousands sign.
        value = Decimal(text.strip("* ").replace(",", "."))
    if isinstance(value, str):
        problems.append(Problem(line, "value", value, text))
        return None
    if value <= 0:
        problems.append(Problem(line, "value", "not_positive", text))
        return None
    return IndexRow(line, start, value, provisional)
