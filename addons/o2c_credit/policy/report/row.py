"""One row of a file becomes a report, or a list of what is wrong with it."""

from dataclasses import dataclass
from decimal import Decimal

from .kvk import Person
from .signing import ALONE, AMOUNT, JOINTLY, NONE, UNKNOWN
from .values import (
    Unreadable,
    bare_vat,
    read_date,
    read_kvk,
    read_number,
    read_score,
    read_whole,
    read_yes,
)


def _ratio(text):
    return read_number(text, decimals=4)


#: Column → (how it is read, other names it may have in the header).
COLUMNS = {
    "customer": (str, "customer_number customer_reference klantnummer debiteurnummer "
                      "debiteur ref reference kundennummer"),
    "kvk": (read_kvk, "kvk_number kvk_nummer kvknummer company_registry coc "
                      "trade_register_number handelsregisternummer"),
    "vat": (bare_vat, "vat_number btw btw_nummer btwnummer tax_id"),
    "name": (str, "naam customer_name bedrijfsnaam klantnaam"),
    "date": (read_date, "report_date datum rapportdatum"),
    "source": (str, "bureau bron provider"),
    "bureau_score": (read_score, "score kredietscore"),
    "bureau_rating": (str, "rating klasse bureau_rating_code"),
    "payment_score": (read_score, "betaalscore paydex"),
    "advised_limit": (read_number, "limit limiet kredietadvies adviesbedrag "
                                   "geadviseerde_limiet credit_advice"),
    "insolvent": (read_yes, "insolvency insolvent_flag insolventie failliet"),
    "legal_form": (str, "rechtsvorm"),
    "founded_on": (read_date, "founded oprichting oprichtingsdatum founding_date"),
    "ended_on": (read_date, "ended opgeheven einddatum"),
    "sbi_code": (str, "sbi sector_code nace nace_code"),
    "sector_name": (str, "sector branche sbi_omschrijving"),
    "employees": (read_whole, "werkzame_personen medewerkers werknemers staff"),
    "accounts_on": (read_date, "accounts_date balansdatum balance_date"),
    "total_assets": (read_number, "balanstotaal assets"),
    "equity": (read_number, "eigen_vermogen"),
    "current_assets": (read_number, "vlottende_activa"),
    "current_liabilities": (read_number, "kortlopende_schulden vlottende_passiva"),
    "turnover": (read_number, "omzet netto_omzet"),
    "net_profit": (read_number, "profit nettoresultaat winst resultaat"),
    "solvency": (_ratio, "solvabiliteit"),
    "liquidity": (_ratio, "liquiditeit current_ratio"),
    "profitability": (_ratio, "winstgevendheid rentabiliteit"),
    "signatories": (None, "persons directors bestuurders tekenbevoegden personen "
                          "functionarissen"),
    "note": (str, "notes opmerking opmerkingen toelichting"),
}  # fmt: skip
KEYS = ("kvk", "vat", "customer")
LONGEST = 250
_ALIASES = {
    alias: name
    for name, (_read, aliases) in COLUMNS.items()
    for alias in (name, *aliases.split())
}
_SIGNS = {
    "alone": ALONE, "alleen": ALONE, "zelfstandig": ALONE, "unlimited": ALONE,
    "onbeperkt": ALONE, "jointly": JOINTLY, "joint": JOINTLY, "gezamenlijk": JOINTLY,
    "none": NONE, "geen": NONE, "niet": NONE, "": UNKNOWN, "unknown": UNKNOWN,
    "onbekend": UNKNOWN,
}  # fmt: skip
_ROLES = ("director", "proxy", "owner", "partner", "trustee", "other")


@dataclass(frozen=True)
class Problem:
    """Something wrong in one cell.

    :param code: ``missing``, ``key_missing``, ``number``, ``whole``, ``score``,
        ``date``, ``future``, ``yes_no``, ``kvk``, ``long``, ``surplus`` or ``person``
    """

    column: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Row:
    """A row that was read."""

    number: int
    values: dict
    keys: dict
    persons: tuple
    problems: tuple


