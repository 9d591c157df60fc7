"""How much of an invoice goes to the blocked account (G-rekening)?

A company that hires people is liable for their wage tax and VAT when the supplier does
not pay them (art. 34 Invorderingswet 1990). It is released for what it pays to the
supplier's G-account, from which only the tax authority can be paid. The covenant with
the Stichting Normering Arbeid releases the hirer of a certified supplier (NEN 4400)
that pays 25 % of the amount with VAT, 20 % where the VAT is reverse-charged. Other
arrangements have other shares, so the shares are settings.
https://www.belastingdienst.nl/wps/wcm/connect/bldcontentnl/belastingdienst/zakelijk/\
ondernemen/onderaanneming-en-inlening/
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Split:
    """What goes where; together always the whole amount."""

    blocked: Decimal
    free: Decimal


def split(total, percent, decimals=2):
    """The shares of a total for the blocked and the normal account.

    >>> split(Decimal("1210.00"), Decimal(25))
    Split(blocked=Decimal('302.50'), free=Decimal('907.50'))

    The normal account takes what rounding leaves:

    >>> split(Decimal("99.99"), Decimal(25))
    Split(blocked=Decimal('25.00'), free=Decimal('74.99'))
    >>> split(Decimal("99.99"), Decimal(100)), split(Decimal("0"), Decimal(25)).blocked
    (Split(blocked=Decimal('99.99'), free=Decimal('0.00')), Decimal('0.00'))
    """
    cent = Decimal(1).scaleb(-decimals)
    blocked = (total * percent / HUNDRED).quantize(cent, ROUND_HALF_UP)
    return Split(blocked, total.quantize(cent) - blocked)


def share(reverse_charged, normal=Decimal(25), reverse=Decimal(20)):
    """The share by law or covenant of this document.

    >>> share(False), share(True)
    (Decimal('25'), Decimal('20'))
    """
    return reverse if reverse_charged else normal
