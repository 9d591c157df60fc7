"""Which data a customer may ask to change himself, and what a value must look like.

Bank details are never among them: who wants another IBAN is called back by a person.
"""

import re

#: Fields per kind of request, in the order of the form.
FIELDS = {
    "reference": ("ref",),
    "address": ("street", "street2", "zip", "city", "country_id"),
    "email": ("email",),
    "phone": ("phone",),
    "language": ("lang",),
    "contact": ("name", "email", "phone"),
    "channel": ("invoice_sending_method",),
    "einvoice": ("invoice_edi_format", "peppol_eas", "peppol_endpoint"),
}
REQUIRED = {
    "reference": ("ref",),
    "address": ("street", "zip", "city", "country_id"),
    "email": ("email",),
    "phone": ("phone",),
    "language": ("lang",),
    "contact": ("name", "email"),
    "channel": ("invoice_sending_method",),
    "einvoice": ("invoice_edi_format",),
}
LONGEST = {"ref": 60, "street": 80, "street2": 80, "zip": 12, "city": 60}

EMPTY = "empty"
LONG = "long"
EMAIL = "email"
PHONE = "phone"
POSTCODE = "postcode"
ENDPOINT = "endpoint"
IBAN_INSIDE = "iban"

_EMAIL = re.compile(r"[^@\s<>,;\"']+@[^@\s<>,;\"']+\.[^@\s<>,;\"'.]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{5,24}")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{2,4}){3,8}\b")
#: Identifiers of recipients by scheme (Peppol code list of participant identifiers):
#: 0106 chamber of commerce, 0190 OIN, 9944 Dutch VAT number.
_ENDPOINTS = {
    "0106": re.compile(r"[0-9]{8}"),
    "0190": re.compile(r"[0-9]{20}"),
    "9944": re.compile(r"NL[0-9]{9}B[0-9]{2}"),
}


def problem(kind, values, country="NL"):
    """Why a request is refused: (field, reason), or two empty texts.

    :param dict values: text per field of :data:`FIELDS`
    :param str country: code of the country of the address

    >>> problem("email", {"email": "post@proef.example"}), problem("email", {})
    (('', ''), ('email', 'empty'))
    >>> problem("email", {"email": "a@b"}), problem("email", {"email": "a@b.nl, c@d"})
    (('email', 'email'), ('email', 'email'))
    >>> problem("reference", {"ref": "x" * 60}), problem("reference", {"ref": "x" * 61})
    (('', ''), ('ref', 'long'))
    >>> problem("reference", {"ref": "pay to NL02 ABNA 0123 4567 89"})
    ('ref', 'iban')
    >>> problem("phone", {"phone": "+31 30 123 456"}), problem("phone", {"phone": "x"})
    (('', ''), ('phone', 'phone'))
    """
    for name in REQUIRED[kind]:
        if not values.get(name):
            return name, EMPTY
    for name in FIELDS[kind]:
        value = values.get(name) or ""
        if reason := _value_problem(name, value, country):
            return name, reason
    if kind == "einvoice":
        return _endpoint_problem(values)
    return "", ""


def _value_problem(name, value, country):
    """Why one value is refused.

    >>> _value_problem("zip", "1234 AB", "NL"), _value_problem("zip", "12345", "NL")
    ('', 'postcode')
    >>> _value_problem("zip", "12345", "DE"), _value_problem("zip", "0123 AB", "NL")
    ('', 'postcode')
    """
    if len(value) > LONGEST.get(name, 120):
        return LONG
    if name != "peppol_endpoint" and has_iban(value):
        return IBAN_INSIDE
    if name == "email" and value and not _EMAIL.fullmatch(value):
        return EMAIL
    if name == "phone" and value and not _PHONE.fullmatch(value):
        return PHONE
    if name == "zip" and country == "NL":
        if not re.fullmatch(r"[1-9][0-9]{3} ?[A-Za-z]{2}", value):
            return POSTCODE
    return ""


def has_iban(text):
    """Whether a text holds what looks like a bank account.

    >>> has_iban("NL02ABNA0123456789"), has_iban("nl02 abna 0123 4567 89")
    (True, True)
    >>> has_iban("PO 2026-0123"), has_iban("1234 AB"), has_iban("NL12 345")
    (False, False, False)
    """
    return bool(_IBAN.search(text.upper()))


def _endpoint_problem(values):
    """Scheme and number of an e-invoice address come together and fit.

    >>> _endpoint_problem({"peppol_eas": "0106", "peppol_endpoint": "12345678"})
    ('', '')
    >>> _endpoint_problem({"peppol_eas": "0106", "peppol_endpoint": "1234567"})
    ('peppol_endpoint', 'endpoint')
    >>> _endpoint_problem({"peppol_eas": "0106"}), _endpoint_problem({})
    (('peppol_endpoint', 'empty'), ('', ''))
    """
    scheme, number = values.get("peppol_eas"), values.get("peppol_endpoint")
    if not scheme and not number:
        return "", ""
    if not scheme:
        return "peppol_eas", EMPTY
    if not number:
        return "peppol_endpoint", EMPTY
    form = _ENDPOINTS.get(scheme, re.compile(r"[A-Za-z0-9:._-]{1,50}"))
    return ("", "") if form.fullmatch(number) else ("peppol_endpoint", ENDPOINT)
