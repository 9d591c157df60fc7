"""What a person should know before he approves a limit.

House rules, not law, and no prohibition: whoever has the authority may have good
reasons (a project, a new branch). But a limit far above what somebody buys protects
nobody: it is lost before anyone looks. A customer who pays 30 days late on terms of 30
days needs two months of his sales; six is far above that.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
#: Months of sales from which a limit is called far above them.
FAR_MONTHS = 6


@dataclass(frozen=True)
class LimitFacts:
    """What a new limit is held against, in company currency."""

    #: invoiced in the last twelve months, and whether he has bought for that long
    sales_year: Decimal = ZERO
    #: limit of his holding, None without one
    group_limit: Decimal | None = None
    #: what the newest report advises, None when it advises nothing
    bureau: Decimal | None = None


@dataclass(frozen=True)
class LimitWarning:
    """One reason to look twice, with its arithmetic."""

    #: above_sales, above_group, above_bureau
    code: str
    #: what the limit is held against: sales a month, limit of the holding, advice
    against: Decimal
    #: how many times that it is, in tenths
    times: Decimal


def limit_warnings(kind, amount, facts, far_months=FAR_MONTHS):
    """What speaks against a limit, gravest first.

    :param str kind: none, cash or amount
    :param Decimal amount: of the new limit, in company currency
    :param facts: :class:`LimitFacts`
    :param int far_months: months of sales that are not far above them; 0: never warn

    Twelve thousand a year is a thousand a month. Six months are not far above, a cent
    more is:

    >>> buys = LimitFacts(sales_year=Decimal(12000))
    >>> limit_warnings("amount", Decimal(6000), buys)
    ()
    >>> [one] = limit_warnings("amount", Decimal("6000.01"), buys)
    >>> one.code, one.against, one.times
    ('above_sales', Decimal('1000.00'), Decimal('6.0'))
    >>> limit_warnings("amount", Decimal(50000), buys)[0].times
    Decimal('50.0')
    >>> limit_warnings("amount", Decimal(50000), buys, far_months=0)
    ()

    Of who bought nothing in a year sales say nothing:

    >>> limit_warnings("amount", Decimal(50000), LimitFacts())
    ()

    The limit of the holding counts for each member, so more is only on paper; exactly
    as much is not:

    >>> member = LimitFacts(group_limit=Decimal(20000))
    >>> limit_warnings("amount", Decimal(20000), member)
    ()
    >>> [one.code for one in limit_warnings("amount", Decimal(20001), member)]
    ['above_group']

    The bureau advised less; it says so only where it said something:

    >>> known = LimitFacts(bureau=Decimal(10000), group_limit=Decimal(15000))
    >>> [one.code for one in limit_warnings("amount", Decimal(15001), known)]
    ['above_group', 'above_bureau']
    >>> limit_warnings("amount", Decimal(10000), known)
    ()

    Cash only and no limit set are no amounts:

    >>> limit_warnings("cash", ZERO, known), limit_warnings("none", ZERO, known)
    ((), ())
    """
    if kind != "amount":
        return ()
    monthly = (facts.sales_year / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
    found = []
    if far_months and monthly > ZERO and amount * 12 > facts.sales_year * far_months:
        found.append(("above_sales", monthly))
    if facts.group_limit is not None and amount > facts.group_limit:
        found.append(("above_group", facts.group_limit))
    if facts.bureau is not None and amount > facts.bureau:
        found.append(("above_bureau", facts.bureau))
    return tuple(
        LimitWarning(code, against, _times(amount, against)) for code, against in found
    )


def _times(amount, against):
    """How many times as much, in tenths; zero when there is nothing to divide by.

    >>> _times(Decimal(100), Decimal(30)), _times(Decimal(100), ZERO)
    (Decimal('3.3'), Decimal('0'))
    """
    if against <= ZERO:
        return ZERO
    return (amount / against).quantize(Decimal("0.1"), ROUND_HALF_UP)
