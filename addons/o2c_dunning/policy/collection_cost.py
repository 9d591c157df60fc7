"""Statutory collection cost: Besluit vergoeding voor buitengerechtelijke incassokosten.

Source: Stb. 2012, 141 (https://zoek.officielebekendmakingen.nl/stb-2012-141.html),
art. 2. The base is the principal without interest; several claims that can be
dunned together are summed first (art. 6:96(7) BW). VAT is added only for a
creditor who cannot deduct it and says so (art. 2(3)).
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
MINIMUM, MAXIMUM = Decimal(40), Decimal(6775)
# width of the band, percentage
BANDS = (
    (Decimal(2500), Decimal("0.15")),
    (Decimal(2500), Decimal("0.10")),
    (Decimal(5000), Decimal("0.05")),
    (Decimal(190000), Decimal("0.01")),
)
ABOVE = Decimal("0.005")


def collection_cost(principal: Decimal, vat_percent: Decimal | None = None) -> Decimal:
    """Cost owed on one principal (or on the sum of several).

    :param vat_percent: only for a creditor who cannot deduct VAT and says so

    >>> collection_cost(Decimal("1210"))
    Decimal('181.50')
    >>> collection_cost(Decimal("100"), Decimal(21))
    Decimal('48.40')
    >>> collection_cost(Decimal("2000000"), Decimal(21))
    Decimal('8197.75')
    """
    if principal <= 0:
        return Decimal("0.00")
    cost, rest = Decimal(0), principal
    for width, share in BANDS:
        part = min(rest, width)
        cost += part * share
        rest -= part
    cost = min(max(cost + rest * ABOVE, MINIMUM), MAXIMUM)
    if vat_percent:
        cost += cost * vat_percent / 100
    return cost.quantize(CENT, ROUND_HALF_UP)


def summed_cost(principals, vat_percent: Decimal | None = None) -> Decimal:
    """Cost over claims that can be dunned in one letter: one sum, one scale.

    >>> summed_cost([Decimal(100), Decimal(100)])
    Decimal('40.00')
    >>> collection_cost(Decimal(100)) * 2
    Decimal('80.00')
    """
    return collection_cost(sum(principals, Decimal(0)), vat_percent)


def cost_of_business(
    principals, separately=False, vat_percent: Decimal | None = None
) -> Decimal:
    """Cost that a business or a public body owes without a 14-day letter.

    Art. 6:96(4) BW and directive 2011/7/EU: at least 40 euro. Whether that counts for
    each late invoice (CJEU C-585/20) or once is a setting; once is the careful one.

    >>> cost_of_business([Decimal(100)] * 3)
    Decimal('45.00')
    >>> cost_of_business([Decimal(100)] * 3, separately=True)
    Decimal('120.00')
    """
    owed = [principal for principal in principals if principal > 0]
    if not separately:
        return summed_cost(owed, vat_percent)
    return sum((collection_cost(one, vat_percent) for one in owed), Decimal("0.00"))


def apportioned(cost: Decimal, principals) -> list:
    """One cost spread over what it was computed on, to the cent, sum exact.

    >>> [str(part) for part in apportioned(Decimal(40), [Decimal(100)] * 3)]
    ['13.34', '13.33', '13.33']
    >>> apportioned(Decimal(40), [Decimal(0), Decimal(9)])
    [Decimal('0.00'), Decimal('40.00')]
    """
    total = sum(principals, Decimal(0))
    if not total:
        return [Decimal("0.00") for _principal in principals]
    parts = [(cost * one / total).quantize(CENT, ROUND_HALF_UP) for one in principals]
    largest = max(range(len(parts)), key=lambda index: parts[index])
    parts[largest] += cost - sum(parts)
    return parts


@dataclass(frozen=True, slots=True)
class PeriodicRule:
    """Cost of missed terms of one continuing contract (Stb. 2024, 44): dated data.

    A reading, not a certainty: 40 for the first missed term, 20 for each next one
    within the months looked back, at most 140, for terms below an amount.
    """

    start: date
    months: int = 6
    first: Decimal = Decimal(40)
    following: Decimal = Decimal(20)
    maximum: Decimal = Decimal(140)
    below: Decimal = Decimal("266.67")


def periodic_cost(principal: Decimal, missed: date, earlier, rule) -> Decimal | None:
    """Cost of one missed term, or None when the rule does not apply to it.

    :param missed: day on which the term fell due
    :param earlier: pairs of due date and cost of terms missed before, same contract

    >>> rule = PeriodicRule(date(2024, 10, 1))
    >>> periodic_cost(Decimal(100), date(2026, 3, 1), [], rule)
    Decimal('40.00')
    >>> periodic_cost(Decimal(100), date(2026, 4, 1),
    ...               [(date(2026, 3, 1), Decimal(40))], rule)
    Decimal('20.00')
    """
    if rule is None or missed < rule.start or principal >= rule.below:
        return None
    if principal <= 0:
        return Decimal("0.00")
    since = _months_before(missed, rule.months)
    counted = [cost for day, cost in earlier if since < day <= missed]
    wanted = rule.following if counted else rule.first
    left = rule.maximum - sum(counted, Decimal(0))
    return max(Decimal(0), min(wanted, left)).quantize(CENT)


def _months_before(day: date, months: int) -> date:
    """The same day some months earlier; the last of the month where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise ValueError(day)


__test__ = {
    "the break-points of the scale": """
    >>> for euros in ("0.01", "266.66", "266.67", "266.74", "2500", "5000", "10000",
    ...               "200000", "999999.99", "1000000", "5000000"):
    ...     print(euros, collection_cost(Decimal(euros)))
    0.01 40.00
    266.66 40.00
    266.67 40.00
    266.74 40.01
    2500 375.00
    5000 625.00
    10000 875.00
    200000 2775.00
    999999.99 6775.00
    1000000 6775.00
    5000000 6775.00
    """,
    "terms of one contract: six months, seven terms, never above the maximum": """
    >>> rule, earlier = PeriodicRule(date(2024, 10, 1)), []
    >>> for month in range(1, 9):
    ...     day = date(2026, month, 1)
    ...     earlier.append((day, periodic_cost(Decimal(100), day, earlier, rule)))
    >>> [str(cost) for _day, cost in earlier]
    ['40.00', '20.00', '20.00', '20.00', '20.00', '20.00', '20.00', '20.00']
    >>> periodic_cost(Decimal(100), date(2026, 6, 30),
    ...               [(date(2026, 6, 1), Decimal(130))], rule)
    Decimal('10.00')

    From the amount where the scale itself goes above 40, and before the law: the scale.

    >>> periodic_cost(Decimal("266.67"), date(2026, 3, 1), [], rule) is None
    True
    >>> periodic_cost(Decimal("266.66"), date(2026, 3, 1), [], rule)
    Decimal('40.00')
    >>> periodic_cost(Decimal(100), date(2024, 9, 30), [], rule) is None
    True
    >>> periodic_cost(Decimal(100), date(2024, 10, 1), [], rule)
    Decimal('40.00')
    >>> _months_before(date(2026, 8, 31), 6), _months_before(date(2026, 3, 1), 6)
    (datetime.date(2026, 2, 28), datetime.date(2025, 9, 1))
    """,
    "nothing owed, nothing added": """
    >>> collection_cost(Decimal(0)), collection_cost(Decimal("-5"))
    (Decimal('0.00'), Decimal('0.00'))
    """,
}
