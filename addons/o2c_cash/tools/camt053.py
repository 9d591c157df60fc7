"""CAMT.053 (ISO 20022) as banks write it: statements with balances and transactions.

Reads versions 02 to 08, whatever their namespace. No entity is resolved, no document
type is accepted and nothing is fetched, so a hostile file can only be refused.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

#: A larger file is not a statement of a weekend.
LARGEST = 50_000_000


class NotCamtError(ValueError):
    """The file cannot be read; the text is a code that the wizard translates."""


@dataclass(frozen=True)
class Transaction:
    """One line of a bank account; money that left is negative."""

    key: str
    day: date
    amount: Decimal
    text: str = ""
    reference: str = ""
    end_to_end: str = ""
    account: str = ""
    name: str = ""
    kind: str = ""
    return_code: str = ""
    reversal: bool = False
    sent: str = ""


@dataclass(frozen=True)
class Statement:
    """One account over one period."""

    number: str
    account: str
    currency: str
    opening: Decimal | None
    closing: Decimal | None
    day: date | None
    transactions: tuple

    @property
    def difference(self):
        """What is missing between opening, transactions and closing; None: unknown."""
        if self.opening is None or self.closing is None:
            return None
        moved = sum((one.amount for one in self.transactions), Decimal(0))
        return self.closing - self.opening - moved


def read(content):
    """Statements of a file.

    :param bytes content: an XML file
    :return: list of ``Statement``
    :raise NotCamtError: "too_large", "not_xml", "cut_off", "doctype", "not_camt", "broken"
    """
    root = _root(content)
    found = [node for node in root.iter() if _name(node) == "Stmt"]
    if not found or _name(root) != "Document":
        raise NotCamtError("not_camt")
    try:
        return [_statement(node) for node in found]
    except (InvalidOperation, ValueError, AttributeError) as error:
        raise NotCamtError("broken") from error


def _root(content):
    if len(content) > LARGEST:
        raise NotCamtError("too_large")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotCamtError(_why_not(content)) from error
    if root.getroottree().docinfo.doctype:
        raise NotCamtError("doctype")
    return root


def _why_not(content):
    """Whether a file that cannot be read is XML of which the end is missing."""
    begins = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
    if begins and b"Document" in content and b"Document>" not in content[-200:]:
        return "cut_off"
    return "not_xml"


def _name(node):
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _find(node, path):
    """First node at a path of local names, or None."""
    for step in path.split("/"):
        node = next((one for one in node if _name(one) == step), None)
        if node is None:
            return None
    return node


def _text(node, *paths):
    """Text at the first of these paths that has one."""
    for path in paths:
        found = _find(node, path)
        if found is not None and (found.text or "").strip():
            return found.text.strip()
    return ""


def _all(node, name):
    return [one for one in node if _name(one) == name]


def _statement(node):
    balances = {}
    for one in _all(node, "Bal"):
        kind = _text(one, "Tp/CdOrPrtry/Cd")
        balances.setdefault(kind, _signed(one, _find(one, "Amt")))
    account = _text(node, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
    number = _text(node, "ElctrncSeqNb", "LglSeqNb") or _text(node, "Id")
    entries = [
        transaction
        for place, entry in enumerate(_all(node, "Ntry"))
        if _text(entry, "Sts/Cd", "Sts") in ("BOOK", "")
        for transaction in _entry(entry, account, place)
    ]
    first = _find(node, "Bal/Amt")
    currency = _text(node, "Acct/Ccy") or (
        first.get("Ccy", "") if first is not None else ""
    )
    end = (
        _text(node, "FrToDt/ToDtTm") or (entries and entries[-1].day.isoformat()) or ""
    )
    return Statement(
        number=number,
        account=account,
        currency=currency,
        opening=balances.get("OPBD", balances.get("PRCD")),
        closing=balances.get("CLBD"),
        day=date.fromisoformat(end[:10]) if end else None,
        transactions=tuple(entries),
    )


def _signed(node, amount):
    value = Decimal(amount.text.strip())
    return -value if _text(node, "CdtDbtInd") == "DBIT" else value


def _entry(entry, account, place):
    """A batch becomes its transactions when they add up to it."""
    total = _signed(entry, _find(entry, "Amt"))
    details = [
        detail for group in _all(entry, "NtryDtls") for detail in _all(group, "TxDtls")
    ]
    parts = [_part(entry, detail) for detail in details]
    if len(details) > 1 and all(part is not None for part in parts):
        if sum(parts) == total:
            return [
                _transaction(entry, detail, part, account, f"{place}.{number}")
                for number, (detail, part) in enumerate(
                    zip(details, parts, strict=True)
                )
            ]
    detail = details[0] if len(details) == 1 else entry
    return [_transaction(entry, detail, total, account, str(place))]


def _part(entry, detail):
    amount = _find(detail, "Amt")
    if amount is None:
        amount = _find(detail, "AmtDtls/TxAmt/Amt")
    if amount is None:
        return None
    mine = detail if _text(detail, "CdtDbtInd") else entry
    return _signed(mine, amount)


def _transaction(entry, detail, amount, account, place):
    side = "Dbtr" if amount > 0 else "Cdtr"
    texts = [one.text or "" for one in _each(detail, "RmtInf", "Ustrd")]
    day = _text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")[:10]
    code = _text(detail, "RtrInf/Rsn/Cd")
    end_to_end = _text(detail, "Refs/EndToEndId")
    servicer = _text(detail, "Refs/AcctSvcrRef") or _text(entry, "AcctSvcrRef")
    words = (
        " ".join(texts).strip()
        or _text(detail, "AddtlTxInf")
        or _text(entry, "AddtlNtryInf")
    )
    sender = _text(
        detail, f"RltdPties/{side}Acct/Id/IBAN", f"RltdPties/{side}Acct/Id/Othr/Id"
    )
    reference = _text(detail, "RmtInf/Strd/CdtrRefInf/Ref")
    # what the bank numbers is one transaction; else everything that is known is its key
    said = (
        servicer
        and f"{servicer}|{place.partition('.')[2]}"
        or "|".join((end_to_end, sender, words, reference, place))
    )
    raw = "|".join((account, day, str(amount), said))
    return Transaction(
        key=hashlib.sha256(raw.encode()).hexdigest()[:32],
        day=date.fromisoformat(day),
        amount=amount,
        text=words,
        reference=reference,
        end_to_end=end_to_end,
        account=sender,
        name=_text(detail, f"RltdPties/{side}/Nm", f"RltdPties/{side}/Pty/Nm"),
        kind=_text(entry, "BkTxCd/Prtry/Cd", "BkTxCd/Domn/Fmly/SubFmlyCd"),
        return_code=code,
        reversal=_text(entry, "RvslInd") == "true",
        sent=_sent(entry, detail),
    )


def _sent(entry, detail):
    """What the payer sent, when it was other money than came in."""
    amount = _find(detail, "AmtDtls/InstdAmt/Amt")
    if amount is None:
        return ""
    currency, came = amount.get("Ccy", ""), _find(entry, "Amt").get("Ccy", "")
    return f"{currency} {Decimal(amount.text.strip())}" if currency != came else ""


def _each(node, *names):
    """All nodes at a path, where every step may be there several times."""
    nodes = [node]
    for name in names:
        nodes = [child for one in nodes for child in _all(one, name)]
    return nodes
