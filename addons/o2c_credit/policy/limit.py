"""What a limit is, which of two is the stricter, and which one counts today."""

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True)
class DatedLimit:
    """A limit that somebody approved from a day on, in company currency."""

    kind: str
    amount: Decimal
    date_from: date
    #: last day of a temporary limit; None: for good
    date_until: date | None = None
    #: a temporary limit that runs stops when this one starts
    ends_temporary: bool = False


@dataclass(frozen=True)
class LimitToday:
    """What counts on a day; ``until``: the last day of a temporary limit."""

    kind: str
    amount: Decimal
    until: date | None = None


def limit_today(kind, amount, approved, today):
    """The limit that counts on a day.

    A temporary limit counts from its first to its last day and falls back by itself;
    of several the one that started last. A new limit for good leaves it alone unless
    it says otherwise.

    :param kind: of the agreed limit, with its ``amount``
    :param approved: :class:`DatedLimit` of changes that are approved, in the order in
        which they start and, within a day, were decided
    :param date today: date in the company

    >>> busy = DatedLimit("amount", Decimal(900), date(2026, 12, 1), date(2026, 12, 31))
    >>> december = lambda day: limit_today(
    ...     "amount", Decimal(500), [busy], date(2026, 12, day)).amount
    >>> limit_today("amount", Decimal(500), [busy], date(2026, 11, 30)).amount
    Decimal('500')
    >>> december(1), december(31)
    (Decimal('900'), Decimal('900'))
    >>> limit_today("amount", Decimal(500), [busy], date(2027, 1, 1)).amount
    Decimal('500')

    A limit for good starts on its day, whoever writes it down when:

    >>> later = DatedLimit("cash", Decimal(0), date(2026, 12, 15))
    >>> limit_today("none", Decimal(0), [later], date(2026, 12, 14)).kind
    'none'
    >>> limit_today("none", Decimal(0), [later], date(2026, 12, 15)).kind
    'cash'

    It leaves a temporary limit alone, or ends it:

    >>> both = [busy, later]
    >>> limit_today("none", Decimal(0), both, date(2026, 12, 15)).until
    datetime.date(2026, 12, 31)
    >>> stop = DatedLimit("cash", Decimal(0), date(2026, 12, 15), ends_temporary=True)
    >>> limit_today("none", Decimal(0), [busy, stop], date(2026, 12, 15)).kind
    'cash'
    """
    counts = LimitToday(kind, amount)
    temporary = None
    for change in approved:
        if change.date_from > today:
            continue
        if change.date_until is None:
            counts = LimitToday(change.kind, change.amount)
            if change.ends_temporary:
                temporary = None
        elif change.date_until >= today:
            temporary = LimitToday(change.kind, change.amount, change.date_until)
    return temporary or counts
