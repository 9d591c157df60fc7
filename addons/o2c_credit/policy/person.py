"""Who is a natural person behind a trade name?

The GDPR protects people, not legal persons: a sole trader is a person, and so are the
partners of a partnership without legal personality (recital 14,
https://eur-lex.europa.eu/eli/reg/2016/679/oj). The trade register writes the legal
form; the pattern below serves Python and PostgreSQL alike, so that a set and a single
customer are judged by the same words.
"""

import re

#: Legal forms of Dutch, German, French and Belgian registers without a legal person.
PERSONAL_FORMS = (
    "eenmanszaak|vennootschap onder firma|(^|[^a-z])v[.]?o[.]?f[.]?([^a-z]|$)|"
    "maatschap([^p]|$)|commanditaire vennootschap|(^|[^a-z])c[.]?v[.]?([^a-z]|$)|"
    "einzelunternehmen|einzelunternehmer|entreprise individuelle|auto-?entrepreneur|"
    "sole trader|sole proprietor"
)


def is_personal_form(legal_form):
    """Whether people themselves stand behind this legal form.

    >>> [is_personal_form(form) for form in ("Eenmanszaak", "V.O.F.", "Maatschap")]
    [True, True, True]
    >>> [is_personal_form(form) for form in ("B.V.", "Besloten Vennootschap", "", None)]
    [False, False, False, False]
    >>> is_personal_form("Onderlinge waarborgmaatschappij"), is_personal_form("N.V.")
    (False, False)
    """
    return bool(re.search(PERSONAL_FORMS, (legal_form or "").lower()))
