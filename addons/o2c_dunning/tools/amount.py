"""The one place where ledger floats become decimals and back."""

from decimal import Decimal


def decimal(amount):
    """A ledger amount as the policy reads it; ``str`` gives the written digits.

    :param float amount: amount as the ORM or PostgreSQL gives it
    """
    return Decimal(str(amount or 0))
