"""An event as another system reports it: understood completely, or refused.

The same reader serves the endpoint, CSV, spreadsheets and mail. Texts and numbers come
in as JSON values or as cells; what can mean two things is refused instead of guessed.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from .order_file import Problem, day, number

KEY, CHARGE, ARTICLE, CUSTOMER = "key", "charge", "article", "customer"
DATE, QUANTITY, PRICE, AMOUNT = "date", "quantity", "price", "amount"
CURRENCY, TEXT, REFERENCE = "currency", "description", "reference"
DOSSIER, COST_CENTRE = "dossier", "cost_centre"
CORRECTS, CORRECTION = "corrects", "correction"

TEXTS = {
    KEY: 100,
    CHARGE: 50,
    ARTICLE: 100,
    CUSTOMER: 200,
    CURRENCY: 3,
    TEXT: 1000,
    REFERENCE: 200,
    DOSSIER: 100,
    COST_CENTRE: 100,
    CORRECTS: 100,
    CORRECTION: 10,
}
NUMBERS = (QUANTITY, PRICE, AMOUNT)
NAMES = (*TEXTS, DATE, *NUMBERS)
REQUIRED = (KEY, CUSTOMER, DATE)

REPLACE, ADD = "replace", "add"
#: Beyond this a number is a mistake, not an invoice.
LIMIT = Decimal(10) ** 9


@dataclass(frozen=True)
class Reported:
    """One event as the source means it."""

    key: str
    customer: str
    moment: date | datetime
    quantity: Decimal = Decimal(1)
    price: Decimal | None = None
    charge: str = ""
    article: str = ""
    currency: str = ""
    description: str = ""
    reference: str = ""
    dossier: str = ""
    cost_centre: str = ""
    corrects: str = ""
    correction: str = REPLACE

    @property
    def fingerprint(self):
        """The same content gives the same text, however it was written.

        >>> one = read({"key": "A", "customer": "7", "date": "2026-03-02",
        ...             "price": "12,50"})[0]
        >>> two = read({"key": "A ", "customer": 7, "date": "02-03-2026",
        ...             "amount": 12.5})[0]
        >>> one.fingerprint == two.fingerprint
        True
        """
        content = [
            format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
            for value in vars(self).values()
        ]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def read(raw, line=0):
    """One reported event, and every problem found in it.

    >>> event, problems = read({"key": "A1", "customer": "K7", "date": "2026-03-02",
    ...                         "charge": "DUTY", "amount": 1250.00})
    >>> event.price, event.quantity, problems
    (Decimal('1250.0'), Decimal('1'), [])

    >>> [(p.field, p.code) for p in read({"key": "A1", "colour": "red"})[1]]
    [('colour', 'column'), ('customer', 'required'), ('date', 'required')]
    >>> read("A1")[1][0].code, read({"key": ["A"]})[1][0].code
    ('object', 'text')

    An amount is divided over the quantity; a price and an amount must agree:

    >>> base = {"key": "A1", "customer": "K7", "date": "2026-03-02"}
    >>> read({**base, "quantity": 4, "amount": "10,00"})[0].price
    Decimal('2.50')
    >>> read({**base, "quantity": 4, "amount": 10, "price": 3})[1][0].code
    'differs'

    Nothing is only what takes something back:

    >>> read({**base, "quantity": 0})[1][0].code
    'zero'
    >>> read({**base, "key": "A2", "quantity": 0, "corrects": "A1"})[1]
    []
    """
    if not isinstance(raw, dict):
        return None, [Problem(line, "", "object")]
    problems = [Problem(line, str(name), "column") for name in raw if name not in NAMES]
    values, wrong = _values(raw, line)
    problems += wrong
    named = {problem.field for problem in problems}
    problems += [
        Problem(line, name, "required")
        for name in REQUIRED
        if not values.get(name) and name not in named
    ]
    if problems:
        return None, problems
    event, code = _meaning(values)
    if code:
        return None, [Problem(line, *code)]
    return event, []


def _values(raw, line):
    """Cells as values of the right kind, and what is wrong with them."""
    values, problems = {}, []
    for name, longest in TEXTS.items():
        given = raw.get(name)
        if isinstance(given, int | float) and not isinstance(given, bool):
            given = str(given)
        given = "" if given is None or given is False else given
        if not isinstance(given, str):
            problems.append(Problem(line, name, "text", str(given)[:50]))
            continue
        values[name] = given.strip()
        if len(values[name]) > longest:
            problems.append(Problem(line, name, "long", str(longest)))
    for name in NUMBERS:
        given = raw.get(name)
        if given is None or given is False or given == "":
            continue
        value = _number(given)
        if isinstance(value, str):
            problems.append(Problem(line, name, value, str(given)[:50]))
        values[name] = value
    if given := raw.get(DATE):
        values[DATE] = moment(given)
        if values[DATE] is None:
            problems.append(Problem(line, DATE, "date", str(given)[:50]))
    return values, problems


def _number(given):
    """
    >>> _number(12.1), _number("1.234,50"), _number(True), _number("1e12")
    (Decimal('12.1'), Decimal('1234.50'), 'number', 'large')
    """
    if isinstance(given, bool):
        return "number"
    if isinstance(given, int | float):
        try:
            value = Decimal(str(given))
        except InvalidOperation:
            return "number"
    else:
        value = number(given) if isinstance(given, str) else "number"
    if isinstance(value, Decimal) and not value.is_finite():
        return "number"
    return "large" if isinstance(value, Decimal) and abs(value) >= LIMIT else value


def moment(given):
    """A date, or a moment with or without zone; None when it is neither.

    >>> moment("2026-03-29"), moment("2026-03-29T02:30:00+01:00").isoformat()
    (datetime.date(2026, 3, 29), '2026-03-29T02:30:00+01:00')
    >>> moment("29-03-2026 14:05"), moment("yesterday"), moment(20260329)
    (datetime.datetime(2026, 3, 29, 14, 5), None, None)
    """
    if isinstance(given, date):
        return given
    if not isinstance(given, str):
        return None
    text = given.strip()
    if found := day(text):
        return found
    for read_text in (
        datetime.fromisoformat,
        lambda value: datetime.strptime(value, "%d-%m-%Y %H:%M"),
    ):
        try:
            return read_text(text)
        except ValueError:
            continue
    return None


def _meaning(values):
    """What the values say together.

    :return: the event, and (field, code, value) when they contradict each other
    """
    quantity = values.pop(QUANTITY, Decimal(1))
    price, amount = values.pop(PRICE, None), values.pop(AMOUNT, None)
    if not quantity and not values[CORRECTS]:
        return None, (QUANTITY, "zero", "")
    if amount is not None and quantity:
        if price is not None and abs(price * quantity - amount) >= Decimal("0.005"):
            return None, (AMOUNT, "differs", str(amount))
        price = amount / quantity if price is None else price
    if not values[CHARGE] and not values[ARTICLE]:
        values[CHARGE] = ""
    correction = values.pop(CORRECTION).lower() or REPLACE
    if correction not in (REPLACE, ADD):
        return None, (CORRECTION, "correction", correction)
    if values[CORRECTS] == values[KEY]:
        return None, (CORRECTS, "itself", values[KEY])
    return (
        Reported(
            moment=values.pop(DATE),
            quantity=quantity,
            price=price,
            correction=correction,
            **values,
        ),
        None,
    )
