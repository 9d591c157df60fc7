"""Reads what the Dutch trade register answers.

Profile: API Basisprofiel 1.4,
https://developers.kvk.nl/nl/documentation/basisprofiel-api (fields) and
https://developers.kvk.nl/cms/api/uploads/api_basisprofiel.yaml (shape).
Functionaries: API Functionarissen 1.0,
https://developers.kvk.nl/nl/documentation/functionarissen-api and
https://developers.kvk.nl/cms/api/uploads/api-functionarissen.yaml (paths); what they
may sign for is named as in the register's catalogue: ``bevoegdheid`` with ``soort`` and
``beperkingInEuros`` for directors, ``volmacht`` with ``typeVolmacht`` and
``beperkteVolmacht.beperkingInGeld`` for proxies.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from .answer import ProviderError
from .signing import ALONE, AMOUNT, JOINTLY, NONE, UNKNOWN
from .values import Unreadable, read_number

#: Group of the answer → our role.
GROUPS = {
    "bestuurders": "director",
    "bestuursfuncties": "director",
    "gemachtigden": "proxy",
    "gevolmachtigden": "proxy",
    "aansprakelijken": "partner",
    "eigenaar": "owner",
    "eigenaren": "owner",
    "overigeFunctionarissen": "other",
    "publiekrechtelijkeFunctionarissen": "director",
    "functionarissenBijzondereRechtstoestand": "trustee",
}
_NAMES = ("volledigeNaam", "naam", "naamPersoon", "statutaireNaam")


@dataclass(frozen=True)
class Person:
    """Somebody in a report."""

    name: str
    role: str = "other"
    function: str = ""
    signs: str = UNKNOWN
    amount: Decimal = Decimal(0)
    since: date | None = None


@dataclass(frozen=True)
class Profile:
    """What the register says of an undertaking."""

    kvk_number: str
    name: str = ""
    legal_form: str = ""
    founded_on: date | None = None
    ended_on: date | None = None
    employees: int | None = None
    sector_code: str = ""
    sector_name: str = ""
    persons: tuple = field(default=())


def read_profile(answer, kvk_number):
    """The profile in an answer of Basisprofiel.

    ``formeleRegistratiedatum`` is the last change, not the start; the start is
    ``materieleRegistratie.datumAanvang``. The legal form stands with the owner.

    >>> answer = {
    ...     "kvkNummer": "69599068", "naam": "Test Stichting Bolderbast",
    ...     "formeleRegistratiedatum": "20150622",
    ...     "materieleRegistratie": {"datumAanvang": "20150101"},
    ...     "totaalWerkzamePersonen": 4,
    ...     "sbiActiviteiten": [
    ...         {"sbiCode": "62010", "sbiOmschrijving": "Software",
    ...          "indHoofdactiviteit": "Nee"},
    ...         {"sbiCode": "86101", "sbiOmschrijving": "Ziekenhuizen",
    ...          "indHoofdactiviteit": "Ja"}],
    ...     "_embedded": {"eigenaar": {"rechtsvorm": "Stichting"}}}
    >>> profile = read_profile(answer, "69599068")
    >>> profile.legal_form, profile.founded_on, profile.sector_code
    ('Stichting', datetime.date(2015, 1, 1), '86101')
    >>> read_profile(answer, "12345678")  # an answer about somebody else
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.answer.ProviderError: nonsense
    >>> read_profile(["?"], "69599068")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.answer.ProviderError: nonsense
    """
    if not isinstance(answer, dict) or answer.get("kvkNummer") != kvk_number:
        raise ProviderError("nonsense")
    embedded = _dict(answer, "_embedded")
    owner = _dict(embedded, "eigenaar") or _dict(answer, "eigenaar")
    main = _dict(embedded, "hoofdvestiging") or _dict(answer, "hoofdvestiging")
    lived = _dict(answer, "materieleRegistratie")
    sector = _main_activity(_list(answer, "sbiActiviteiten")) or _main_activity(
        _list(main, "sbiActiviteiten")
    )
    employees = answer.get("totaalWerkzamePersonen")
    if employees is None:
        employees = main.get("totaalWerkzamePersonen")
    return Profile(
        kvk_number=kvk_number,
        name=_text(answer.get("statutaireNaam") or answer.get("naam")),
        legal_form=_text(owner.get("uitgebreideRechtsvorm") or owner.get("rechtsvorm")),
        founded_on=_date(lived.get("datumAanvang")),
        ended_on=_date(lived.get("datumEinde")),
        employees=employees if isinstance(employees, int) else None,
        sector_code=_text(sector.get("sbiCode")),
        sector_name=_text(sector.get("sbiOmschrijving")),
    )


def read_functionaries(answer):
    """The people in an answer of Functionarissen, directors first.

    >>> people = read_functionaries({"kvkNummer": "42264003",
    ...     "gemachtigden": [{"natuurlijkPersoon": {"volledigeNaam": "P. de Proef"},
    ...         "functie": "Procuratiehouder", "volmacht": {
    ...             "typeVolmacht": {"code": "B", "omschrijving": "Beperkte volmacht"},
    ...             "beperkteVolmacht": {"beperkingInGeld":
    ...                 {"waarde": "25000", "valuta": {"code": "EUR"}}}}}],
    ...     "bestuurders": [{"natuurlijkPersoon": {"volledigeNaam": "A. van Test"},
    ...         "functie": {"omschrijving": "Bestuurder"},
    ...         "bevoegdheid": {"soort": "Alleen/zelfstandig bevoegd"},
    ...         "datumIngang": "20200601"}]})
    >>> [(one.name, one.role, one.signs, one.amount) for one in people]
    [('A. van Test', 'director', 'alone', Decimal('0')), \
('P. de Proef', 'proxy', 'amount', Decimal('25000'))]
    >>> people[0].since
    datetime.date(2020, 6, 1)
    >>> read_functionaries({"kvkNummer": "1"})
    ()
    >>> read_functionaries("nonsense")
    Traceback (most recent call last):
        ...
    o2c_credit.policy.report.answer.ProviderError: nonsense
    """
    if not isinstance(answer, dict):
        raise ProviderError("nonsense")
    embedded = _dict(answer, "_embedded")
    found = []
    for group, role in GROUPS.items():
        entries = answer.get(group) or embedded.get(group) or []
        for entry in [entries] if isinstance(entries, dict) else entries:
            if isinstance(entry, dict) and (name := _name(entry)):
                signs, amount = _authority(entry, role)
                found.append(
                    Person(
                        name=name,
                        role=role,
                        function=_words(
                            entry.get("functietitel") or entry.get("functie")
                        ),
                        signs=signs,
                        amount=amount,
                        since=_date(
                            entry.get("datumIngang") or entry.get("datumAanvang")
                        ),
                    )
                )
    return tuple(dict.fromkeys(found))


def authority_of(text):
    """How somebody signs, from the words or the code of the register.

    >>> authority_of("Alleen/zelfstandig bevoegd"), authority_of("AlleenZelfstandig")
    ('alone', 'alone')
    >>> authority_of("Gezamenlijk bevoegd (met andere bestuurder(s), zie statuten)")
    'jointly'
    >>> authority_of("Onbeperkt bevoegd"), authority_of("Volledige volmacht")
    ('alone', 'alone')
    >>> authority_of("Niet bevoegd"), authority_of("Beperkt bevoegd"), authority_of("")
    ('none', 'unknown', 'unknown')
    """
    words = text.lower()
    if "niet bevoegd" in words or words in ("nb", "nietbevoegd"):
        return NONE
    if "gezamenlijk" in words or words == "gb":
        return JOINTLY
    if any(word in words for word in ("zelfstandig", "onbeperkt", "volledige")):
        return ALONE
    return ALONE if words in ("azb", "ob") else UNKNOWN


def _authority(entry, role):
    """(how, up to which amount) of one functionary."""
    power, proxy = entry.get("bevoegdheid"), entry.get("volmacht")
    if isinstance(power, dict):
        kind, limit = _words(power.get("soort")), power.get("beperkingInEuros")
    elif isinstance(proxy, dict):
        kind = _words(proxy.get("typeVolmacht"))
        limit = _dict(proxy, "beperkteVolmacht").get("beperkingInGeld")
    else:
        kind, limit = _words(power or proxy or entry.get("soortBevoegdheid")), None
    if isinstance(limit, dict):
        limit = limit.get("waarde")
    try:
        amount = read_number(limit) if limit else Decimal(0)
    except Unreadable:
        return UNKNOWN, Decimal(0)
    if amount > 0:
        return AMOUNT, amount
    if role == "owner" and not kind:
        return ALONE, Decimal(0)  # the owner of a sole proprietorship is the company
    return authority_of(kind), Decimal(0)


def _name(entry):
    for holder in (entry, *(one for one in entry.values() if isinstance(one, dict))):
        for key in _NAMES:
            name = holder.get(key)
            if isinstance(name, dict):
                name = next((name[one] for one in _NAMES if name.get(one)), "")
            if isinstance(name, str) and name.strip():
                return name.strip()
    return ""


def _main_activity(activities):
    """The main activity, or the first one."""
    known = [one for one in activities if isinstance(one, dict)]
    main = [one for one in known if one.get("indHoofdactiviteit") == "Ja"]
    return (main or known or [{}])[0]


def _dict(holder, key):
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _list(holder, key):
    value = holder.get(key)
    return value if isinstance(value, list) else []


def _text(value):
    return value.strip() if isinstance(value, str) else ""


def _words(value):
    """The words of an enumeration: text, or code with description."""
    if isinstance(value, dict):
        value = value.get("omschrijving") or value.get("titel") or value.get("code")
    return _text(value)


def _date(text):
    """A register date: YYYYMMDD; month or day may be 00, which is unknown.

    >>> _date("20150600"), _date("2015-06-22"), _date("00000000") is None
    (datetime.date(2015, 6, 1), datetime.date(2015, 6, 22), True)
    """
    digits = "".join(filter(str.isdigit, str(text or "")))[:8]
    if len(digits) != 8:
        return None
    year, month, day = digits[:4], digits[4:6], digits[6:]
    month, day = ("01" if one == "00" else one for one in (month, day))
    try:
        return datetime.strptime(year + month + day, "%Y%m%d").date()
    except ValueError:
        return None
