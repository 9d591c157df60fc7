"""Words and dates of a 14-day letter: which hold before a judge, and which do not.

HR 25-11-2016, ECLI:NL:HR:2016:2704 and Hof Arnhem-Leeuwarden 7-2-2017 for the Dutch
ones; the German, French and English ones say the same.
"""

import re
from datetime import date

MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober "
    "november december",
    "en": "january february march april may june july august september october "
    "november december",
    "de": "januar februar märz april mai juni juli august september oktober "
    "november dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre "
    "novembre décembre",
}
#: The term, counted from receipt, in words that hold.
TERMS = {
    "nl": (
        r"binnen (veertien|14) dagen vanaf de dag nadat (deze|dit) "
        r"(brief|e-mail|bericht) bij u is (bezorgd|binnengekomen)",
        r"binnen (vijftien|15) dagen nadat (deze|dit) "
        r"(brief|e-mail|bericht) bij u is (bezorgd|binnengekomen)",
    ),
    "en": (
        r"within (fourteen|14) days from the day after this "
        r"(letter|e-mail|message) was delivered to you",
        r"within (fifteen|15) days after this (letter|e-mail|message) was delivered "
        r"to you",
    ),
    "de": (
        r"innerhalb von (vierzehn|14) tagen ab dem tag, nachdem (dieser|diese) "
        r"(brief|e-mail|nachricht) ihnen zugestellt wurde",
        r"innerhalb von (fünfzehn|15) tagen, nachdem (dieser|diese) "
        r"(brief|e-mail|nachricht) ihnen zugestellt wurde",
    ),
    "fr": (
        r"dans les (quatorze|14) jours à compter du lendemain du jour où "
        r"(cette lettre|cet e-mail|ce message) vous a été remise?",
        r"dans les (quinze|15) jours après que "
        r"(cette lettre|cet e-mail|ce message) vous a été remise?",
    ),
}
#: Starting points that judges do not accept, or that start the term too early.
FORBIDDEN = {
    "nl": (
        r"na (heden|vandaag|dagtekening|dato|verzending)",
        r"na (de )?(datum|dagtekening|verzending) van (deze|dit)",
        r"vanaf (heden|vandaag)|te rekenen vanaf de (datum|dagtekening)",
    ),
    "en": (
        r"(from|of|after) (today|now|the date of this|sending|dispatch)",
        r"(from|of|after) the (date|sending) (hereof|of this)",
    ),
    "de": (
        r"(ab|von) (heute|sofort)",
        r"nach (absendung|versand|ausstellung|dem datum dieses)",
    ),
    "fr": (
        r"(à compter|à partir) d('|’)(aujourd('|’)hui|envoi)",
        r"à (compter|partir) de (ce jour|la date)|après l('|’)envoi",
    ),
}
#: Any number of days: all must be the fourteen or fifteen of the term.
DAYS = {
    "nl": r"binnen (\w+) (?:dagen|werkdagen)",
    "en": r"within (\w+) (?:days|working days)",
    "de": r"innerhalb von (\w+) (?:tagen|werktagen)",
    "fr": r"(?:dans les|sous) (\w+) jours",
}
ENOUGH = {
    *("veertien", "vijftien", "fourteen", "fifteen", "14", "15"),
    *("vierzehn", "fünfzehn", "quatorze", "quinze"),
}
#: Words that say: afterwards you owe the cost as well.
OWED = {
    "nl": r"incassokosten.{0,120}(verschuldigd|betalen|in rekening)"
    r"|(verschuldigd|in rekening).{0,60}incassokosten",
    "en": r"you (will )?(also )?(owe|have to pay).{0,120}collection cost",
    "de": r"(schulden sie|müssen sie).{0,120}inkassokosten"
    r"|inkassokosten.{0,120}(schulden|zahlen|tragen)",
    "fr": r"vous (devrez|serez redevable).{0,120}frais de recouvrement",
}
#: Words of the statement that VAT cannot be deducted (Besluit BIK art. 2(3)).
VAT = {
    "nl": r"btw.{0,80}niet (kunnen |kan )?(verrekenen|verrekend|aftrekken|in aftrek)"
    r"|niet (kunnen )?(verrekenen|aftrekken).{0,80}btw",
    "en": r"vat.{0,80}cannot (be )?deduct|cannot deduct.{0,80}vat",
    "de": r"umsatzsteuer.{0,80}nicht (abziehen|abzugsfähig)"
    r"|nicht (zum )?vorsteuerabzug",
    "fr": r"tva.{0,80}(ne pouvons pas|non) (récupér|dédui)"
    r"|ne pouvons pas (récupérer|déduire).{0,80}tva",
}


def plain(text: str) -> str:
    """Lower case with single blanks: how words are compared.

    >>> plain("Binnen  veertien\\xa0dagen\\n")
    'binnen veertien dagen'
    """
    return re.sub(r"[\s\u00a0\u202f]+", " ", text or "").strip().lower()


