"""May this person sign for this amount?"""

from dataclasses import dataclass
from decimal import Decimal

#: How somebody may sign for the company.
ALONE, AMOUNT, JOINTLY, NONE, UNKNOWN = "alone", "amount", "jointly", "none", "unknown"


@dataclass(frozen=True)
class Signatory:
    """Somebody whom a report names, with what he may sign for."""

    name: str
    signs: str
    amount: Decimal = Decimal(0)


def may_sign(signatory, amount):
    """Whether somebody may sign alone for an amount; None when the report is silent.

    Who signs jointly with others does not sign alone. An amount is an upper bound,
    inclusive, as in the trade register ("tot een bedrag van").

    >>> may_sign(Signatory("Director", ALONE), Decimal(10**6))
    True
    >>> clerk = Signatory("Clerk", AMOUNT, Decimal(5000))
    >>> may_sign(clerk, Decimal(5000)), may_sign(clerk, Decimal("5000.01"))
    (True, False)
    >>> may_sign(Signatory("One of two", JOINTLY), Decimal(1))
    False
    >>> may_sign(Signatory("Nobody knows", UNKNOWN), Decimal(1)) is None
    True
    """
    if signatory.signs == UNKNOWN:
        return None
    if signatory.signs == AMOUNT:
        return amount <= signatory.amount
    return signatory.signs == ALONE
