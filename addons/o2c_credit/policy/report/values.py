"""Reading what people type in spreadsheets: numbers, dates, yes and no, KvK numbers."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d")
YES = {"1", "true", "yes", "y", "ja", "j", "x", "waar", "wahr", "oui"}
NO = {"0", "false", "no", "n", "nee", "onwaar", "nein", "falsch", "non", "-"}


class Unreadable(ValueError):
    """A value that cannot be what its column asks; ``code`` says what it should be."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def read_number(text, decimals=2):
    """A number as Dutch, English or a program writes it.

    The last separator is the decimal one when both occur. A single separator with
    exactly three digits behind it separates thousands, unless the column has more
    than two decimals itself.

    >>> [read_number(one) for one in ("1.234,56", "1,234.56", "€ 12.500", "-3,5")]
    [Decimal('1234.56'), Decimal('1234.56'), Decimal('12500'), Decimal('-3.5')]
    >>> read_number("1.234.567"), read_number("1,25"), read_number("12 500,00")
    (Decimal('1234567'), Decimal('1.25'), Decimal('12500.00'))
    >>> read_number("1,234", decimals=4)
    Decimal('1.234')
    >>> read_number("(250)")
    Decimal('-250')
    >>> read_number("much")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: number
    """
    bare = re.sub(r"[\s€%\u00a0\u202f']|EUR", "", str(text))
    if bare.startswith("(") and bare.endswith(")"):
        bare = f"-{bare[1:-1]}"
    marks = [mark for mark in ".," if mark in bare]
    if len(marks) == 2:
        decimal_mark = max(marks, key=bare.rfind)
        bare = bare.replace("." if decimal_mark == "," else ",", "")
        bare = bare.replace(decimal_mark, ".")
    elif marks:
        whole, _mark, tail = bare.rpartition(marks[0])
        if marks[0] in whole or (len(tail) == 3 and decimals <= 2):
            bare = bare.replace(marks[0], "")
        else:
            bare = f"{whole}.{tail}"
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise Unreadable("number") from None
    if not number.is_finite() or abs(number) >= Decimal("1e13"):
        raise Unreadable("number")
    return number


def read_whole(text):
    """A whole number.

    >>> read_whole("12"), read_whole("1.250")
    (12, 1250)
    >>> read_whole("12,5")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: whole
    """
    number = read_number(text)
    if number != int(number) or abs(number) > 2_000_000_000:
        raise Unreadable("whole")
    return int(number)


def read_score(text):
    """A score on the scale from 0 (worst) to 100 (best).

    >>> read_score("0"), read_score("100")
    (0, 100)
    >>> read_score("101")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: score
    """
    number = read_whole(text)
    if not 0 <= number <= 100:
        raise Unreadable("score")
    return number


def read_date(text):
    """A date: year first, or day first; never the American order.

    >>> read_date("2026-03-01"), read_date("01-03-2026"), read_date("20260301")
    (datetime.date(2026, 3, 1), datetime.date(2026, 3, 1), datetime.date(2026, 3, 1))
    >>> read_date("2026-03-01T00:00:00")
    datetime.date(2026, 3, 1)
    >>> read_date("31-02-2026")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: date
    """
    bare = re.split(r"[T ]", str(text).strip())[0]
    for form in DATE_FORMATS:
        try:
            moment = datetime.strptime(bare, form)
        except ValueError:
            continue
        if date(1700, 1, 1) <= moment.date():
            return moment.date()
    raise Unreadable("date")


def read_yes(text):
    """Yes or no.

    >>> read_yes("Ja"), read_yes("nee"), read_yes(True)
    (True, False, True)
    >>> read_yes("perhaps")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: yes_no
    """
    bare = str(text).strip().lower()
    if bare in YES | NO:
        return bare in YES
    raise Unreadable("yes_no")


def read_kvk(text):
    """A number of the Dutch trade register: eight digits, spreadsheets eat the zeros.

    >>> read_kvk("1234 5678"), read_kvk("1234567"), read_kvk("KvK 01234567")
    ('12345678', '01234567', '01234567')
    >>> read_kvk("123456789012")  # an establishment number is something else
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.values.Unreadable: kvk
    """
    digits = re.sub(r"\D", "", str(text))
    if not 7 <= len(digits) <= 8 or not int(digits):
        raise Unreadable("kvk")
    return digits.zfill(8)


def bare_vat(text):
    """A VAT number as it is compared.

    >>> bare_vat("NL 1234.56.782 b90")
    'NL123456782B90'
    """
    return re.sub(r"[^0-9A-Z]", "", str(text).upper())


def nace_of(sbi):
    """The European class behind a Dutch sector code.

    The first four digits of SBI 2008 are NACE Rev. 2
    (https://www.cbs.nl/nl-nl/onze-diensten/methoden/classificaties/activiteiten).

    >>> nace_of("46311"), nace_of("01.13"), nace_of("0113"), nace_of("46")
    ('46.31', '01.13', '01.13', '46')
    >>> nace_of("")
    ''
    """
    digits = re.sub(r"\D", "", str(sbi or ""))[:4]
    return f"{digits[:2]}.{digits[2:]}" if len(digits) > 2 else digits
