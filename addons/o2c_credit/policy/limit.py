"""What a limit is, and which of two is the stricter."""

from decimal import Decimal

#: Core's credit limit for a customer who buys for cash only: there, 0 is unlimited.
CASH_ONLY_IN_CORE = Decimal("0.01")
_STRICTNESS = {"cash": 0, "amount": 1, "none": 2}


def core_limit(kind, amount):
    """The value of core's ``credit_limit`` that means the same.

    >>> core_limit("none", Decimal(500)), core_limit("cash", Decimal(500))
    (Decimal('0'), Decimal('0.01'))
    >>> core_limit("amount", Decimal(500))
    Decimal('500')

    An amount of 0 means nothing on account, which core can only say with a cent:

    >>> core_limit("amount", Decimal(0))
    Decimal('0.01')
    """
    if kind == "none":
        return Decimal(0)
    if kind == "cash":
        return CASH_ONLY_IN_CORE
    return max(amount, CASH_ONLY_IN_CORE)


def limit_from_core(value):
    """Kind and amount of a limit that core already knew.

    >>> limit_from_core(Decimal("0.01"))
    ('cash', Decimal('0'))
    >>> limit_from_core(Decimal("0.02"))
    ('amount', Decimal('0.02'))
    >>> limit_from_core(Decimal(0))
    ('none', Decimal('0'))
    """
    if value <= 0:
        return "none", Decimal(0)
    if value <= CASH_ONLY_IN_CORE:
        return "cash", Decimal(0)
    return "amount", value


def stricter(one, other):
    """The stricter of two limits, each a pair of kind and amount.

    >>> stricter(("amount", Decimal(500)), ("amount", Decimal(200)))
    ('amount', Decimal('200'))
    >>> stricter(("none", Decimal(0)), ("amount", Decimal(200)))
    ('amount', Decimal('200'))
    >>> stricter(("cash", Decimal(0)), ("amount", Decimal(0)))
    ('cash', Decimal('0'))
    """
    return min(one, other, key=lambda limit: (_STRICTNESS[limit[0]], limit[1]))
