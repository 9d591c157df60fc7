"""What a customer may fill in on our page, and whether it can be right.

Nothing of an answer is trusted: it is one short line and only fills what was asked.
"""

import re

from .preflight import dutch_scheme

LONGEST = 80
#: Fields of the page per thing that was missing.
FIELDS = {
    "order_reference_missing": ("order_reference",),
    "address_missing": ("street", "zip", "city"),
    "registration_missing": ("registration",),
}
DUTCH_ZIP = re.compile(r"[1-9][0-9]{3} ?[A-Za-z]{2}")


def tidy(text):
    """One line without control characters, not longer than a line.

    >>> tidy("  PO-7\\n<b>")
    'PO-7 <b>'
    >>> len(tidy("x" * 200))
    80
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text or "").split())[
        :LONGEST
    ]


def asked(codes):
    """Fields of the page, in order.

    >>> asked(("order_reference_missing", "address_missing"))
    ('order_reference', 'street', 'zip', 'city')
    """
    return tuple(name for code in codes for name in FIELDS.get(code, ()))


def read(codes, form, country="NL"):
    """The answer, and which of its fields cannot be right.

    >>> read(("order_reference_missing",), {"order_reference": " PO-7 ", "vat": "x"})
    ({'order_reference': 'PO-7'}, ())
    >>> read(("address_missing",), {"street": "Kade 1", "zip": "12", "city": ""})
    ({'street': 'Kade 1', 'zip': '12', 'city': ''}, ('zip', 'city'))
    >>> whole = {"street": "K 1", "zip": "1234ab", "city": "Delft"}
    >>> read(("address_missing",), whole)[1]
    ()
    >>> read(("registration_missing",), {"registration": "1234567"})[1]
    ('registration',)
    """
    values = {name: tidy(form.get(name)) for name in asked(codes)}
    wrong = [name for name, value in values.items() if not value]
    code = values.get("zip")
    if code and country == "NL" and not DUTCH_ZIP.fullmatch(code):
        wrong.append("zip")
    number = values.get("registration")
    if number and country == "NL" and not dutch_scheme(number):
        wrong.append("registration")
    order = list(values)
    return values, tuple(sorted(set(wrong), key=order.index))
