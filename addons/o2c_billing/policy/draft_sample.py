"""The random sample of drafts: nobody can steer it, and everybody can check it.

Whether a document is drawn follows from three things that are there before it is
looked at: its company, where it comes from, and a seed that the rule was given when it
was made. The same three give the same answer for ever, so an auditor draws again and
finds the same documents:

1. write ``seed/company/origin``, for example ``9f3a/1/delivery:1234``;
2. take the SHA-256 of that text, and of its hexadecimal form the first 12 digits;
3. the last four decimal digits of that number, divided by 100, are the lot: from 0.00
   up to 99.99. Drawn when the lot is below the percentage.

Deleting a draft and making it again changes nothing, as its origin is the same.
"""

import hashlib
from decimal import Decimal


def origin_key(company, origin):
    """The name under which a document takes part in a sample.

    >>> origin_key(1, "delivery:1234")
    '1/delivery:1234'
    """
    return f"{company}/{origin}"


def lot(seed, key):
    """The lot of a document, from 0.00 up to 99.99.

    >>> lot("9f3a", "1/delivery:1234")
    Decimal('55.87')
    """
    digits = hashlib.sha256(f"{seed}/{key}".encode()).hexdigest()[:12]
    return Decimal(int(digits, 16) % 10000) / 100


def chosen(seed, key, percentage):
    """Is this document in a sample of so many percent? Always the same answer.

    >>> sum(chosen("9f3a", f"1/order:S{n:05}", Decimal(5)) for n in range(10000))
    479
    >>> chosen("any", "1/x", Decimal(0)), chosen("any", "1/x", Decimal(100))
    (False, True)

    The lot itself is not below itself:

    >>> chosen("9f3a", "1/delivery:1234", lot("9f3a", "1/delivery:1234"))
    False
    """
    return lot(seed, key) < percentage
