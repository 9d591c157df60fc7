"""A UBL 2.x order (Peppol Order BIS 3) as rows of an order file.

What the file asks beyond articles, quantities and references is told as a remark: the
customer's own price is compared with ours, never taken over; discounts, charges and
notes are for a person. The file was judged by :mod:`xml_file` before.
"""

from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from . import order_file as columns
from .order_file import Problem, Row

ORDER = "{urn:oasis:names:specification:ubl:schema:xsd:Order-2}Order"
BUYER = "{*}BuyerCustomerParty/{*}Party/"
CUSTOMERS = (
    f"{BUYER}{{*}}PartyTaxScheme/{{*}}CompanyID",
    f"{BUYER}{{*}}PartyLegalEntity/{{*}}CompanyID",
    f"{BUYER}{{*}}EndpointID",
    f"{BUYER}{{*}}PartyIdentification/{{*}}ID",
    f"{BUYER}{{*}}Contact/{{*}}ElectronicMail",
)
DATES = (
    "{*}Delivery/{*}RequestedDeliveryPeriod/{*}EndDate",
    "{*}Delivery/{*}RequestedDeliveryPeriod/{*}StartDate",
)
ARTICLES = (
    "{*}Item/{*}SellersItemIdentification/{*}ID",
    "{*}Item/{*}StandardItemIdentification/{*}ID",
)


def read(content):
    """Rows of an order, and what is wrong with the file as a whole.

    :param bytes content: an XML file that is safe to read

    >>> text = ('<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2">'
    ...   '<ID>PO-1</ID><BuyerCustomerParty><Party><PartyLegalEntity>'
    ...   '<CompanyID>87654321</CompanyID></PartyLegalEntity></Party>'
    ...   '</BuyerCustomerParty><OrderLine><LineItem><Quantity unitCode="C62">2'
    ...   '</Quantity><Price><PriceAmount>25</PriceAmount><BaseQuantity>10'
    ...   '</BaseQuantity></Price><Item><SellersItemIdentification><ID>B1</ID>'
    ...   '</SellersItemIdentification></Item></LineItem></OrderLine></Order>')
    >>> [row], problems = read(text.encode())
    >>> row.cells["customer"], row.cells["unit"], row.cells["expected_price"]
    ('87654321', 'C62', '2.5')
    >>> read(b"<Invoice/>")[1]
    [Problem(line=0, field='', code='no_order', value='Invoice')]
    >>> read(b"<Order/>")[1]
    [Problem(line=0, field='', code='no_namespace', value='Order')]
    """
    root = ElementTree.fromstring(content)  # noqa: S314
    if root.tag != ORDER:
        name = root.tag.rpartition("}")[2]
        code = "no_namespace" if name == "Order" else "no_order"
        return [], [Problem(0, "", code, name)]
    items = root.findall("{*}OrderLine/{*}LineItem")
    if not items:
        return [], [Problem(0, "", "empty")]
    if len(items) > columns.MAX_LINES:
        return [], [Problem(0, "", "too_long", str(columns.MAX_LINES))]
    common = _common(root)
    remarks = _remarks(root)
    return [
        _row(item, place, common, remarks if place == 1 else ())
        for place, item in enumerate(items, 1)
    ], []


def _text(node, *paths):
    """The first text that is there."""
    for path in paths:
        found = (node.findtext(path) or "").strip()
        if found:
            return found
    return ""


def _all(node, paths):
    """Every text that is there, the best first."""
    return "\n".join(
        text
        for path in paths
        for one in node.findall(path)
        if (text := (one.text or "").strip())
    )


def _common(root):
    """What is said of the order as a whole."""
    return {
        columns.REFERENCE: _text(root, "{*}ID"),
        columns.CUSTOMER: _all(root, CUSTOMERS),
        columns.CURRENCY: _text(root, "{*}DocumentCurrencyCode"),
        columns.DATE: _text(root, *DATES),
        columns.NUMBER: _text(root, "{*}ID"),
        columns.BUYER: _text(root, "{*}CustomerReference"),
        columns.CONTRACT: _text(root, "{*}Contract/{*}ID"),
        columns.PROJECT: _text(root, "{*}ProjectReference/{*}ID"),
        columns.COST: _text(root, "{*}AccountingCost"),
    }


def _remarks(root):
    """What a person should read before confirming."""
    remarks = []
    for note in root.findall("{*}Note"):
        if (note.text or "").strip():
            remarks.append(Problem(0, "", "note", note.text.strip()[:500]))
    if root.find("{*}AllowanceCharge") is not None:
        remarks.append(Problem(0, "", "allowance"))
    return tuple(remarks)


def _row(item, place, common, remarks):
    cells = dict(common)
    cells[columns.ARTICLE] = _all(item, ARTICLES)
    quantity = item.find("{*}Quantity")
    cells[columns.QUANTITY] = _number("" if quantity is None else quantity.text or "")
    if quantity is not None:
        cells[columns.UNIT] = quantity.get("unitCode", "")
    cells[columns.EXPECTED] = _price(item)
    cells[columns.DATE] = common[columns.DATE] or _text(item, *DATES)
    cells[columns.COST] = _text(item, "{*}AccountingCost") or common[columns.COST]
    if item.find("{*}AllowanceCharge") is not None:
        remarks = (*remarks, Problem(place, "", "allowance"))
    return Row(place, cells, (), remarks)


def _number(text):
    """A number of XML has a dot and no thousands: 1.234 means one point something.

    >>> _number(" 1.234 "), _number("12"), _number("veel")
    ('1.2340', '12', 'veel')
    """
    text = text.strip()
    return f"{text}0" if columns.AMBIGUOUS.match(text) else text


def _price(item):
    """The customer's own price per unit, empty when there is none that can be read."""
    try:
        amount = Decimal(_text(item, "{*}Price/{*}PriceAmount"))
        base = Decimal(_text(item, "{*}Price/{*}BaseQuantity") or "1")
        return _number(format((amount / base).normalize(), "f")) if base else ""
    except InvalidOperation:
        return ""
