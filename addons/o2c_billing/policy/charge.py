"""What is charged for advancing money, and what a correction comes to.

A forwarder pays duties in the name of his customer and charges a commission: a
percentage of what he advanced in one file, at least a minimum. More duties later in the
same file cost the difference only.
"""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def commission(advanced, percentage, minimum, charged=Decimal(0)):
    """What is still to be charged for a file.

    :param Decimal advanced: everything advanced in the file so far
    :param Decimal percentage: of the advanced amount
    :param Decimal minimum: per file
    :param Decimal charged: commission that was charged for the file before

    >>> commission(Decimal("1250.00"), Decimal("2.5"), Decimal(15))
    Decimal('31.25')
    >>> commission(Decimal("100.00"), Decimal("2.5"), Decimal(15))
    Decimal('15.00')

    Half a cent goes up; a supplement costs the difference; a refund gives it back:

    >>> commission(Decimal("1000.20"), Decimal("2.5"), Decimal(0))
    Decimal('25.01')
    >>> commission(Decimal("1650.00"), Decimal("2.5"), Decimal(15), Decimal("31.25"))
    Decimal('10.00')
    >>> commission(Decimal("800.00"), Decimal("2.5"), Decimal(15), Decimal("31.25"))
    Decimal('-11.25')

    Nothing was advanced in the end:

    >>> commission(Decimal(0), Decimal("2.5"), Decimal(15), Decimal(15))
    Decimal('-15.00')
    """
    whole = Decimal(0)
    if advanced > 0:
        whole = max(minimum, advanced * percentage / 100)
    return (whole - charged).quantize(CENT, ROUND_HALF_UP)


def difference(reported, before):
    """What a correction changes, when the first was invoiced.

    :param Decimal reported: what it should have been
    :param Decimal before: what was invoiced, earlier corrections included

    >>> difference(Decimal(80), Decimal(100)), difference(Decimal(0), Decimal(80))
    (Decimal('-20'), Decimal('-80'))
    """
    return reported - before
