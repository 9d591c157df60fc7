"""May this claim be handed over? Every reason that says no, in order of weight.

A claim that is disputed, promised, on a plan or asked about is not stubbornness. Cost
of a consumer is owed only after the 14-day letter has run out (art. 6:96(6) BW). Who
collects from natural persons, sole traders included, must be in the register of the
Wet kwaliteit incassodienstverlening (in force since 1 April 2024, Stb. 2022, 225 and
Stb. 2024, 44). And no machine decides on a natural person (art. 22 GDPR): a named
person does, and says why.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)
#: from this day on an agency needs its number in the register
REGISTER_SINCE = date(2024, 4, 1)


@dataclass(frozen=True, slots=True)
class Agency:
    """What we know of the collection agency on the day of hand-over."""

    register_number: str = ""
    registered_from: date | None = None
    registered_until: date | None = None
    checked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What the checks need to know about the claim and its debtor."""

    due: Decimal
    natural_person: bool = False
    insolvent: bool = False
    disputed: Decimal = ZERO
    promised: bool = False
    on_plan: bool = False
    plan_waits: bool = False
    question: bool = False
    answered: bool = False
    paused_until: date | None = None
    #: first day on which hand-over is lawful, when a term is running
    lawful_from: date | None = None
    #: when a term must have run and none ever started
    term_missing: bool = False
    barred: bool = False
    #: the day that the last reminder gave him to pay
    pay_by: date | None = None
    #: a letter that was written and did not reach him yet
    letter_waits: bool = False


def registered(agency: Agency, day: date) -> bool:
    """Whether the agency is in the register on a day, as far as we know.

    >>> one = Agency("I-1", date(2024, 4, 1), date(2026, 3, 31))
    >>> registered(one, date(2026, 3, 31)), registered(one, date(2026, 4, 1))
    (True, False)
    >>> registered(one, date(2024, 3, 31)), registered(Agency(), date(2026, 1, 1))
    (False, False)
    """
    return bool(
        agency.register_number.strip()
        and (not agency.registered_from or agency.registered_from <= day)
        and (not agency.registered_until or day <= agency.registered_until)
    )


def against(claim: Claim, today: date) -> tuple:
    """Reasons not to hand this claim over, whoever collects it.

    >>> against(Claim(Decimal(100)), date(2026, 4, 1))
    ()
    >>> against(Claim(ZERO), date(2026, 4, 1))
    ('nothing_due',)
    """
    waits = claim.lawful_from and today < claim.lawful_from
    found = (
        ("nothing_due", claim.due <= 0),
        ("insolvent", claim.insolvent),
        ("barred", claim.barred),
        ("disputed", claim.disputed > 0),
        ("on_plan", claim.on_plan),
        ("plan_waits", claim.plan_waits),
        ("promised", claim.promised),
        ("question", claim.question),
        ("answered", claim.answered),
        ("paused", claim.paused_until and today <= claim.paused_until),
        ("term_missing", claim.term_missing),
        ("term_runs", waits),
        ("pay_by", claim.pay_by and today <= claim.pay_by),
        ("letter_waits", claim.letter_waits),
    )
    return tuple(code for code, holds in found if holds)


def against_agency(claim: Claim, agency: Agency | None, today: date) -> tuple:
    """Reasons not to hand this claim to this agency.

    >>> person, company = Claim(Decimal(9), natural_person=True), Claim(Decimal(9))
    >>> day = date(2026, 4, 1)
    >>> against_agency(person, Agency(), day), against_agency(company, Agency(), day)
    (('not_registered',), ())
    >>> against_agency(company, None, day)
    ('no_agency',)
    """
    if agency is None:
        return ("no_agency",)
    needs = claim.natural_person and today >= REGISTER_SINCE
    if needs and not registered(agency, today):
        return ("not_registered",)
    if needs and not agency.checked_on:
        return ("not_checked",)
    return ()


__test__ = {
    "the term of the 14-day letter: its last day, and the first day after": """
    >>> claim = Claim(Decimal(100), lawful_from=date(2026, 4, 17))
    >>> against(claim, date(2026, 4, 16)), against(claim, date(2026, 4, 17))
    (('term_runs',), ())
    """,
    "who was told to pay by a day has that whole day": """
    >>> claim = Claim(Decimal(100), pay_by=date(2026, 4, 17))
    >>> against(claim, date(2026, 4, 17)), against(claim, date(2026, 4, 18))
    (('pay_by',), ())
    """,
    "what was written must have reached him": """
    >>> against(Claim(Decimal(100), letter_waits=True), date(2026, 4, 17))
    ('letter_waits',)
    """,
    "everything is said at once, the weightiest first": """
    >>> claim = Claim(Decimal(100), disputed=Decimal(1), promised=True, on_plan=True,
    ...               question=True, answered=True, paused_until=date(2026, 4, 1))
    >>> against(claim, date(2026, 4, 1))
    ('disputed', 'on_plan', 'promised', 'question', 'answered', 'paused')
    >>> against(Claim(Decimal(1), paused_until=date(2026, 4, 1)), date(2026, 4, 2))
    ()
    """,
    "the register binds since 1 April 2024, and somebody must have looked": """
    >>> person = Claim(Decimal(9), natural_person=True)
    >>> against_agency(person, Agency(), date(2024, 3, 31))
    ()
    >>> against_agency(person, Agency("I-1"), date(2024, 4, 1))
    ('not_checked',)
    >>> against_agency(person, Agency("I-1", checked_on=date(2024, 4, 1)),
    ...                date(2024, 4, 1))
    ()
    """,
}
