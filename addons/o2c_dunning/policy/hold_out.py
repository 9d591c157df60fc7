"""The hold-out: a part of the customers gets the other words, by lot, so that what is
compared differs in nothing but the words.

Whether a customer gets the other words follows from the seed of the step, the company
and the customer, so the same customer always hears the same voice, and an auditor draws
again and finds the same customers:

1. write ``seed/company/customer``, for example ``9f3a/1/42``;
2. take the SHA-256 of that text, and of its hexadecimal form the first 12 digits;
3. the last four decimal digits of that number, divided by 100, are the lot: from 0.00
   up to 99.99. The other words when the lot is below the share.

Natural persons and key accounts take no part: nobody experiments with them.
"""

import hashlib
from decimal import Decimal

STANDARD, OTHER, OUT = "standard", "other", ""


def lot(seed, company, customer):
    """The lot of a customer, from 0.00 up to 99.99.

    >>> lot("9f3a", 1, 42)
    Decimal('94.2')
    """
    text = f"{seed}/{company}/{customer}"
    digits = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Decimal(int(digits, 16) % 10000) / 100


def arm(seed, company, customer, share, excluded=False):
    """Which words a customer gets; empty when he takes no part.

    >>> arm("9f3a", 1, 42, 0), arm("9f3a", 1, 42, 50, excluded=True)
    ('', '')

    His own lot is not below itself; a hundredth more and it is.

    >>> arm("9f3a", 1, 42, lot("9f3a", 1, 42))
    'standard'
    >>> arm("9f3a", 1, 42, lot("9f3a", 1, 42) + Decimal("0.01"))
    'other'

    About as many as asked, and a larger share keeps everybody of the smaller one.

    >>> twenty = {n for n in range(5000) if arm("s", 1, n, 20) == "other"}
    >>> thirty = {n for n in range(5000) if arm("s", 1, n, 30) == "other"}
    >>> len(twenty), twenty <= thirty
    (985, True)
    """
    if excluded or share <= 0:
        return OUT
    return OTHER if lot(seed, company, customer) < share else STANDARD
