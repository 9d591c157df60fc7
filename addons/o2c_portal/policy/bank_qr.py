"""Text of the SEPA QR code that bank apps read.

European Payments Council, EPC069-12 version 2.1: service tag BCD, version 002, UTF-8,
SCT; then BIC (may be empty in the EEA), name of at most 70, IBAN, amount from 0.01 to
999999999.99 euro, purpose, and either a structured reference of at most 35 or a text
of at most 140 characters. The code has error correction M and at most 69 modules a
side (version 13), which 331 bytes fit in.
"""

from decimal import Decimal

from .creditor_reference import is_creditor_reference


def bank_qr_text(name, iban, amount, reference):
    """Lines of the QR code, or an empty text when it cannot be made.

    >>> print(bank_qr_text("Waterlelie B.V.", "NL02 ABNA 0123 4567 89",
    ...                    Decimal("1210.5"), "RF18539007547034"))
    BCD
    002
    1
    SCT
    <BLANKLINE>
    Waterlelie B.V.
    NL02ABNA0123456789
    EUR1210.50
    <BLANKLINE>
    RF18539007547034
    >>> bank_qr_text("X", "NL02ABNA0123456789", Decimal("5"), "INV/1")[-5:]
    'INV/1'
    >>> bank_qr_text("X", "NL02ABNA0123456789", Decimal("0"), "INV/1")
    ''
    >>> bank_qr_text("X", "NL02ABNA0123456789", Decimal("1e12"), "INV/1")
    ''

    A structured reference goes without the spaces of its printed form; a line break in
    a name or a text would start the next field.

    >>> text = bank_qr_text("X\\nY", "NL02ABNA0123456789", 5, "RF18 5390 0754 7034")
    >>> text.split("\\n")[5:]
    ['X Y', 'NL02ABNA0123456789', 'EUR5.00', '', 'RF18539007547034']
    """
    amount = Decimal(amount)
    iban = "".join(iban.split()).upper()
    if not iban or not Decimal("0.01") <= amount <= Decimal("999999999.99"):
        return ""
    name, reference = " ".join(name.split()), " ".join(reference.split())
    structured = "".join(reference.split()) if is_creditor_reference(reference) else ""
    free = "" if structured else reference[:140]
    lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        "",
        name[:70],
        iban,
        f"EUR{amount:.2f}",
        "",
        structured,
        free,
    ]
    return "\n".join(lines).rstrip("\n")
