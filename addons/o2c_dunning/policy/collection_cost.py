"""Statutory collection cost: Besluit vergoeding voor buitengerechtelijke incassokosten.

Source: Stb. 2012, 141 (https://zoek.officielebekendmakingen.nl/stb-2012-141.html),
art. 2. The base is the principal without interest; several claims that can be
dunned together are summed first (art. 6:96(7) BW). VAT is added only for a
creditor who cannot deduct it and says so (art. 2(3)).
"""

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
    "nothing owed, nothing added": """
    >>> collection_cost(Decimal(0)), collection_cost(Decimal("-5"))
    (Decimal('0.00'), Decimal('0.00'))
    """,
}
