"""One reference for a set of invoices: the RF creditor reference.

ISO 11649: "RF", two check digits, at most 21 letters and digits. The check digits are
those of ISO 7064 MOD 97-10, as in an IBAN. A bank passes it on unchanged, so the
payment can be recognised without a person.
"""


def creditor_reference(body):
    """RF reference of a body of letters and digits.

    >>> creditor_reference("539007547034")
    'RF18539007547034'
    >>> creditor_reference("P1A")
    'RF64P1A'
    """
    body = body.upper()
    if not body.isalnum() or not body.isascii() or len(body) > 21:
        raise ValueError("An RF reference holds at most 21 letters and digits.")
    return f"RF{98 - _remainder(body + 'RF00'):02d}{body}"


def is_creditor_reference(text):
    """Whether a text is an RF reference with the right check digits.

    >>> is_creditor_reference("RF18 5390 0754 7034")
    True
    >>> is_creditor_reference("RF19539007547034"), is_creditor_reference("RF18")
    (False, False)
    """
    text = "".join(text.split()).upper()
    if not text.startswith("RF") or not 5 <= len(text) <= 25:
        return False
    if not text.isalnum() or not text.isascii() or not text[2:4].isdigit():
        return False
    return _remainder(text[4:] + text[:4]) == 1


def printed(reference):
    """The reference in groups of four, as people read it.

    >>> printed("RF18539007547034")
    'RF18 5390 0754 7034'
    """
    return " ".join(reference[i : i + 4] for i in range(0, len(reference), 4))


def _remainder(text):
    """Remainder by 97 after A = 10 … Z = 35."""
    return int("".join(str(int(letter, 36)) for letter in text)) % 97
