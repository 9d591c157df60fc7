"""The Central Insolvency Register (CIR): what is asked and what is answered.

Web service of the judiciary, https://webservice.rechtspraak.nl/cir.asmx?wsdl, SOAP 1.1
with WS-Addressing (2004/08) and a WS-Security user name over TLS. Two operations are
used: ``searchUndertaking`` by KvK number gives the marks of publications, ``getCase``
the case behind a mark. The register holds what was published since 2005 and forgets a
case six months after its end
(https://insolventies.rechtspraak.nl/, explanation of the register).
"""

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from .answer import ProviderError
from .values import Unreadable, read_date, read_kvk

NS = "http://www.rechtspraak.nl/namespaces/cir01"
_WSSE = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
)
_WSU = (
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
)
_WSA = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
_ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wsa="{wsa}"
 xmlns:wsse="{wsse}" xmlns:wsu="{wsu}"><soap:Header><wsa:Action>{action}</wsa:Action>
<wsa:MessageID>urn:uuid:{message_id}</wsa:MessageID><wsa:To>{to}</wsa:To>
<wsse:Security soap:mustUnderstand="1"><wsu:Timestamp>
<wsu:Created>{created}</wsu:Created><wsu:Expires>{expires}</wsu:Expires></wsu:Timestamp><wsse:UsernameToken>
<wsse:Username>{user}</wsse:Username><wsse:Password>{password}</wsse:Password>
</wsse:UsernameToken></wsse:Security></soap:Header><soap:Body>{body}</soap:Body>
</soap:Envelope>"""
KINDS = {"F": "bankruptcy", "S": "suspension", "R": "restructuring"}
#: Codes of publications that end a case (nullified, lifted, distributed, agreed,
#: converted into another case, entered by mistake) ...
ENDS = frozenset(
    "1102 1202 1316 1317 1318 1319 1320 1324 1333 1336 "
    "2328 2329 2330 2331 2332 2333 2334 2335 2354 2356 "
    "3307 3308 3309 3313 3315".split()
)
#: ... and those that begin or revive one. Everything else changes nothing.
BEGINS = frozenset(
    "1100 1101 1200 1201 1300 1301 1302 1303 1304 1305 1306 1329 "
    "2100 2101 2102 2200 2201 2202 2301 2302 2303 2304 2305 2306 2307 2308 2337 2350 "
    "3100 3200 3300 3301 3302 3303 3316".split()
)


@dataclass(frozen=True)
class Case:
    """One insolvency in the register."""

    number: str
    kind: str
    running: bool
    name: str = ""
    court: str = ""
    trustee: str = ""
    on: date | None = None
    words: str = ""


def envelope(operation, argument, user, password, to, message_id, created, expires):
    """The message of a call; everything that varies is escaped.

    :param str operation: ``searchUndertaking`` or ``getCase``
    :param str argument: KvK number or mark of a publication

    >>> text = envelope("searchUndertaking", "12345678", "me", "a<b", "https://x", "1",
    ...     "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")
    >>> "<commercialRegisterID>12345678</commercialRegisterID>" in text
    True
    >>> "<wsse:Password>a&lt;b</wsse:Password>" in text
    True
    """
    name = {
        "searchUndertaking": "commercialRegisterID",
        "getCase": "publicationNumber",
    }[operation]
    return _ENVELOPE.format(
        wsa=_WSA,
        wsse=_WSSE,
        wsu=_WSU,
        action=f"{NS}/{operation}",
        message_id=escape(message_id),
        to=escape(to),
        created=escape(created),
        expires=escape(expires),
        user=escape(user),
        password=escape(password),
        body=f'<{operation} xmlns="{NS}"><{name}>{escape(argument)}</{name}>'
        f"</{operation}>",
    )


def read_marks(content):
    """Marks of the publications in an answer of searchUndertaking, one per case.

    A case has a mark per publication; the parts before the code tell the case.

    >>> body = '<e><b><searchUndertakingResponse><publicatieLijst>%s' \\
    ...     '</publicatieLijst></searchUndertakingResponse></b></e>'
    >>> mark = "<publicatieKenmerk>%s</publicatieKenmerk>"
    >>> read_marks((body % (mark % "16.ams.21.100.F.1300.1.00"
    ...     + mark % "16.ams.21.100.F.1316.1.01" + mark % "x.1.2.3.F.1.1.1")).encode())
    ('16.ams.21.100.F.1316.1.01', 'x.1.2.3.F.1.1.1')
    >>> read_marks((body % "").encode())
    ()
    >>> read_marks(b"<html><body>We are busy</body></html>")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.answer.ProviderError: nonsense
    """
    root = _tree(content)
    if _first(root, "publicatieLijst") is None:
        raise ProviderError("nonsense")
    cases = {}
    for node in _all(root, "publicatieKenmerk"):
        mark = _clean(node)
        if mark:
            cases[tuple(mark.split(".")[:-3])] = mark
    return tuple(cases.values())


def read_case(content, kvk_number):
    """The case in an answer of getCase.

    It runs unless the last publication that begins or ends something ends it; in doubt
    it runs. A case that names another KvK number only is about somebody else: None.

    >>> event = '<publicatie><publicatieDatum>%s</publicatieDatum>' \\
    ...     '<publicatieOmschrijving>%s</publicatieOmschrijving>' \\
    ...     '<publicatieSoortCode>%s</publicatieSoortCode></publicatie>'
    >>> body = '<e><insolvente><insolventienummer>F.16/21/150</insolventienummer>' \\
    ...     '<persoon><achternaam>Proef B.V.</achternaam>' \\
    ...     '<KvKNummer>99098123</KvKNummer></persoon><publicatiegeschiedenis>%s' \\
    ...     '</publicatiegeschiedenis></insolvente></e>'
    >>> start = event % ("2021-05-20", "Uitspraak faillissement", "1300")
    >>> case = read_case((body % start).encode(), "99098123")
    >>> case.kind, case.running, case.on
    ('bankruptcy', True, datetime.date(2021, 5, 20))
    >>> end = event % ("2022-01-10", "Opheffing", "1316")
    >>> read_case((body % (end + start)).encode(), "99098123").running
    False
    >>> read_case((body % start).encode(), "12345678") is None
    True
    """
    root = _first(_tree(content), "insolvente")
    if root is None:
        raise ProviderError("nonsense")
    number = _text(root, "insolventienummer")
    kind = KINDS.get(number[:1])
    if not kind:
        raise ProviderError("nonsense")
    numbers = {_kvk(_clean(node)) for node in _all(root, "KvKNummer")}
    if numbers and kvk_number not in numbers:
        return None
    events = sorted(
        (
            (
                _date(_text(node, "publicatieDatum")),
                _text(node, "publicatieSoortCode") in ENDS,
                _text(node, "publicatieSoortCode"),
                _text(node, "publicatieOmschrijving"),
            )
            for node in _all(root, "publicatie")
        ),
        key=lambda event: event[:2],
    )
    decisive = [event for event in events if event[2] in ENDS | BEGINS]
    last = (decisive or events or [(date.min, False, "", "")])[-1]
    return Case(
        number=number,
        kind=kind,
        running=last[2] not in ENDS,
        name=_text(root, "achternaam"),
        court=_text(root, "behandelendeInstantieNaam"),
        trustee=_trustee(root),
        on=last[0] if last[0] != date.min else None,
        words=last[3],
    )


def worst_case(cases):
    """The case that counts: a running one before an ended one, bankruptcy first.

    >>> old = Case("F.1/20/1", "bankruptcy", False)
    >>> new = Case("S.1/26/1", "suspension", True)
    >>> worst_case([old, new]).number, worst_case([]) is None
    ('S.1/26/1', True)
    """
    order = list(KINDS.values())
    return min(
        cases,
        key=lambda case: (not case.running, order.index(case.kind)),
        default=None,
    )


def _tree(content):
    """The elements of an answer; a document type is refused (entity bombs)."""
    if b"<!DOCTYPE" in content[:2000].upper() or b"<!ENTITY" in content.upper():
        raise ProviderError("nonsense")
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise ProviderError("nonsense") from None


def read_fault(content):
    """What a SOAP fault or an exception of the register means, or None.

    >>> fault = b"<e><Fault><faultstring>%s</faultstring></Fault></e>"
    >>> read_fault(fault % b"Security requirements are not satisfied").code
    'refused'
    >>> read_fault(fault % b"Server busy").code, read_fault(b"<e/>") is None
    ('server', True)
    >>> read_fault(b"not xml") is None
    True
    """
    try:
        root = _tree(content)
    except ProviderError:
        return None
    fault = _first(root, "Fault")
    if fault is None:
        fault = _first(root, "exceptie")
    if fault is None:
        return None
    words = " ".join(fault.itertext()).lower()
    known = ("security", "password", "usernametoken", "authenticat", "authoriz")
    return ProviderError("refused" if any(one in words for one in known) else "server")


def _trustee(root):
    """The administrator who acts now."""
    for node in _all(root, "cbv"):
        if not _text(node, "datumEind"):
            parts = ("titulatuur", "voorletters", "voorvoegsel", "achternaam")
            return " ".join(filter(None, (_text(node, part) for part in parts)))
    return ""


def _all(root, name):
    return [node for node in root.iter() if node.tag.rpartition("}")[2] == name]


def _first(root, name):
    return next(iter(_all(root, name)), None)


def _clean(node):
    return (node.text or "").strip()


def _text(root, name):
    node = _first(root, name)
    return _clean(node) if node is not None else ""


def _date(text):
    try:
        return read_date(text)
    except Unreadable:
        return date.min


def _kvk(text):
    try:
        return read_kvk(text)
    except Unreadable:
        return text
