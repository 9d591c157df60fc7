"""A code of six digits, mailed to the known address.

How long it lives, how often it may be tried and asked for, and how the address is shown
to who does not know it.

Ten codes a day for a customer with five tries each: who only guesses is right once in
twenty thousand days, and the customer reads of every attempt in his mail.
"""

from datetime import datetime, timedelta

DIGITS = 6
LIFE_MINUTES = 10
TRIES = 5
#: How long who typed the right code is believed.
PROVEN_MINUTES = 60
#: Codes for one customer: (within so many minutes, at most so many).
PER_CUSTOMER = ((15, 3), (60, 5), (1440, 10))
#: Codes asked from one network address within an hour: an office of many people.
PER_ADDRESS = 20


def written(number: int) -> str:
    """A random number as a code.

    >>> written(7), written(999999)
    ('000007', '999999')
    """
    return f"{number:0{DIGITS}d}"


def typed(text) -> str:
    """What a person typed as a code, or nothing when it is none.

    >>> typed(" 123 456 "), typed("123-456"), typed("12345"), typed("1234567")
    ('123456', '123456', '', '')
    >>> typed("12345a"), typed(None), typed("١٢٣٤٥٦")
    ('', '', '')
    """
    digits = "".join((text or "")[:50].replace("-", " ").split())
    good = digits.isascii() and digits.isdigit() and len(digits) == DIGITS
    return digits if good else ""


def too_many(moments, now: datetime) -> bool:
    """Whether a customer's address got enough codes for now.

    :param moments: when codes were mailed to him, in any order

    >>> now = datetime(2026, 3, 1, 12)
    >>> ago = lambda *minutes: [now - timedelta(minutes=one) for one in minutes]
    >>> too_many(ago(1, 2), now), too_many(ago(1, 2, 14), now)
    (False, True)
    >>> too_many(ago(1, 2, 15), now), too_many(ago(20, 21, 22, 23, 59), now)
    (False, True)
    >>> too_many(ago(*range(60, 660, 60)), now), too_many(ago(*range(60, 600, 60)), now)
    (True, False)
    """
    return any(
        sum(now - one < timedelta(minutes=minutes) for one in moments) >= most
        for minutes, most in PER_CUSTOMER
    )


def alive(made: datetime, tries: int, now: datetime) -> bool:
    """Whether a code can still be right.

    >>> made = datetime(2026, 3, 1, 12)
    >>> alive(made, 4, made + timedelta(minutes=10)), alive(made, 5, made)
    (True, False)
    >>> alive(made, 0, made + timedelta(minutes=10, seconds=1))
    False
    """
    return tries < TRIES and made <= now <= made + timedelta(minutes=LIFE_MINUTES)


def masked(email) -> str:
    """An address that its owner recognises and nobody else learns.

    The dots say nothing about the length.

    >>> masked("crediteuren@proef.example"), masked("a@b.co.uk")
    ('c•••@p•••.example', 'a•••@b•••.uk')
    >>> masked("x"), masked(""), masked("@b.nl")
    ('', '', '')
    """
    name, at, domain = (email or "").strip().rpartition("@")
    head, dot, top = domain.rpartition(".")
    if not (name and at and head and dot and top):
        return ""
    return f"{name[0]}•••@{head[0]}•••.{top}"
