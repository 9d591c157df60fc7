"""The 14-day letter (art. 6:96(6) BW), read over before it leaves.

A letter that gives too short a term, or starts it too early, costs the creditor all of
his collection cost, and an extra week afterwards does not mend it (HR 25-11-2016,
ECLI:NL:HR:2016:2704; Hof Arnhem-Leeuwarden 7-2-2017). So the finished text is checked,
not the template: what a person changed, or what data left empty, is seen here.
Which words hold is in ``letter_wording``.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .letter_wording import OWED, TERMS, VAT, dates_in, plain, wording


@dataclass(frozen=True, slots=True)
class Row:
    """One invoice as the letter must name it, written out as in the letter."""

    number: str
    issued: str
    due: str
    amount: str


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What the finished letter must say; texts are as they appear in it."""

    lang: str
    sent: date
    last_free_day: date
    sender: tuple
    debtor: tuple
    rows: tuple
    total: str
    cost: str
    cost_amount: Decimal
    expected_cost: Decimal
    ways_to_pay: tuple
    interest: str = ""
    vat_percent: Decimal | None = None
    missing: tuple = ()
    too_early: tuple = ()


def lint(text: str, facts: LetterFacts) -> tuple:
    """Reasons why this letter must not leave; empty when it may.

    :param text: the finished letter as plain text
    :return: tuple of (code, detail); the detail is what is missing or wrong
    """
    lang = facts.lang[:2].lower()
    words = plain(text)
    if lang not in TERMS:
        return (("language", facts.lang),)
    found = [
        *_missing("sender", facts.sender, words),
        *_missing("debtor", facts.debtor, words),
        *_rows(facts.rows, words),
        *_missing("total", (facts.total,), words),
        *_missing("cost", (facts.cost,), words),
        *_missing("interest", (facts.interest,) if facts.interest else (), words),
        *wording(lang, words),
        *_dates(lang, words, facts),
        *(("not_all_claims", number) for number in facts.missing),
        *(("not_in_default", number) for number in facts.too_early),
    ]
    if facts.cost_amount != facts.expected_cost:
        found.append(("cost_amount", str(facts.expected_cost)))
    if not re.search(OWED[lang], words):
        found.append(("consequence", ""))
    if not any(plain(way) in words for way in facts.ways_to_pay if way):
        found.append(("how_to_pay", ""))
    if facts.vat_percent and not re.search(VAT[lang], words):
        found.append(("vat_statement", ""))
    return tuple(dict.fromkeys(found))


def _missing(code, pieces, words):
    """The pieces that the letter does not contain; an empty piece is missing too."""
    if code in ("sender", "debtor") and not pieces:
        return [(code, "")]
    return [(code, piece) for piece in pieces if not piece or plain(piece) not in words]


def _rows(rows, words):
    """Each invoice with its number, date, due date and amount."""
    if not rows:
        return [("no_invoice", "")]
    found = []
    for row in rows:
        for code, piece in (
            ("invoice_number", row.number),
            ("invoice_date", row.issued),
            ("invoice_due", row.due),
            ("invoice_amount", row.amount),
        ):
            if not piece or plain(piece) not in words:
                found.append((code, row.number or "?"))
    return found


def _dates(lang, words, facts: LetterFacts):
    """No date on which the customer could think his time is up before it is.

    The dates of the invoices themselves are past; how their digits are ordered differs
    per country, so they are left out.
    """
    for row in facts.rows:
        for known in (row.issued, row.due):
            words = words.replace(plain(known), "") if known else words
    return [
        ("earlier_date", day.isoformat())
        for day in dates_in(words, lang)
        if facts.sent < day < facts.last_free_day
    ]


_GOOD = """
Waterlelie B.V., Kanaalweg 1, Utrecht. Aan: P. Proef, Proefstraat 1, Proefdam.
Factuur INV/1 van 1 februari 2026, te betalen vóór 3 maart 2026: € 1.000,00.
Totaal € 1.000,00. Betaal dit bedrag binnen veertien dagen vanaf de dag nadat deze brief
bij u is bezorgd. Betaalt u niet op tijd, dan bent u daarnaast € 150,00 incassokosten
verschuldigd. Maak het over op NL02ABNA0123456789.
"""

__test__ = {
    "a letter that is right leaves; each fault is named": """
    >>> good = LetterFacts(
    ...     "nl_NL", date(2026, 3, 10), date(2026, 3, 26),
    ...     ("Waterlelie B.V.", "Kanaalweg 1"), ("P. Proef", "Proefstraat 1"),
    ...     (Row("INV/1", "1 februari 2026", "3 maart 2026", "€ 1.000,00"),),
    ...     "€ 1.000,00", "€ 150,00", Decimal(150), Decimal(150),
    ...     ("NL02ABNA0123456789",))
    >>> lint(_GOOD, good)
    ()
    >>> from dataclasses import replace
    >>> def wrong(old, new, **facts):
    ...     return lint(_GOOD.replace(old, new), replace(good, **facts))
    >>> wrong("Waterlelie B.V.", "Wij")
    (('sender', 'Waterlelie B.V.'),)
    >>> wrong("P. Proef", "U")
    (('debtor', 'P. Proef'),)
    >>> wrong("INV/1 van 1 februari 2026", "INV/1")
    (('invoice_date', 'INV/1'),)
    >>> wrong("vóór 3 maart 2026", "")
    (('invoice_due', 'INV/1'),)
    >>> wrong("€ 150,00", "vijftien procent")
    (('cost', '€ 150,00'),)
    >>> wrong("verschuldigd", "mogelijk")[0][0], wrong("NL02ABNA0123456789", "ons")
    ('consequence', (('how_to_pay', ''),))
    >>> wrong("", "", expected_cost=Decimal("140.00"))
    (('cost_amount', '140.00'),)
    >>> wrong("", "", rows=())[0], wrong("", "", lang="es_ES")
    (('no_invoice', ''), (('language', 'es_ES'),))
    >>> wrong("", "", missing=("INV/2",), too_early=("INV/1",))
    (('not_all_claims', 'INV/2'), ('not_in_default', 'INV/1'))
    >>> wrong("", "", interest="€ 4,93")
    (('interest', '€ 4,93'),)
    """,
    "no date between sending and the last free day": """
    >>> facts = LetterFacts("nl", date(2026, 3, 10), date(2026, 3, 26), (), (), (), "",
    ...                     "", Decimal(0), Decimal(0), ())
    >>> def dates(words):
    ...     return _dates("nl", plain(words), facts)
    >>> dates("uiterlijk 25 maart 2026"), dates("uiterlijk 26 maart 2026")
    ([('earlier_date', '2026-03-25')], [])
    >>> dates("Utrecht, 10 maart 2026"), dates("uiterlijk 11-03-2026")
    ([], [('earlier_date', '2026-03-11')])
    """,
}
