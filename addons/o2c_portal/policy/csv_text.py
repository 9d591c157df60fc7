"""A table as CSV that the reader's spreadsheet opens well and that runs nothing there.

A spreadsheet that writes 4.265,14 expects semicolons between the cells, one that writes
4,265.14 commas. A text that begins with = + - @ or a tab is a formula to such programs
(OWASP, "CSV Injection"), so it gets an apostrophe in front. A figure is no text, and
dashes or a number typed as text calculate nothing.
"""

import re
from decimal import Decimal

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HARMLESS = re.compile(r"[-+]*[\d ]*([.,][\d ]+)*")


def csv_bytes(rows, comma=True):
    """Rows as UTF-8 with a byte order mark.

    :param rows: tuples of texts, dates, ``None``, and figures as ``Decimal`` or number
    :param bool comma: whether the reader writes a decimal comma

    >>> price = Decimal("-1234.50")
    >>> csv_bytes([("a", "b"), ("x;y", price)])
    b'\\xef\\xbb\\xbfa;b\\r\\n"x;y";-1234,50\\r\\n'
    >>> csv_bytes([("a", "b"), ("x,y", price)], comma=False)
    b'\\xef\\xbb\\xbfa,b\\r\\n"x,y",-1234.50\\r\\n'
    >>> csv_bytes([("=1+1", -3)])
    b"\\xef\\xbb\\xbf'=1+1;-3\\r\\n"
    """
    mark, between = (",", ";") if comma else (".", ",")
    lines = (between.join(_cell(one, mark, between) for one in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _cell(value, mark=",", between=";"):
    """One value as text, in quotes where the table needs them.

    >>> _cell(None), _cell(False), _cell(0), _cell(Decimal("0.10")), _cell(1.5)
    ('', '', '0', '0,10', '1,5')
    >>> _cell("@x"), _cell("-"), _cell("-1+1"), _cell("-60,00"), _cell("+cmd|'x'!A0")
    ("'@x", '-', "'-1+1", '-60,00', "'+cmd|'x'!A0")
    >>> print(_cell("5; 6"), _cell('5" pipe'))
    "5; 6" "5"" pipe"
    """
    if value is None or value is False:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", mark)
    if isinstance(value, float):
        return str(value).replace(".", mark)
    text = str(value)
    if text.startswith(_FORMULA) and not _HARMLESS.fullmatch(text):
        text = f"'{text}"
    if any(sign in text for sign in (between, '"', "\r", "\n")):
        text = '"{}"'.format(text.replace('"', '""'))
    return text
