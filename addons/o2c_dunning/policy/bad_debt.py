"""VAT on what is never paid, and the parts of a write-off.

Art. 29 Wet OB 1968: VAT that was paid on an invoice can be taken back as far as the
price is not and will not be paid, at the latest one year after the price became due
(https://wetten.overheid.nl/BWBR0002629, art. 29(2)). Dutch sources agree on the year;
an accountant must confirm the day for your books, so the number of months is a setting.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """What is written off: the loss of ours, and the VAT that comes back."""

    net: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        """What leaves the receivables."""
        return self.net + self.vat


def reclaim_on(due: date, months: int = 12) -> date:
    """The day from which VAT counts as irrecoverable from the customer anyway.

    >>> reclaim_on(date(2025, 3, 31)), reclaim_on(date(2024, 2, 29))
    (datetime.date(2026, 3, 31), datetime.date(2025, 2, 28))
    """
    years, month = divmod(due.month - 1 + months, 12)
    day = due.day
    while True:
        try:
            return date(due.year + years, month + 1, day)
        except ValueError:
            day -= 1


def split(amount: Decimal, total: Decimal, vat: Decimal) -> WriteOff:
    """The parts of an amount that is written off on an invoice.

    Each euro that stays unpaid carries the same share of VAT as the invoice.

    >>> split(Decimal("605.00"), Decimal("1210.00"), Decimal("210.00"))
    WriteOff(net=Decimal('500.00'), vat=Decimal('105.00'))
    >>> split(Decimal("100"), Decimal("100"), ZERO)
    WriteOff(net=Decimal('100.00'), vat=Decimal('0.00'))
    """
    share = (amount * vat / total) if total else ZERO
    share = share.quantize(CENT, ROUND_HALF_UP)
    return WriteOff((amount - share).quantize(CENT, ROUND_HALF_UP), share)


__test__ = {
    "months of different length, and the turn of the year": """
    >>> reclaim_on(date(2025, 12, 31), 2), reclaim_on(date(2025, 11, 30), 12)
    (datetime.date(2026, 2, 28), datetime.date(2026, 11, 30))
    """,
    "the cents add up, also when the share is no whole cent": """
    >>> part = split(Decimal("0.05"), Decimal("121.00"), Decimal("21.00"))
    >>> part, part.total
    (WriteOff(net=Decimal('0.04'), vat=Decimal('0.01')), Decimal('0.05'))
    """,
}
