"""Amounts and days as the reader of a page or paper writes them.

Odoo takes the place of the sign from the currency and the order of a date from a
setting of the language: a Dutchman then reads "4.265,14 €", an Englishman 11/03/2026.
"""

from copy import copy

from odoo.tools import babel_locale_parse, float_round, format_date

#: English is read on both sides of the ocean, so a month stands there as a word.
ENGLISH = {False: "d MMM y", True: "d MMMM y"}


def money_text(env, amount, currency, lang=None, digits=None):
    """An amount with its sign: € 4.265,14, 4.265,14 €, €4,265.14.

    :param lang: code of the language; that of the environment when left out
    :param digits: decimals of a price that has others than its currency
    """
    locale = babel_locale_parse(lang or env.lang or "en_US")
    digits = currency.decimal_places if digits is None else digits
    # -0.0 is not owed
    amount = float_round(float(amount or 0.0), precision_digits=digits) or 0.0
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits, digits)
    return pattern.apply(amount, locale, currency=currency.name, currency_digits=False)


def day_text(env, day, lang=None, long=False):
    """A day that can be read in one way only: 03-11-2026, 03.11.2026, 3 Nov 2026.

    :param long: with the month written out, as in letters
    """
    if not day:
        return ""
    lang = lang or env.lang or "en_US"
    form = ENGLISH[long] if lang[:2] == "en" else (long and "long" or False)
    return format_date(env, day, lang_code=lang, date_format=form)
