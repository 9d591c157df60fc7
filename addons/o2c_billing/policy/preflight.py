"""Can this invoice reach the customer the way he wants it, and what is missing?

Asked before anything is generated, so that a document with a gap waits where people see
it, and never blocks the others. Sources of the rules on electronic invoices: NL-R-002
to NL-R-005 and NL-R-007 (address, KvK or OIN and bank account of Dutch parties),
PEPPOL- EN16931-R010 (electronic address of the buyer); European and Peppol rules as
published.
"""

from dataclasses import dataclass, replace

from .channel import EMAIL, HAND, NETWORK, PORTAL, POST, UPLOAD

__all__ = ["Document", "Party", "Problem", "digits", "problems", "replace"]
UBL_FORMATS = ("nlcius", "ubl_bis3", "xrechnung", "ubl_efff")

CUSTOMER, COMPANY, DOCUMENT, PERSON = "customer", "company", "document", "person"
#: What a customer can fill in himself when we ask him.
ASKABLE = ("order_reference_missing", "address_missing", "registration_missing")


@dataclass(frozen=True)
class Party:
    """What of a party decides about sending."""

    country: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    registry: str = ""
    endpoint: str = ""
    scheme: str = ""


@dataclass(frozen=True)
class Document:
    """An invoice about to be sent."""

    method: str
    format: str = ""
    email: str = ""
    customer: Party = Party()
    company: Party = Party()
    bank_account: bool = True
    credit_note: bool = False
    due_date: bool = True
    term: bool = True
    order_reference: bool = True
    order_reference_required: bool = False
    active: bool = True
    notice: bool = False
    upload_url: bool = True


@dataclass(frozen=True)
class Problem:
    """What is missing, and whose data it is."""

    code: str
    whose: str


def digits(number):
    """A registration number as it is exchanged.

    >>> digits("12 34.56-78")
    '12345678'
    """
    return "".join(char for char in number or "" if char.isdigit())


def dutch_scheme(number):
    """KvK (0106), OIN (0190) or neither.

    >>> dutch_scheme("12345678"), dutch_scheme("00000001234567890000")
    ('0106', '0190')
    >>> dutch_scheme("1234567")
    ''
    """
    return {8: "0106", 20: "0190"}.get(len(digits(number)), "")


def registered(party):
    """Does a Dutch party have a KvK or OIN number, in the register or as endpoint?

    >>> registered(Party(registry="12345678")), registered(Party(registry="1234"))
    (True, False)
    >>> registered(Party(scheme="0190", endpoint="00000001234567890000"))
    True
    """
    if party.scheme in ("0106", "0190") and dutch_scheme(party.endpoint):
        return True
    return bool(dutch_scheme(party.registry))


def problems(document):
    """Everything that is missing, in a set order.

    >>> dutch = Party("NL", "Kade 1", "1234 AB", "Delft", "12345678")
    >>> complete = Document(EMAIL, "nlcius", "a@b.example", dutch, dutch)
    >>> problems(complete)
    ()
    >>> [p.code for p in problems(replace(complete, email="",
    ...     customer=replace(dutch, registry="", city="")))]
    ['email_missing', 'address_missing', 'registration_missing']

    A plain PDF by e-mail asks no registration number, nor does a letter; the portal
    asks an e-mail address only for a notice:

    >>> problems(Document(EMAIL, "", "a@b.example", Party("NL"), dutch))
    ()
    >>> problems(replace(complete, method=POST, customer=replace(dutch, registry="")))
    ()
    >>> [p.code for p in problems(Document(PORTAL, notice=True, term=False))]
    ['email_missing', 'term_missing']
    >>> problems(Document(PORTAL, due_date=False, credit_note=True))
    ()
    """
    customer = document.customer
    ubl = document.format in UBL_FORMATS and document.method != POST
    addressed = customer.street and customer.zip and customer.city and customer.country
    found = []
    if not document.active:
        found.append(Problem("contact_archived", CUSTOMER))
    mailed = document.method in (EMAIL, NETWORK) or (
        document.method == PORTAL and document.notice
    )
    if mailed and not document.email and document.active:
        found.append(Problem("email_missing", CUSTOMER))
    if (document.method == POST or ubl) and not addressed:
        found.append(Problem("address_missing", CUSTOMER))
    if ubl:
        found += _e_invoice_problems(document)
    if document.method == UPLOAD and not document.upload_url:
        found.append(Problem("upload_url_missing", COMPANY))
    if document.order_reference_required and not document.order_reference:
        found.append(Problem("order_reference_missing", DOCUMENT))
    if not document.credit_note:
        if not document.due_date:
            found.append(Problem("due_date_missing", DOCUMENT))
        elif not document.term:
            found.append(Problem("term_missing", DOCUMENT))
    if document.method == HAND:
        found.append(Problem("by_hand", PERSON))
    return tuple(found)


def _e_invoice_problems(document):
    """What an e-invoice asks of both parties."""
    customer, company = document.customer, document.company
    dutch = company.country == "NL" and customer.country == "NL"
    reachable = registered(customer) if dutch else customer.endpoint
    if not reachable:
        yield Problem("registration_missing", CUSTOMER)
    if company.country != "NL":
        return
    if not registered(company):
        yield Problem("own_registration_missing", COMPANY)
    if not (company.street and company.zip and company.city):
        yield Problem("own_address_missing", COMPANY)
    if not document.bank_account and not document.credit_note:
        yield Problem("own_bank_missing", COMPANY)
