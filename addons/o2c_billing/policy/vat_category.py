"""Which VAT category does a Dutch sales tax have on an e-invoice?

The Dutch chart of accounts gives its 0 % taxes no category, and a guess from the
countries alone calls a domestic reverse charge "exempt" and a service to a business in
another member state an "intra-community supply". Sources: UNCL5305 codes as used by EN
16931; art. 12(2-5) and 24ba Wet OB (domestic reverse charge), art. 37c and 44/196 of
Directive 2006/112/EC (services to businesses), art. 138 (supply of goods), art. 141/197
(simplified triangulation: the tax is due by the last buyer), art. 9(2)b Wet OB (zero
rate).
"""

from dataclasses import dataclass

#: Template name of the tax in the Dutch chart → category.
DUTCH_SALES = {
    "btw_0": "Z",
    "btw_0_d": "Z",
    "btw_verk_0": "AE",
    "btw_X0_producten": "K",
    "btw_X0_diensten": "AE",
    "btw_X0_ABC_levering": "AE",
    "btw_X1": "G",
}

REASON_CODES = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G"}


@dataclass(frozen=True)
class Category:
    """Category code, and the code of the reason where one is asked."""

    code: str
    reason_code: str | None = None


def category(template):
    """The category of a tax of the Dutch chart, None when it is not one we know.

    >>> category("btw_verk_0")
    Category(code='AE', reason_code='VATEX-EU-AE')
    >>> category("btw_X0_diensten").code, category("btw_X0_producten").code
    ('AE', 'K')

    The zero rate has no reason (BR-Z-10), a rate of 21 % needs no help:

    >>> category("btw_0"), category("btw_21")
    (Category(code='Z', reason_code=None), None)
    """
    code = DUTCH_SALES.get(template)
    return Category(code, REASON_CODES.get(code)) if code else None
