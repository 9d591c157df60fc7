"""References that people mention with a transfer, and how they come out of a bank.

Two kinds carry a check of their own: the RF creditor reference (ISO 11649, MOD 97-10),
the Dutch betalingskenmerk (16 digits, first digit a check with weights by 11, as
Currence and Betaalvereniging describe it). A bank passes them on unchanged; in free
text people put spaces, dots and words around them.
"""

import re

#: weights from the last digit to the first (betalingskenmerk, 11-test)
WEIGHTS = (2, 4, 8, 5, 10, 9, 7, 3, 6, 1)
#: runs of letters or of digits that may together be one reference
PARTS = 9
#: what banks write when the payer gave no end-to-end id
NOT_PROVIDED = frozenset(("", "NOTPROVIDED", "NONREF", "NA", "NOTSPECIFIED"))
#: words that say nothing about who a company is
LEGAL_FORMS = frozenset(
    "BV B V NV N VOF CV MAATSCHAP STICHTING VERENIGING EENMANSZAAK INC LTD GMBH SA SRL "
    "SARL BVBA HOLDING DE HET EN".split()
)


def squash(text):
    """A reference without what people write between its parts.

    >>> squash("INV/2026/00012"), squash("rf18 5390 0754 7034"), squash(None)
    ('INV202600012', 'RF18539007547034', '')
    """
    return re.sub(r"[^0-9A-Z]", "", (text or "").upper())


def parts(text):
    """The runs of letters and of digits in a text, in order.

    >>> parts("fact.INV2026-00012 d.d. 1/3")
    ['FACT', 'INV', '2026', '00012', 'D', 'D', '1', '3']
    """
    return re.findall(r"[A-Z]+|\d+", (text or "").upper())


def numbers_in(text, shortest=8):
    """Whole numbers that a text may hold, squashed: runs of parts with a digit.

    >>> sorted(numbers_in("fact INV/2026/00012"))
    ['202600012', 'FACTINV2026', 'FACTINV202600012', 'INV202600012']
    >>> numbers_in("huur 12")
    set()
    """
    pieces, found = parts(text), set()
    for start in range(len(pieces)):
        joined = ""
        for piece in pieces[start : start + PARTS]:
            joined += piece
            if len(joined) >= shortest and piece.isdigit():
                found.add(joined)
    return found


def is_creditor_reference(text):
    """Whether a text is an RF reference with the right check digits.

    >>> is_creditor_reference("RF18 5390 0754 7034"), is_creditor_reference("RF19 5390")
    (True, False)
    >>> is_creditor_reference("RF18"), is_creditor_reference("")
    (False, False)
    """
    text = squash(text)
    if not re.fullmatch(r"RF\d\d[0-9A-Z]{1,21}", text):
        return False
    moved = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1


def is_payment_mark(text):
    """Whether a text is a betalingskenmerk of 16 digits with the right check digit.

    >>> is_payment_mark("1000 0000 0000 0012"), is_payment_mark("2000000000000012")
    (False, False)
    >>> is_payment_mark(payment_mark("12")), is_payment_mark("123")
    (True, False)
    """
    digits = squash(text)
    return bool(re.fullmatch(r"\d{16}", digits)) and digits[0] == _check(digits[1:])


def payment_mark(body):
    """A betalingskenmerk of 16 digits around a number of at most 15.

    >>> payment_mark("12")
    '3000000000000012'
    """
    body = body.zfill(15)
    return _check(body) + body


def _check(body):
    total = sum(
        int(digit) * WEIGHTS[place % len(WEIGHTS)]
        for place, digit in enumerate(reversed(body))
    )
    check = 11 - total % 11
    return str({10: 1, 11: 0}.get(check, check))


def is_structured(text):
    """Whether a reference carries a check of its own.

    >>> is_structured("RF18539007547034"), is_structured("INV202600012")
    (True, False)
    """
    return is_creditor_reference(text) or is_payment_mark(text)


def end_to_end(text):
    """The payer's own id of a payment, or nothing when he gave none.

    >>> end_to_end("E2E-2026/17"), end_to_end("NOTPROVIDED"), end_to_end(None)
    ('E2E202617', '', '')
    """
    text = squash(text)
    return "" if text in NOT_PROVIDED else text


def named_in_text(text):
    """The end-to-end id that a bank wrote into its free text.

    >>> named_in_text("/TRTP/SEPA OVERBOEKING/EREF/E2E-17/REMI/fact 12/")
    'E2E17'
    >>> named_in_text("End To End Id (Refs/EndToEndId): A-1"), named_in_text("niets")
    ('A1', '')
    """
    found = re.search(
        r"(?:/EREF/|EREF:\s*|EndToEndId\)?\s*:\s*|Kenmerk:\s*)([^/\s<]+)", text or ""
    )
    return end_to_end(found[1]) if found else ""


def sent_amount(text):
    """What the payer sent in other money, as our import writes it into the note.

    >>> sent_amount("Instructed Amount (AmtDtls/InstdAmt): USD 345.09")
    ('USD', '345.09')
    >>> sent_amount("End To End Id (Refs/EndToEndId): A-1"), sent_amount(None)
    ((None, None), (None, None))
    """
    found = re.search(r"InstdAmt\)?\s*:\s*([A-Z]{3}) (\d+(?:\.\d+)?)", text or "")
    return (found[1], found[2]) if found else (None, None)


def plain_name(name):
    """A name as banks and customers write it differently, made the same.

    >>> plain_name("Bakkerij de Korenaar B.V."), plain_name("BAKKERIJ KORENAAR BV")
    ('BAKKERIJKORENAAR', 'BAKKERIJKORENAAR')
    """
    words = re.sub(r"[^0-9A-Z ]", " ", (name or "").upper()).split()
    return "".join(word for word in words if word not in LEGAL_FORMS)
