"""What people type into the forms of the portal, read strictly: value or reason."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from .choice_text import typed_amount

MISSING = "missing"
LONG = "long"
FORM = "form"
LOW = "low"
HIGH = "high"
EARLY = "early"
LATE = "late"

MOST_TEXT = 4000
_TOKEN = re.compile(r"[0-9a-f]{32}")


def read_token(text) -> str:
    """The number of a form, or nothing when it is none.

    >>> read_token("0" * 32) == "0" * 32, read_token("0" * 31), read_token(None)
    (True, '', '')
    """
    return text if _TOKEN.fullmatch(text or "") else ""


def read_text(text, most=MOST_TEXT):
    """Text without the spaces around it, and a reason when it cannot be taken.

    >>> read_text("  Hello \\r\\n you "), read_text(" "), read_text("abc", most=2)
    (('Hello \\n you', ''), ('', 'missing'), ('abc', 'long'))
    """
    found = (text or "").replace("\r\n", "\n").replace("\x00", "").strip()
    if not found:
        return "", MISSING
    return found, LONG if len(found) > most else ""


def read_amount(text, cent: Decimal, most: Decimal):
    """Amount in the smallest unit of its currency, above zero and within a bound.

    >>> read_amount("1.234,56", Decimal("0.01"), Decimal(2000))
    (Decimal('1234.56'), '')
    >>> [read_amount(text, Decimal("0.01"), Decimal(100))[1] for text in (
    ...     "", "x", "1.001", "0", "-1", "100", "100,01", "NaN", "1e3", "Infinity")]
    ['missing', 'form', 'form', 'low', 'low', '', 'high', 'form', 'form', 'form']
    >>> read_amount("12,5", Decimal(1), Decimal(100))
    (None, 'form')
    """
    if not (text or "").strip():
        return None, MISSING
    plain = typed_amount(text[:40])
    if not re.fullmatch(r"-?\d{1,15}(\.\d+)?", plain):
        return None, FORM
    try:
        amount = Decimal(plain)
        fits = amount == amount.quantize(cent)
    except InvalidOperation:
        return None, FORM
    if not fits:
        return None, FORM
    if amount <= 0:
        return amount, LOW
    return amount, HIGH if amount > most else ""


def read_day(text, first: date, last: date):
    """A day within bounds.

    >>> bounds = date(2026, 3, 1), date(2026, 3, 15)
    >>> [read_day(text, *bounds)[1] for text in (
    ...     "", "1-3-2026", "2026-02-30", "2026-02-28", "2026-03-01", "2026-03-15",
    ...     "2026-03-16")]
    ['missing', 'form', 'form', 'early', '', '', 'late']
    """
    if not (text or "").strip():
        return None, MISSING
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None, FORM
    if day < first:
        return day, EARLY
    return day, LATE if day > last else ""


def read_number(text, least: int, most: int):
    """A whole number within bounds, or None.

    >>> read_number("6", 1, 12), read_number("0", 1, 12), read_number("13", 1, 12)
    (6, None, None)
    >>> read_number("x", 1, 12), read_number(None, 1, 12), read_number("²", 1, 12)
    (None, None, None)
    """
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        return None
    return int(text) if least <= int(text) <= most else None
