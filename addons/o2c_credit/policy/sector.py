"""Sectors of trade, and a customer beside the others of his.

SBI, the Dutch register's list of activities, equals NACE in its first four digits
(Regulation (EC) 1893/2006: https://eur-lex.europa.eu/eli/reg/2006/1893/oj). The first
two are the division; sections are ranges of divisions. The letters are those of SBI
2008; the divisions tell, because later editions move letters.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

#: section: first and last division
SECTIONS = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
#: Fewer days than this is no difference.
SAME_DAYS = Decimal(1)
#: A bureau's score within this many points says the same as ours.
SAME_POINTS = 10


def clean_code(code):
    """The digits of a code, of the first when there are more, or None when it is none.

    >>> clean_code("46.19"), clean_code(" 4619, 4711 "), clean_code("SBI 01131")
    ('4619', '4619', '01131')
    >>> clean_code("4"), clean_code("cafe"), clean_code(None), clean_code("461901")
    (None, None, None, None)
    """
    found = re.search(r"\d[\d.]*", str(code or ""))
    digits = found.group().replace(".", "") if found else ""
    return digits if 2 <= len(digits) <= 5 else None


def section_of(code):
    """Section of an SBI or NACE code.

    >>> section_of("0113"), section_of("03"), section_of("04"), section_of("05")
    ('A', 'A', None, 'B')
    >>> section_of("47.11"), section_of("99"), section_of(""), section_of("00")
    ('G', 'U', None, None)
    """
    digits = clean_code(code)
    if not digits:
        return None
    division = int(digits[:2])
    return next(
        (name for name, (low, high) in SECTIONS.items() if low <= division <= high),
        None,
    )


@dataclass(frozen=True)
class Comparison:
    """What a comparison says: a code and the difference behind it."""

    code: str
    difference: Decimal = Decimal(0)


def beside_sector(days_late, median, others, minimum):
    """A customer's days late beside the median of the others in his sector.

    Below the minimum nothing is said: three customers are no sector.

    >>> beside_sector(Decimal(12), Decimal(5), 4, 5).code
    'too_few'
    >>> beside_sector(Decimal(12), Decimal(5), 5, 5)
    Comparison(code='slower', difference=Decimal('7'))
    >>> beside_sector(Decimal(1), Decimal(5), 9, 5).code
    'faster'
    >>> beside_sector(Decimal("5.9"), Decimal(5), 9, 5).code
    'same'
    """
    if others < minimum or median is None:
        return Comparison("too_few")
    difference = days_late - median
    if abs(difference) < SAME_DAYS:
        return Comparison("same")
    return Comparison("slower" if difference > 0 else "faster", abs(difference))


def beside_bureau(own, bureau):
    """Our score without the bureau, beside the bureau's.

    >>> beside_bureau(70, 60).code, beside_bureau(71, 60).code
    ('same', 'stricter')
    >>> beside_bureau(40, 80)
    Comparison(code='milder', difference=Decimal('40'))
    >>> beside_bureau(None, 80).code
    'no_own'
    """
    if own is None:
        return Comparison("no_own")
    difference = Decimal(bureau - own)
    if abs(difference) <= SAME_POINTS:
        return Comparison("same")
    return Comparison("milder" if difference > 0 else "stricter", abs(difference))
