"""The code of a pay link: short, in capitals, safe to type over from paper.

Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, so a
code read from a folded letter is not misread, and a QR code stores it in the small
alphanumeric mode. The code is ``<link number>-<token>``; the token is the first 100
bits of a keyed hash of link number and version, and is stored nowhere.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 20
_MISREAD = str.maketrans("OIL", "011")


def encode(number):
    """Write a number of zero or more in base 32.

    >>> encode(0), encode(31), encode(32), encode(1234567)
    ('0', 'Z', '10', '15NM7')
    """
    digits = ""
    while True:
        number, rest = divmod(number, 32)
        digits = ALPHABET[rest] + digits
        if not number:
            return digits


def decode(text):
    """Number that a base 32 text stands for, or None when it is no such text.

    >>> decode("15NM7"), decode("15nm7"), decode("1O"), decode("U"), decode("")
    (1234567, 1234567, 32, None, None)
    """
    number = 0
    for letter in text.upper().translate(_MISREAD):
        position = ALPHABET.find(letter)
        if position < 0:
            return None
        number = number * 32 + position
    return number if text else None


def token(digest):
    """Token of a hexadecimal hash: its first 100 bits.

    >>> token("0" * 64)
    '00000000000000000000'
    >>> token("f" * 64)
    'ZZZZZZZZZZZZZZZZZZZZ'
    """
    return encode(int(digest[:25], 16)).rjust(TOKEN_LENGTH, "0")


def compose(number, digest):
    """Code of a link.

    >>> compose(42, "f" * 64)
    '1A-ZZZZZZZZZZZZZZZZZZZZ'
    """
    return f"{encode(number)}-{token(digest)}"


def parse(code):
    """Link number and token of a code; number 0 and no token when it is malformed.

    What a person typed is forgiven: small letters, O for 0, I or L for 1. A number
    that no link can have counts as malformed.

    >>> parse("1a-ZZZZZZZZZZZZZZZZZZZZ")
    (42, 'ZZZZZZZZZZZZZZZZZZZZ')
    >>> parse("1A-ZZZ"), parse("1A"), parse(""), parse("ZZZZZZZZ-" + "0" * 20)
    ((0, ''), (0, ''), (0, ''), (0, ''))
    """
    head, _dash, tail = (code or "").strip().partition("-")
    number = decode(head)
    if (
        not number
        or number > 2**31 - 1
        or len(tail) != TOKEN_LENGTH
        or decode(tail) is None
    ):
        return 0, ""
    return number, tail.upper().translate(_MISREAD)
