"""What rows of an order file mean: orders, each with what is wrong with it.

Decided per order: one bad order never loses the others, and one bad line never makes
an order without it. Rows without a reference stand together as one order to mend.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from .order_file import (
    ARTICLE,
    BUYER,
    CONTRACT,
    COST,
    CURRENCY,
    CUSTOMER,
    DATE,
    EXPECTED,
    NUMBER,
    OF_ORDER,
    PRICE,
    PROJECT,
    QUANTITY,
    REFERENCE,
    REQUIRED,
    TEXT,
    UNIT,
    Problem,
    day,
    number,
)

#: More than any order; a slip of the finger, or a number that no column can hold.
LIMIT = Decimal(10) ** 9


@dataclass(frozen=True)
class Line:
    """One order line as the customer means it."""

    number: int
    articles: tuple
    quantity: Decimal
    unit: str = ""
    price: Decimal | None = None
    expected: Decimal | None = None
    description: str = ""
    cost_centre: str = ""


@dataclass
class Order:
    """The rows that share a reference."""

    reference: str
    customers: tuple
    number: int
    currency: str = ""
    requested: date | None = None
    customer_order: str = ""
    references: dict = field(default_factory=dict)
    lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    remarks: list = field(default_factory=list)


def names(text):
    """Several names of one thing, the best first: a UBL party has VAT and KvK number.

    >>> names("NL1\\n123\\n\\n123")
    ('NL1', '123')
    """
    return tuple(dict.fromkeys(name for name in text.split("\n") if name))


def mended(rows, corrections):
    """The rows as people corrected them.

    :param dict corrections: (line number, column) to text; what is said of an order
        as a whole is corrected in all its rows

    >>> from .order_file import Row
    >>> rows = [Row(2, {"order_reference": "A", "customer": "x", "quantity": "veel"}),
    ...     Row(3, {"order_reference": "A", "customer": "x"})]
    >>> done = mended(rows, {(2, "customer"): "K7", (2, "quantity"): "3"})
    >>> [(row.cells["customer"], row.cells.get("quantity")) for row in done]
    [('K7', '3'), ('K7', None)]
    """
    if not corrections:
        return rows
    whole = {
        (row.cells.get(REFERENCE, ""), column): text
        for row in rows
        for (line, column), text in corrections.items()
        if line == row.number and column in OF_ORDER
    }
    done = []
    for row in rows:
        cells = dict(row.cells)
        for (reference, column), text in whole.items():
            if reference == row.cells.get(REFERENCE, ""):
                cells[column] = text
        for (line, column), text in corrections.items():
            if line == row.number and column not in OF_ORDER:
                cells[column] = text
        done.append(replace(row, cells=cells))
    return done


def orders(rows):
    """Orders of the rows, in their order.

    :param list rows: :class:`~.order_file.Row`

    >>> from .order_file import Row
    >>> def row(line, reference, customer, article, quantity):
    ...     return Row(line, dict(zip(REQUIRED, (reference, customer, article,
    ...         quantity))))
    >>> first, second = orders([row(2, "A", "K7", "B1", "3"),
    ...     row(3, "B", "K7", "B1", "-1"), row(4, "A", "K7", "B2", "1,5")])
    >>> [(line.number, line.quantity) for line in first.lines], first.problems
    ([(2, Decimal('3')), (4, Decimal('1.5'))], [])
    >>> second.problems
    [Problem(line=3, field='quantity', code='positive', value='-1')]
    >>> orders([row(2, "A", "K7", "B1", "1"), row(3, "A", "K8", "B1", "1")])[0].problems
    ... # doctest: +NORMALIZE_WHITESPACE
    [Problem(line=3, field='customer', code='another', value='K8'),
     Problem(line=3, field='order_reference', code='apart', value='A')]
    """
    found = {}
    for row in rows:
        cells = row.cells
        reference = cells.get(REFERENCE, "")
        values, problems = _values(cells, row.number)
        order = found.get(reference)
        if order is None:
            order = found[reference] = _order(row, reference, values)
        else:
            problems += _contradictions(order, cells, row.number)
        order.problems += [*row.problems, *problems]
        order.remarks += row.remarks
        if not problems:
            order.lines.append(_line(row, values))
    return list(found.values())


def differing(sent, there):
    """Articles of which the order that exists has another quantity than is sent now.

    What stands in the order beside them (freight, a discount) is no difference.

    :param list sent: pairs of article and quantity, an article more than once at will
    :param list there: the same of the order
    :return: list of (article, quantity there, quantity sent)

    >>> differing([("A", 3), ("B", 1), ("A", 1)], [("A", 4), ("B", 1), ("freight", 1)])
    []
    >>> differing([("A", 30), ("C", 2)], [("A", 3)])
    [('A', Decimal('3'), Decimal('30')), ('C', Decimal('0'), Decimal('2'))]
    """
    wanted, present = _sums(sent), _sums(there)
    return [
        (article, present.get(article, Decimal(0)), quantity)
        for article, quantity in wanted.items()
        if present.get(article, Decimal(0)) != quantity
    ]


def _sums(pairs):
    sums = {}
    for article, quantity in pairs:
        sums[article] = sums.get(article, Decimal(0)) + Decimal(str(quantity))
    return sums


def _contradictions(order, cells, line):
    """An order has one customer and one currency; what differs is a slip, or a line of
    another order."""
    found = []
    customers = names(cells.get(CUSTOMER, ""))
    if customers and customers != order.customers:
        found.append(Problem(line, CUSTOMER, "another", " ".join(customers)))
    currency = cells.get(CURRENCY, "").upper()
    if currency and currency != order.currency:
        found.append(Problem(line, CURRENCY, "another", currency))
    if found:
        found.append(Problem(line, REFERENCE, "apart", order.reference))
    return found


def _order(row, reference, values):
    cells = row.cells
    return Order(
        reference,
        names(cells.get(CUSTOMER, "")),
        row.number,
        cells.get(CURRENCY, "").upper(),
        values.get(DATE),
        cells.get(NUMBER, ""),
        {name: cells[name] for name in (BUYER, CONTRACT, PROJECT) if cells.get(name)},
    )


def _line(row, values):
    cells = row.cells
    return Line(
        row.number,
        names(cells[ARTICLE]),
        values[QUANTITY],
        cells.get(UNIT, ""),
        values.get(PRICE),
        values.get(EXPECTED),
        cells.get(TEXT, ""),
        cells.get(COST, ""),
    )


def _values(cells, line):
    """Numbers and dates of one row, and what is wrong with them.

    >>> _values({"order_reference": "A", "customer": "K", "article": "B",
    ...     "quantity": "1.234", "price": "-2"}, 2)[1]
    [Problem(line=2, field='quantity', code='ambiguous', value='1.234'), \
Problem(line=2, field='price', code='negative', value='-2')]
    """
    problems = [
        Problem(line, name, "required") for name in REQUIRED if not cells.get(name)
    ]
    values = {}
    for name in (QUANTITY, PRICE, EXPECTED, DATE):
        text = cells.get(name)
        if not text:
            continue
        value = (day(text) or "date") if name == DATE else number(text)
        if isinstance(value, Decimal):
            value = _within(name, value)
        if isinstance(value, str):
            problems.append(Problem(line, name, value, text))
        else:
            values[name] = value
    return values, problems


def _within(name, value):
    """The number, or a code why it cannot be one of an order."""
    if name == QUANTITY and value <= 0:
        return "positive"
    if value < 0:
        return "negative"
    return value if value < LIMIT else "large"
