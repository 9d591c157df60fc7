"""Ratios and size from the annual accounts."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MILLION = Decimal(1_000_000)
#: Upper bounds of (balance sheet total, net turnover, employees: fewer than).
SIZES = (
    ("micro", Decimal(450_000), Decimal(900_000), 10),
    ("small", Decimal("7.5") * MILLION, 15 * MILLION, 50),
    ("medium", 25 * MILLION, 50 * MILLION, 250),
)
_ORDER = ("micro", "small", "medium", "large")


@dataclass(frozen=True)
class Ratios:
    """What bankers look at; None when the figures for it are missing.

    :param solvency: equity as a percentage of all assets
    :param liquidity: current assets per euro of current liabilities
    :param profitability: net profit as a percentage of turnover
    """

    solvency: Decimal | None
    liquidity: Decimal | None
    profitability: Decimal | None


def _share(part, whole, factor=1):
    if not whole or part is None:
        return None
    return (factor * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def ratios(equity, assets, current_assets, current_liabilities, profit, turnover):
    """Solvency, liquidity and profitability.

    A negative equity is a negative solvency. Without a denominator there is no ratio:
    that says "unknown", not "bad".

    >>> D = Decimal
    >>> ratios(D(300), D(1000), D(600), D(400), D(50), D(2000))  # doctest: +ELLIPSIS
    Ratios(solvency=Decimal('30.00'), liquidity=Decimal('1.50'), ...=Decimal('2.50'))
    >>> ratios(D(-80), D(1000), D(0), D(0), D(0), D(0)).solvency
    Decimal('-8.00')
    >>> ratios(D(0), D(0), D(0), D(0), D(0), D(0)).liquidity is None
    True
    """
    return Ratios(
        _share(equity, assets, 100),
        _share(current_assets, current_liabilities),
        _share(profit, turnover, 100),
    )


def company_size(assets=None, turnover=None, employees=None):
    """Micro, small, medium or large by the thresholds of the Dutch Civil Code.

    Art. 2:395a, 2:396 and 2:397 BW as raised by Stb. 2024, 52
    (https://wetten.overheid.nl/BWBR0003045): two of three criteria decide. With two
    known figures the larger counts, with one that one; the law also asks for two years
    in a row, which one report cannot tell, so this is an indication.

    >>> company_size(Decimal(450_000), Decimal(900_000), 9)
    'micro'
    >>> company_size(Decimal(450_001), Decimal(900_001), 9)
    'small'
    >>> company_size(30 * MILLION, 60 * MILLION, 20), company_size(employees=250)
    ('large', 'large')
    >>> company_size(turnover=Decimal(10)), company_size(Decimal(10), 20 * MILLION)
    ('micro', 'medium')
    >>> company_size()
    ''
    """
    known = []
    for position, value in enumerate((assets, turnover, employees), start=1):
        if not value:
            continue
        known.append(
            next(
                (
                    rank
                    for rank, bounds in enumerate(SIZES)
                    if (
                        value < bounds[position]
                        if position == 3
                        else value <= bounds[position]
                    )
                ),
                len(SIZES),
            )
        )
    if not known:
        return ""
    return _ORDER[sorted(known)[1 if len(known) > 1 else 0]]
