"""Is this the signature of somebody who may bind the company?

A name under a quotation is compared with the people that a report names. Names are
written in many ways ("J.P. van der Berg", "Jan van der Berg", "berg, J. van der"), so
only the family name and what does not contradict each other in the first names count.
Who is not bound by an unauthorised signature is the company (art. 2:240 and 3:61 BW,
https://wetten.overheid.nl/BWBR0003045): so a doubt is told, and holding is a choice.
"""

import re
import unicodedata
from dataclasses import dataclass

from .report.signing import may_sign

#: Words before a family name; they are left out of the comparison.
PREFIXES = frozenset(
    "van von vom zu zum zur de den der des het t te ten ter op aan in la le les du da "
    "dos di el al bin ibn d l".split()
)
#: Titles and the like.
TITLES = frozenset(
    "mr mrs ms dhr mevr mw heer mevrouw herr frau monsieur madame dr drs ir ing prof "
    "mba bsc msc jr sr mme m".split()
)


@dataclass(frozen=True)
class SignatoryVerdict:
    """What is known of a signature. Only ``refused`` is a reason to flag or hold."""

    #: authorised, jointly, above_amount, may_not, unknown_person, silent, no_list
    code: str
    person: str = ""

    @property
    def refused(self):
        """Whether the report says that this is not an authorised signatory."""
        return self.code in ("jointly", "above_amount", "may_not", "unknown_person")


def name_parts(name):
    """First names or initials, and the family names, without case and accents.

    >>> name_parts("Dhr. J.P. van der Berg")
    (('j', 'p'), ('berg',))
    >>> name_parts("berg, Jan van der")
    (('jan',), ('berg',))
    >>> name_parts("Zoë Müller-Jansen")
    (('zoe',), ('muller', 'jansen'))
    >>> name_parts("")
    ((), ())
    """
    plain = unicodedata.normalize("NFKD", (name or "").replace("ß", "ss").lower())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = plain.replace("'", " ").replace("’", " ")
    if "," in plain:
        family, _comma, first = plain.partition(",")
        return _words(first), _words(family.replace("-", " "))
    words = plain.split()
    while words and words[-1].strip(".") in TITLES:
        words.pop()
    if not words:
        return (), ()
    return _words(" ".join(words[:-1])), _words(words[-1].replace("-", " "))


def _words(text):
    found = re.findall(r"[a-z]+", text)
    if len(found) > 1 or (found and found[0] in PREFIXES):
        kept = [word for word in found if word not in PREFIXES | TITLES]
        return tuple(kept or found)
    return tuple(found)


def same_name(one, other):
    """Whether two names can be of one person.

    >>> same_name("J.P. van der Berg", "Jan van den Berg")
    True
    >>> same_name("JAN BERG", "berg, j.")
    True
    >>> same_name("Jan Pieter Berg", "P. Berg")  # called by the second name
    True
    >>> same_name("René Müller", "Rene Muller-Jansen")  # with the partner's name
    True
    >>> same_name("Jan Berg", "Piet Berg"), same_name("Jan Berg", "Jan Bos")
    (False, False)
    >>> same_name("Berg", "Jan Berg")  # a family name alone proves nothing
    False
    >>> same_name("", "")
    False
    """
    first_one, family_one = name_parts(one)
    first_other, family_other = name_parts(other)
    if not (first_one and first_other and set(family_one) & set(family_other)):
        return False
    return _firsts_agree(first_one, first_other)


def _firsts_agree(one, other):
    """Some first name agrees: whole names as such, an initial with what it begins."""
    return any(
        (mine == theirs)
        or (len(mine) == 1 and theirs.startswith(mine))
        or (len(theirs) == 1 and mine.startswith(theirs))
        for mine in one
        for theirs in other
    )


def check_signatory(name, people, amount, recognised=()):
    """What a report says of a signature under an amount.

    :param str name: who signed
    :param people: ``Signatory`` of the newest report that names people
    :param Decimal amount: in company currency
    :param recognised: indexes of people known to be the contact that signed

    >>> from decimal import Decimal
    >>> from .report.signing import ALONE, AMOUNT, JOINTLY, UNKNOWN, Signatory
    >>> people = (Signatory("J. Berg", ALONE), Signatory("K. Bos", AMOUNT,
    ...           Decimal(5000)), Signatory("L. Dal", JOINTLY))
    >>> check_signatory("Jan Berg", people, Decimal(10**6)).code
    'authorised'
    >>> check_signatory("Kim Bos", people, Decimal(5000)).code
    'authorised'
    >>> verdict = check_signatory("Kim Bos", people, Decimal("5000.01"))
    >>> verdict.code, verdict.refused
    ('above_amount', True)
    >>> check_signatory("Lea Dal", people, Decimal(1)).code
    'jointly'
    >>> check_signatory("Mo Stranger", people, Decimal(1)).code
    'unknown_person'

    A report without people, or that does not say how somebody signs, refuses nobody:

    >>> check_signatory("Mo Stranger", (), Decimal(1)).refused
    False
    >>> check_signatory("Mo", (Signatory("A. B", UNKNOWN),), Decimal(1)).refused
    False
    """
    if not any(person.signs != "unknown" for person in people):
        return SignatoryVerdict("no_list")
    found = [
        person
        for index, person in enumerate(people)
        if index in recognised or same_name(name, person.name)
    ]
    if not found:
        return SignatoryVerdict("unknown_person")
    answers = [(may_sign(person, amount), person) for person in found]
    for answer, person in answers:
        if answer:
            return SignatoryVerdict("authorised", person.name)
    for answer, person in answers:
        if answer is None:
            return SignatoryVerdict("silent", person.name)
    person = found[0]
    codes = {"amount": "above_amount", "jointly": "jointly"}
    return SignatoryVerdict(codes.get(person.signs, "may_not"), person.name)
