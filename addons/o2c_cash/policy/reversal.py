"""Money that the bank took back: a storno, with the reason code of its R-transaction.

Codes are those of ISO 20022 (ExternalReturnReason1Code) that the SEPA direct debit and
credit transfer rulebooks allow. A code is only believed where a bank writes one.
"""

import re

#: reason code to what it means, in our words (the models translate these)
REASONS = {
    "AC01": "account_wrong",
    "AC04": "account_closed",
    "AC06": "account_blocked",
    "AC13": "account_consumer",
    "AG01": "not_allowed",
    "AG02": "operation_code",
    "AM04": "no_money",
    "AM05": "double",
    "BE05": "creditor_unknown",
    "CNOR": "bank_unknown",
    "DNOR": "bank_unknown",
    "ED05": "settlement",
    "FF01": "format",
    "FOCR": "recalled",
    "MD01": "no_mandate",
    "MD06": "disputed_by_payer",
    "MD07": "deceased",
    "MS02": "refused_by_payer",
    "MS03": "not_given",
    "RC01": "bank_wrong",
    "RR01": "regulation",
    "RR02": "regulation",
    "RR03": "regulation",
    "RR04": "regulation",
    "SL01": "refused_by_bank",
    "SVNR": "not_given",
    "TM01": "too_late",
}
#: who decided: money that was not there, or somebody who refuses to pay
REFUSED = frozenset(("disputed_by_payer", "refused_by_payer", "no_mandate"))
WORDS = re.compile(
    r"\b(STORNO|STORNERING|TERUGBOEKING|TERUGGEBOEKT|RETOUR|REVERSAL|RETURN|RTRN|"
    r"R-TRANS\w*)\b|RVSLIND\)?\s*:\s*TRUE"
)
CODE = re.compile(
    r"(?:/RTRN/|RtrInf/Rsn/Cd\)?\s*:\s*|RETOURREDEN\s*:?\s*|REDEN(?:CODE)?\s*:?\s*|"
    r"\bRTRN\s*)"
    r"([A-Z]{2}\d{2}|CNOR|DNOR|FOCR|SVNR)\b",
    re.IGNORECASE,
)


def reason_code(text):
    """The code of an R-transaction in a bank's text, or nothing.

    >>> reason_code("/RTRN/MD06//EREF/E2E-17"), reason_code("Retourreden: AM04")
    ('MD06', 'AM04')
    >>> reason_code("Return Reason Code (RtrInf/Rsn/Cd): AC04")
    'AC04'
    >>> reason_code("AC04 kabel")
    ''
    """
    found = CODE.search(text or "")
    code = found[1].upper() if found else ""
    return code if code in REASONS else ""


def is_reversal(text):
    """Whether a text of money that left says that a payment was taken back.

    >>> [is_reversal(text) for text in ("STORNO incasso", "/RTRN/MS03/", "huur")]
    [True, True, False]
    >>> is_reversal("Reversal Indicator (RvslInd): true")
    True
    """
    return bool(reason_code(text) or WORDS.search((text or "").upper()))


def original(line, candidates):
    """Which earlier money this takes back: by end-to-end id, account and amount, or the
    same number and name; a later one is never it by itself.

    :param line: tuple of (day, amount, end-to-end id, account, numbers in its text,
        plain name)
    :param candidates: the same tuples with a key before them
    :return: (key, reason code of how it was found); (None, code) when there are several

    >>> from datetime import date; from decimal import Decimal as D
    >>> first, number = date(2026, 3, 1), frozenset(("INV202600012",))
    >>> came = [(1, first, D(100), "E17", "NL1", number, "PROEF"),
    ...         (2, first, D(100), "E18", "NL2", frozenset(), "PROEF")]
    >>> def found(day, id_="", account="", numbers=frozenset(), name=""):
    ...     line = (date(2026, day, 5), D(100), id_, account, numbers, name)
    ...     return original(line, came)
    >>> found(3, "E18"), found(3, "", "NL1"), found(3)
    ((2, 'end_to_end'), (1, 'account_and_amount'), (None, 'several_originals'))
    >>> found(3, "E99", "NL9", number, "PROEF")
    (1, 'number_and_name')
    >>> found(3, "E99", "NL9", number, "HAVEN")
    (None, 'no_original')

    Dated before the payment:

    >>> found(2, "E18", "NL2"), found(2, "E99", "NL9")
    ((None, 'later_original'), (None, 'no_original'))
    """
    same = [one for one in candidates if one[2] == line[1]]
    key, code = _one_of(line, [one for one in same if one[1] <= line[0]])
    if code == "no_original":
        later = [one for one in same if one[1] > line[0]]
        if _one_of(line, later)[1] != "no_original":
            code = "later_original"
    return key, code


def _one_of(line, before):
    """The one that fits best, if only one does."""
    _day, _amount, id_, account, numbers, name = line
    tries = (
        ("end_to_end", [one for one in before if id_ and one[3] == id_]),
        (
            "account_and_amount",
            [one for one in before if account and one[4] == account],
        ),
        (
            "number_and_name",
            [one for one in before if numbers & one[5] and name == one[6] != ""],
        ),
        ("only_amount_back", before if not account and not id_ else []),
    )
    for code, found in tries:
        if len(found) == 1:
            return found[0][0], code
        if found:
            return None, "several_originals"
    return None, "no_original"