def read_row(raw, today, defaults=None):
    """A row of a file as values of a report.

    :param RawRow raw: from :func:`.file.read_rows`
    :param date today: a report cannot be of later
    :param dict defaults: date and source for rows that name none

    >>> from datetime import date
    >>> from .file import RawRow
    >>> row = read_row(RawRow(2, {"kvk": "1234567", "score": "70", "bron": "Bureau",
    ...     "datum": "01-03-2026", "limiet": "12.500"}), date(2026, 4, 1))
    >>> row.keys, row.problems
    ({'kvk': '01234567'}, ())
    >>> sorted(row.values)
    ['advised_limit', 'bureau_score', 'date', 'has_score', 'source']
    >>> bad = read_row(RawRow(3, {"score": "700", "date": "2026-05-01"}),
    ...     date(2026, 4, 1))
    >>> [(one.column, one.code) for one in bad.problems]
    [('bureau_score', 'score'), ('date', 'future'), ('source', 'missing'), \
('kvk', 'key_missing')]
    """
    values, keys, persons, problems = {}, {}, (), []
    for header, cell in raw.cells.items():
        name = _ALIASES.get(header)
        if name is None and header != "_surplus":
            continue  # bureaus send more than we keep; unused_columns() names them
        if header == "_surplus":
            problems.append(Problem("", "surplus", cell))
        elif name == "signatories":
            persons, wrong = read_persons(cell)
            problems += wrong
        else:
            try:
                value = COLUMNS[name][0](cell)
                if isinstance(value, str) and len(value) > LONGEST and name != "note":
                    raise Unreadable("long")
            except Unreadable as error:
                problems.append(Problem(name, error.code, str(cell)[:60]))
                continue
            (keys if name in KEYS else values)[name] = value
    for name in ("date", "source"):
        if not values.get(name) and (defaults or {}).get(name):
            values[name] = defaults[name]
    wrong_columns = {problem.column for problem in problems}
    if values.get("date") and values["date"] > today:
        problems.append(Problem("date", "future", values["date"].isoformat()))
    problems += [
        Problem(name, "missing")
        for name in ("date", "source")
        if name not in values and name not in wrong_columns
    ]
    if not keys and not wrong_columns & set(KEYS):
        problems.append(Problem("kvk", "key_missing"))
    values.pop("name", None)
    values["has_score"] = "bureau_score" in values
    return Row(raw.number, values, keys, persons, tuple(problems))


def unused_columns(raws):
    """Headers of a file that mean nothing to us, in their order.

    >>> from .file import RawRow
    >>> unused_columns([RawRow(2, {"kvk": "1", "phone": "2"}), RawRow(3, {"fax": "3"})])
    ['phone', 'fax']
    """
    headers = dict.fromkeys(header for raw in raws for header in raw.cells)
    return [one for one in headers if one not in _ALIASES and one != "_surplus"]


def read_persons(cell):
    """Directors and signatories in a cell, or in a list of JSON objects.

    In a cell: ``name / function / how`` with ``|`` between people; how is alone,
    jointly, none or the amount that somebody may sign for.

    >>> people, wrong = read_persons("A. Test / directeur / alleen | P. Proef // 25000")
    >>> [(one.name, one.function, one.signs, one.amount) for one in people], wrong
    ([('A. Test', 'directeur', 'alone', Decimal('0')), \
('P. Proef', '', 'amount', Decimal('25000'))], [])
    >>> read_persons([{"name": "A. Test", "signs": "jointly"}])[0][0].signs
    'jointly'
    >>> read_persons("A. Test / directeur / perhaps")[1]
    [Problem(column='signatories', code='person', value='A. Test')]
    """
    people, wrong = [], []
    if isinstance(cell, list):
        entries = [
            (
                str(one.get("name") or "").strip(),
                str(one.get("function") or "").strip(),
                str(one.get("amount") or one.get("signs") or "").strip(),
                str(one.get("role") or ""),
            )
            if isinstance(one, dict)
            else ("", "", str(one), "")
            for one in cell
        ]
    else:
        parts = [[bit.strip() for bit in one.split("/")] for one in cell.split("|")]
        entries = [(*(one + ["", ""])[:3], "") for one in parts if any(one)]
    for name, function, how, role in entries:
        signs, amount = _SIGNS.get(how.lower()), Decimal(0)
        if signs is None:
            try:
                signs, amount = AMOUNT, read_number(how)
            except Unreadable:
                amount = Decimal(-1)
        if not name or amount < 0 or len(name) > LONGEST:
            wrong.append(Problem("signatories", "person", (name or how)[:60]))
        else:
            role = role if role in _ROLES else role_of(function)
            people.append(Person(name, role, function, signs, amount))
    return tuple(people), wrong


def role_of(function):
    """Our role behind the words of a function.

    >>> role_of("Algemeen directeur"), role_of("Procuratiehouder"), role_of("")
    ('director', 'proxy', 'other')
    """
    words = function.lower()
    for role, signs in (
        ("director", ("direct", "bestuur", "ceo", "cfo", "managing")),
        ("proxy", ("procura", "gevolmacht", "gemacht", "proxy", "attorney")),
        ("owner", ("eigenaar", "owner", "aandeelhouder")),
        ("partner", ("vennoot", "maat", "partner")),
        ("trustee", ("curator", "bewindvoerder", "trustee")),
    ):
        if any(one in words for one in signs):
            return role
    return "other"
