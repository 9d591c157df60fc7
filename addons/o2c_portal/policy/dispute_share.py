"""What of an invoice is late while a part of it is in dispute.

The newest instalments carry the dispute, as on the pay page: what is not due yet takes
it first, and only the rest of it makes less late.
"""

from decimal import Decimal


def late_and_asked(left, late, disputed):
    """Late amount that nobody disputes.

    :param Decimal left: what is open of the invoice
    :param Decimal late: what of it is past its due date
    :param Decimal disputed: what of it is in dispute

    >>> late_and_asked(Decimal(600), Decimal(600), Decimal(100))
    Decimal('500')
    >>> late_and_asked(Decimal(600), Decimal(200), Decimal(400))
    Decimal('200')

    The boundary: a cent more than what is not late yet, and all of it.

    >>> late_and_asked(Decimal(600), Decimal(200), Decimal("400.01"))
    Decimal('199.99')
    >>> late_and_asked(Decimal(600), Decimal(200), Decimal(900))
    Decimal('0')
    """
    return max(late - max(disputed - (left - late), Decimal(0)), Decimal(0))
