"""How a letter speaks to somebody whose name carries a title.

House rule: no initials after a title, and a prefix such as *de* has a capital when
neither first name nor initial stands before it.
"""

import re

_TITLES = {
    "dhr": "heer",
    "heer": "heer",
    "hr": "heer",
    "mevr": "mevrouw",
    "mevrouw": "mevrouw",
    "mw": "mevrouw",
    "fam": "familie",
    "familie": "familie",
}
_TITLED = re.compile(r"^(?:de\s+)?([A-Za-z]+)\.?\s+(.+)$", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[A-Z][a-z]?\.)+$|^[A-Z]{1,4}$")


def addressed(name, lang):
    """A name as it stands after *Beste* or *Geachte*; other languages keep the name.

    :param str name: name of a contact
    :param str lang: language of the letter, such as ``nl_NL``

    >>> addressed("Dhr. A. Pinkster", "nl_NL"), addressed("Mevr. J.P. de Wit", "nl_BE")
    ('heer Pinkster', 'mevrouw De Wit')
    >>> addressed("Fam. Brouwersma", "nl_NL"), addressed("De heer Th. Bos", "nl_NL")
    ('familie Brouwersma', 'heer Bos')

    Who has no title, a company, and a title without a name stay as they are:

    >>> addressed("Anna de Wit", "nl_NL"), addressed("Heerma B.V.", "nl_NL")
    ('Anna de Wit', 'Heerma B.V.')
    >>> addressed("Dhr. A.", "nl_NL"), addressed("Dhr. A. Pinkster", "de_DE")
    ('Dhr. A.', 'Dhr. A. Pinkster')
    """
    found = _TITLED.match(name.strip()) if lang.startswith("nl") else None
    title = found and _TITLES.get(found[1].lower())
    if not title:
        return name
    words = found[2].split()
    while words and _INITIALS.match(words[0]):
        words.pop(0)
    if not words:
        return name
    last = " ".join(words)
    return f"{title} {last[0].upper()}{last[1:]}"
