"""How many parts an SMS is charged for.

A text in the alphabet of GSM 03.38 takes 160 characters in one part and 153 in each of
several; a single other character turns the whole text into UCS-2, with 70 and 67.
https://www.etsi.org/deliver/etsi_ts/123000_123099/123038/
"""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: These take two places.
EXTENDED = frozenset("^{}\\[~]|€")
#: What word processors and number formats put where a plain character does.
PLAIN = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "·": "-",
        "•": "-",
    }
)


@dataclass(frozen=True, slots=True)
class Size:
    """What a text takes: places, parts that are charged, and why it is dear."""

    places: int
    parts: int
    #: the characters that make it UCS-2
    dear: str = ""


def plain(text: str) -> str:
    """The text without typography that would more than double what it costs. Letters
    stay as they are: a name is a name.

    >>> plain("Renée owes €\u00a01.210,00 – “today”…")
    'Renée owes € 1.210,00 - "today"...'
    """
    return text.translate(PLAIN).strip()


def size(text: str) -> Size:
    """Places and parts of a text; more examples at the end of the file.

    >>> size("Pay 10 euro").parts
    1
    >>> size("Pay €10").places
    8
    >>> size("Zoë")
    Size(places=3, parts=1, dear='ë')
    """
    dear = "".join(sorted({one for one in text if one not in BASIC | EXTENDED}))
    if dear:
        places = len(text.encode("utf-16-be")) // 2
        alone, several = 70, 67
    else:
        places = len(text) + sum(one in EXTENDED for one in text)
        alone, several = 160, 153
    parts = 1 if places <= alone else -(-places // several)
    return Size(places, parts, dear)


__test__ = {
    "the last character that fits, and the first that does not": """
    >>> [size("a" * n).parts for n in (0, 1, 160, 161, 306, 307)]
    [1, 1, 1, 2, 2, 3]
    >>> [size("ë" * n).parts for n in (70, 71, 134, 135)]
    [1, 2, 2, 3]
    """,
    "the euro sign takes two places, an emoji two in UCS-2": """
    >>> [size("€" * n).parts for n in (80, 81)]
    [1, 2]
    >>> size("🙂").places
    2
    """,
}
