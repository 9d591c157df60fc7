"""Which VAT category does a Dutch sales tax have on an e-invoice?

The Dutch chart of accounts gives its 0 % taxes no category, and a guess from the
countries alone calls a domestic reverse charge "exempt" and a service to a business in
another member state an "intra-community supply". Sources: UNCL5305 codes as used by EN
16931; art. 12(2-5) and 24ba Wet OB (domestic reverse charge), art. 37c and 44/196 of
Directive 2006/112/EC (services to businesses), art. 138 (supply of goods), art. 141/197
(simplified triangulation: the tax is due by the last buyer), art. 9(2)b Wet OB (zero
rate), art. 11 Wet OB (exemptions).

A copy of a tax of the chart has no such name, but it is reported in the same box of the
VAT return (rubriek), and most boxes are of one category only.
"""

import re
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
#: Box of the VAT return (3b is split for the statement of supplies) → category.
BOXES = {"3a": "G", "3bg": "K", "3bs": "AE", "3bt": "AE"}
#: Category of what we receive → box in which the buyer reports it.
DOMESTIC, EU, WORLD = "domestic", "eu", "world"
BUYER_BOXES = {
    ("AE", DOMESTIC): "2a",
    ("AE", EU): "4b",
    ("K", EU): "4b",
    ("G", WORLD): "4a",
    ("AE", WORLD): "4a",
}

REASON_CODES = {"AE": "VATEX-EU-AE", "K": "VATEX-EU-IC", "G": "VATEX-EU-G"}

_WORDS = (
    ("AE", r"verleg|reverse|transferred|referred|umkehr|autoliquid"),
    ("E", r"vrijgest|vrijstell|exempt|exonér|steuerfrei"),
)
#: Words that say where to, which the box of the return says better.
_PLACES = (
    ("G", r"export|uitvoer|outside (the )?eu|buiten (de )?eu"),
    ("K", r"\bicp\b|intracom|intra-com|binnen (de )?eu|within (the )?eu"),
)
_BOX = re.compile(r"^[+-]?\s*(\d[a-z]{1,2})\b")


@dataclass(frozen=True)
class Category:
    """Category code, and the code of the reason where one is asked."""

    code: str
    reason_code: str | None = None


#: What was advanced in the customer's name: no part of the taxable amount, art. 79(c)
#: of Directive 2006/112/EC (https://eur-lex.europa.eu/eli/dir/2006/112/oj).
ADVANCED = Category("E", "VATEX-EU-79-C")


@dataclass(frozen=True)
class Proposal:
    """What a tax without a clear category probably is, and why we think so."""

    code: str
    why: str


def category(template, boxes=()):
    """The category of a tax, None when it is not one that we know for certain.

    :param str template: its name in the Dutch chart, empty for an own tax
    :param boxes: boxes of the VAT return in which its base is reported

    >>> category("btw_verk_0")
    Category(code='AE', reason_code='VATEX-EU-AE')
    >>> category("btw_X0_diensten").code, category("btw_X0_producten").code
    ('AE', 'K')

    The zero rate has no reason (BR-Z-10), a rate of 21 % needs no help:

    >>> category("btw_0"), category("btw_21")
    (Category(code='Z', reason_code=None), None)

    An own copy is known by its box; box 1e is of several categories:

    >>> category("", ["3bg"]).code, category("", ["1e"]), category("", ["3a", "3bg"])
    ('K', None, None)
    """
    code = DUTCH_SALES.get(template)
    if not code and not template and len(set(boxes)) == 1:
        code = BOXES.get(boxes[0])
    return Category(code, REASON_CODES.get(code)) if code else None


def proposal(name, boxes=()):
    """What a 0 % tax without a category most likely is.

    >>> proposal("0% verlegd onderaanneming", ["1e"])
    Proposal(code='AE', why='words')
    >>> proposal("0% tarief", ["1e"]), proposal("Vrijgesteld (zorg)")
    (Proposal(code='Z', why='box'), Proposal(code='E', why='words'))
    >>> proposal("0%").code, proposal("Installation within EU", ["3c"]).code
    ('E', 'AE')
    >>> proposal("Export"), proposal("ICP goederen").code
    (Proposal(code='G', why='words'), 'K')
    """
    text = (name or "").lower()
    for code, pattern in _WORDS:
        if re.search(pattern, text):
            return Proposal(code, "words")
    box = boxes[0] if boxes else ""
    code = {"1e": "Z", "3c": "AE", **BOXES}.get(box)
    if code:
        return Proposal(code, "box")
    for code, pattern in _PLACES:
        if re.search(pattern, text):
            return Proposal(code, "words")
    return Proposal("E", "nothing")


def box(tag):
    """Box of the VAT return in the name of a tax tag, empty when it is none.

    >>> box("1e (omzet)"), box("+3bg (omzet)"), box("-5b (BTW)"), box("Intrastat")
    ('1e', '3bg', '5b', '')
    """
    found = _BOX.match(tag or "")
    return found.group(1) if found else ""


def buyer_box(code, origin):
    """Box in which a Dutch buyer reports what the seller did not charge.

    >>> buyer_box("AE", DOMESTIC), buyer_box("K", EU), buyer_box("Z", DOMESTIC)
    ('2a', '4b', '')
    """
    return BUYER_BOXES.get((code, origin), "")