def wording(lang, text):
    """The term on receipt, no forbidden starting point, no shorter term beside it.

    >>> wording("nl", "binnen veertien dagen na heden")
    [('term', ''), ('forbidden', 'na heden')]
    """
    words, found = plain(text), []
    if not any(re.search(pattern, words) for pattern in TERMS[lang]):
        found.append(("term", ""))
        others = (other for other in TERMS if other != lang)
        if any(re.search(p, words) for other in others for p in TERMS[other]):
            found.append(("language", lang))
    for pattern in FORBIDDEN[lang]:
        hit = re.search(rf"\b(?:{pattern})", words)
        if hit:
            found.append(("forbidden", hit.group(0)))
    for number in re.findall(DAYS[lang], words):
        if number not in ENOUGH:
            found.append(("other_term", number))
    return found


def dates_in(words: str, lang: str) -> list:
    """Every date that is written out in a text, in the order of reading.

    >>> dates_in("van 3 maart 2026, 04-03-2026, 2026-03-05 en 6.3.2026", "nl")
    ... # doctest: +NORMALIZE_WHITESPACE
    [datetime.date(2026, 3, 3), datetime.date(2026, 3, 4), datetime.date(2026, 3, 5),
     datetime.date(2026, 3, 6)]
    >>> dates_in("on March 3, 2026, or 4 March 2026, or 3/5/2026", "en")
    [datetime.date(2026, 3, 3), datetime.date(2026, 3, 4), datetime.date(2026, 3, 5)]
    >>> dates_in("31-02-2026", "nl")
    []
    """
    months = MONTHS[lang].split()
    names = "|".join(months)
    pattern = (
        rf"(\d{{1,2}})(?:\.|er|st|nd|rd|th)? ({names}) (\d{{4}})"
        rf"|({names}) (\d{{1,2}}), (\d{{4}})"
        r"|(\d{4})-(\d{2})-(\d{2})"
        r"|(\d{1,2})[-./](\d{1,2})[-./](\d{4})"
    )
    found = []
    for hit in re.finditer(pattern, words.lower()):
        part = hit.groups()
        if part[0]:
            numbers = part[2], months.index(part[1]) + 1, part[0]
        elif part[3]:
            numbers = part[5], months.index(part[3]) + 1, part[4]
        elif part[6]:
            numbers = part[6:9]
        else:
            first, second = (10, 9) if _month_first(lang, hit.group(0)) else (9, 10)
            numbers = part[11], part[second], part[first]
        try:
            found.append(date(*(int(number) for number in numbers)))
        except ValueError:
            continue
    return found


def _month_first(lang, written):
    """American English writes the month first, with slashes."""
    return lang == "en" and "/" in written


__test__ = {
    "wordings on which cases were lost, and those that hold": """
    >>> def term(words, lang="nl"):
    ...     return [code for code, _detail in wording(lang, words)]
    >>> term("binnen 14 dagen na heden"), term("binnen veertien dagen na dagtekening")
    (['term', 'forbidden'], ['term', 'forbidden'])
    >>> term("binnen 14 dagen na verzending van deze brief")
    ['term', 'forbidden', 'forbidden']
    >>> term("Binnen vijftien dagen nadat deze brief bij u is bezorgd")
    []
    >>> term("binnen veertien dagen nadat deze brief bij u is bezorgd")
    ['term']
    >>> term("binnen 14 dagen vanaf de dag nadat deze e-mail bij u is binnengekomen")
    []
    >>> term("binnen 14 dagen vanaf de dag nadat deze brief bij u is bezorgd, "
    ...      "liefst binnen zeven dagen")
    ['other_term']
    >>> term("within fourteen days from the day after this letter was delivered to "
    ...      "you", "en")
    []
    >>> term("within fourteen days from the day after this letter was delivered to you")
    ['term', 'language']
    >>> sorted(set(term("within 14 days of the date of this letter", "en")))
    ['forbidden', 'term']
    >>> term("innerhalb von vierzehn Tagen ab dem Tag, nachdem dieser Brief Ihnen "
    ...      "zugestellt wurde", "de"), term("innerhalb von 14 Tagen ab heute", "de")
    ([], ['term', 'forbidden'])
    >>> term("dans les quatorze jours à compter du lendemain du jour où cette lettre "
    ...      "vous a été remise", "fr")
    []
    >>> term("sous 14 jours à compter de ce jour", "fr")
    ['term', 'forbidden']
    """,
    "the VAT sentence": """
    >>> [bool(re.search(VAT["nl"], plain(words))) for words in (
    ...     "omdat wij de btw niet kunnen verrekenen", "exclusief btw")]
    [True, False]
    """,
}
