"""Which payment method stands first: the one most customers there use."""

#: Codes of Odoo's payment methods per (currency, country). Wero takes over from iDEAL
#: (https://www.ideal.nl/en/ideal-wero), so both are named.
FIRST = {
    ("EUR", "NL"): ("ideal", "wero"),
    ("EUR", "BE"): ("bancontact", "wero"),
    ("EUR", "DE"): ("wero", "paypal"),
    ("EUR", "FR"): ("card", "wero"),
}


def usual(currency, country):
    """Codes of the methods that most customers there use, the commonest first.

    >>> usual("EUR", "NL"), usual("EUR", ""), usual("USD", "NL")
    (('ideal', 'wero'), ('ideal', 'wero'), ())
    """
    return FIRST.get((currency, country or "NL"), ())


def rank(code, currency, country):
    """Place of a method; the same for all that are not named, so order stays theirs.

    A customer without a country is taken to be Dutch.

    >>> [rank(code, "EUR", "NL") for code in ("ideal", "wero", "card")]
    [0, 1, 2]
    >>> rank("ideal", "USD", "NL"), rank("ideal", "EUR", "")
    (0, 0)
    >>> rank("card", "USD", "NL")
    0
    """
    first = usual(currency, country)
    return first.index(code) if code in first else len(first)


def is_usual(code, currency, country):
    """Whether this is the method to have chosen already when the page opens.

    >>> is_usual("ideal", "EUR", "NL"), is_usual("card", "EUR", "NL")
    (True, False)
    """
    return code in usual(currency, country)[:1]
