"""Orders that another system sends over the JSON API, as rows of an order file."""

import json

from . import order_file as columns
from .order_file import Problem, Row

#: Name in the call to column; of the order, and of its lines.
OF_ORDER = {
    "reference": columns.REFERENCE,
    **{name: name for name in columns.OF_ORDER},
}
OF_LINE = {
    name: name
    for name in (
        columns.ARTICLE,
        columns.QUANTITY,
        columns.UNIT,
        columns.PRICE,
        columns.EXPECTED,
        columns.TEXT,
        columns.COST,
    )
}


def read(text):
    """Rows of a JSON text, numbered through all orders.

    >>> rows, problems = read('[{"reference": "A", "customer": "K7", "colour": 1,'
    ...     '"lines": [{"article": "B", "quantity": 2.5}]}]')
    >>> rows[0].cells, rows[0].problems[0].code, problems
    ({'order_reference': 'A', 'customer': 'K7', 'article': 'B', 'quantity': '2.5'}, \
'column', [])
    >>> read('{"a": 1}')[1][0].code, read('[')[1][0].code, read('[]')[1][0].code
    ('no_list', 'json', 'empty')
    """
    try:
        orders = json.loads(text)
    except (ValueError, RecursionError):
        return [], [Problem(0, "", "json")]
    if not isinstance(orders, list):
        return [], [Problem(0, "", "no_list")]
    rows = []
    for order in orders:
        rows += _rows(order, len(rows))
        if len(rows) > columns.MAX_LINES:
            return [], [Problem(0, "", "too_long", str(columns.MAX_LINES))]
    return rows, [] if rows else [Problem(0, "", "empty")]


def _rows(order, before):
    """Rows of one order; one to mend when it has no lines."""
    if not isinstance(order, dict):
        return [Row(before + 1, {}, (Problem(before + 1, "", "no_dict"),))]
    common, wrong = _cells(order, OF_ORDER, before + 1, known=("lines",))
    lines = order.get("lines")
    if not isinstance(lines, list) or not lines:
        problem = Problem(before + 1, "lines", "required")
        return [Row(before + 1, common, (*wrong, problem))]
    rows = []
    for number, line in enumerate(lines, before + 1):
        if not isinstance(line, dict):
            rows.append(Row(number, common, (Problem(number, "", "no_dict"),)))
            continue
        cells, problems = _cells(line, OF_LINE, number)
        rows.append(Row(number, {**common, **cells}, (*wrong, *problems)))
        wrong = ()
    return rows


def _cells(values, names, line, known=()):
    """Texts by column, and names that mean nothing here.

    A number of JSON is written so that it means one thing:

    >>> _cells({"quantity": 1.234, "article": ["x"]}, OF_LINE, 1)
    ({'quantity': '1.2340'}, (Problem(line=1, field='article', code='text', value=''),))
    """
    cells, problems = {}, []
    for name, value in values.items():
        column = names.get(name)
        if column is None:
            if name not in known:
                problems.append(Problem(line, str(name)[:60], "column"))
        elif value is None:
            continue
        elif isinstance(value, bool) or not isinstance(value, str | int | float):
            problems.append(Problem(line, name, "text"))
        elif isinstance(value, str):
            cells[column] = value.strip()
        else:
            text = repr(value)
            cells[column] = f"{text}0" if columns.AMBIGUOUS.match(text) else text
    return cells, tuple(problems)
