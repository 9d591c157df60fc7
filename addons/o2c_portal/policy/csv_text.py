"""A table as CSV that opens well in Excel and runs nothing there.

A cell that begins with = + - @ or a tab is a formula to spreadsheet programs (OWASP,
"CSV Injection"), so a text gets an apostrophe in front; figures stay figures.
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(rows):
    """Rows as UTF-8 with a byte order mark, separated by semicolons.

    >>> csv_bytes([("a", "b"), ("x;y", 12.5)])
    b'\\xef\\xbb\\xbfa;b\\r\\n"x;y";12.5\\r\\n'
    >>> csv_bytes([("=1+1", -3)])
    b"\\xef\\xbb\\xbf'=1+1;-3\\r\\n"
    """
    lines = (";".join(_cell(value) for value in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _cell(value):
    """One value as text, in quotes where the table needs them.

    >>> _cell(None), _cell(False), _cell(0), _cell("@x")
    ('', '', '0', "'@x")
    >>> print(_cell("5; 6"), _cell('5" pipe'))
    "5; 6" "5"" pipe"
    """
    if value is None or value is False:
        return ""
    text = str(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        text = f"'{text}"
    if any(sign in text for sign in ';"\r\n'):
        text = '"{}"'.format(text.replace('"', '""'))
    return text
