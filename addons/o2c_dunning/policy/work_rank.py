"""Which case deserves the next call: what an hour of a collector is worth there.

A case weighs what a person is expected to bring in by working it now::

    (overdue - disputed) x chance x age x everything that makes it urgent or hopeless

*Chance* is the share of the money that a call brings in and that would not come by
itself: a good payer pays anyway, the worst payer often does not, so both ends weigh
less than the middle. Every factor is data of the company (:class:`Weights`), and every
factor that changed the outcome is a :class:`Reason`, so the list can say why a case
stands where it stands.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

ZERO, ONE = Decimal(0), Decimal(1)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much; 1 changes nothing."""

    chance: dict = field(default_factory=dict)  # grade to share, "" for no grade
    age: tuple = ()  # (from days late, factor), ascending
    broken_promise: Decimal = ONE
    open_promise: Decimal = ONE
    answered: Decimal = ONE
    over_limit: Decimal = ONE
    orders_waiting: Decimal = ONE
    call_due: Decimal = ONE
    not_reached: Decimal = ONE  # per call in vain since the last contact
    recent_contact: Decimal = ONE
    recent_days: int = 0
    insolvent: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case as the books and we know it today, amounts in company currency."""

    overdue: Decimal
    disputed: Decimal = ZERO
    days_late: int = 0
    grade: str = ""
    broken_promise: bool = False
    promised: Decimal = ZERO  # by promises and plans that run
    answered: bool = False
    news: str = ""  # what he did in the portal and nobody saw yet
    over_limit: Decimal = ZERO
    orders_waiting: int = 0
    call_due: bool = False
    calls_in_vain: int = 0
    days_since_contact: int | None = None
    insolvent: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a case weighs what it weighs: code, factor, and the figure behind it."""

    code: str
    factor: Decimal
    figure: Decimal = ZERO
    text: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """What a case weighs, with the reasons in the order in which they are told."""

    value: Decimal
    reasons: tuple


def age_factor(age, days_late):
    """The factor of the highest band that was reached.

    >>> bands = ((0, Decimal("1")), (31, Decimal("1.3")), (91, Decimal("1.1")))
    >>> [str(age_factor(bands, days)) for days in (0, 30, 31, 90, 91, 4000)]
    ['1', '1', '1.3', '1.3', '1.1', '1.1']

    Not late yet, or no bands at all: nothing changes.

    >>> age_factor(bands, -3), age_factor((), 50)
    (Decimal('1'), Decimal('1'))
    """
    factor = ONE
    for since, value in age:
        if days_late >= since:
            factor = value
    return factor


def chance_of(chance, grade):
    """The share that a call brings in; a grade that is not listed counts as none.

    >>> chance = {"A": Decimal("0.3"), "": Decimal("0.5")}
    >>> chance_of(chance, "A"), chance_of(chance, "D"), chance_of({}, "A")
    (Decimal('0.3'), Decimal('0.5'), Decimal('1'))
    """
    return chance.get(grade or "", chance.get("", ONE))


def promise_factor(facts, weights):
    """What running promises leave of the weight: only what is promised weighs less.

    All of 1000 promised: the factor as it is. A tenth of it: nearly nothing changes.

    >>> weights = Weights(open_promise=Decimal("0.1"))
    >>> def factor(promised, disputed=0):
    ...     facts = CaseFacts(
    ...         Decimal(1000), disputed=Decimal(disputed), promised=Decimal(promised)
    ...     )
    ...     return str(promise_factor(facts, weights))
    >>> factor(1000), factor(100), factor(1500)
    ('0.1', '0.91', '0.1')

    What is in dispute was not promised: 400 of the 600 that are left.

    >>> factor(600, disputed=400), factor(300, disputed=400)
    ('0.1', '0.55')
    """
    left = facts.overdue - facts.disputed
    if facts.promised >= left:
        return weights.open_promise
    return ONE - facts.promised / left * (ONE - weights.open_promise)


def rank(facts: CaseFacts, weights: Weights) -> Rank:
    """What a case weighs, and why.

    >>> weights = Weights(
    ...     chance={"C": Decimal("0.6"), "": Decimal("0.5")},
    ...     age=((31, Decimal("1.3")),),
    ...     broken_promise=Decimal("1.5"),
    ...     not_reached=Decimal("0.9"),
    ...     recent_contact=Decimal("0.2"),
    ...     recent_days=3,
    ... )
    >>> plain = rank(CaseFacts(Decimal(1000), days_late=10, grade="C"), weights)
    >>> str(plain.value), [reason.code for reason in plain.reasons]
    ('600.00', ['amount', 'age', 'grade'])

    A broken promise and age lift it: 1000 x 0.6 x 1.3 x 1.5.

    >>> late = CaseFacts(Decimal(1000), days_late=40, grade="C", broken_promise=True)
    >>> str(rank(late, weights).value)
    '1170.00'

    What is disputed is no money that a call can bring; all of it disputed: nothing.

    >>> str(rank(CaseFacts(Decimal(1000), disputed=Decimal(400)), weights).value)
    '300.00'
    >>> str(rank(CaseFacts(Decimal(1000), disputed=Decimal(1000)), weights).value)
    '0.00'

    Each call in vain weighs again: 1000 x 0.5 x 0.9 x 0.9.

    >>> str(rank(CaseFacts(Decimal(1000), calls_in_vain=2), weights).value)
    '405.00'

    Spoken with three days ago still counts as recently, four days ago does not.

    >>> [
    ...     str(rank(CaseFacts(Decimal(1000), days_since_contact=days), weights).value)
    ...     for days in (0, 3, 4)
    ... ]
    ['100.00', '100.00', '500.00']

    Nobody is called who is insolvent; the reason stays.

    >>> gone = rank(CaseFacts(Decimal(1000), insolvent=True), weights)
    >>> str(gone.value), gone.reasons[-1].code
    ('0.00', 'insolvent')
    """
    value = max(ZERO, facts.overdue - facts.disputed)
    reasons = list(_reasons(facts, weights))
    for reason in reasons:
        value *= reason.factor
    return Rank(value.quantize(CENT, ROUND_HALF_UP), tuple(reasons))


def _reasons(facts, weights):
    """Every reason that holds, the amount first, then what moves the case most."""
    yield Reason("amount", ONE, facts.overdue)
    if facts.disputed > 0:
        yield Reason("disputed", ONE, facts.disputed)
    late = max(0, facts.days_late)
    yield Reason("age", age_factor(weights.age, late), Decimal(late))
    if facts.broken_promise:
        yield Reason("broken_promise", weights.broken_promise)
    if facts.promised > 0:
        factor = promise_factor(facts, weights)
        yield Reason("promise_open", factor, facts.promised)
    if facts.answered or facts.news:
        yield Reason("answered", weights.answered, text=facts.news)
    if facts.call_due:
        yield Reason("call_due", weights.call_due)
    if facts.over_limit > 0:
        yield Reason("over_limit", weights.over_limit, facts.over_limit)
    if facts.orders_waiting:
        count = Decimal(facts.orders_waiting)
        yield Reason("orders_waiting", weights.orders_waiting, count)
    if facts.calls_in_vain:
        factor = weights.not_reached**facts.calls_in_vain
        yield Reason("not_reached", factor, Decimal(facts.calls_in_vain))
    since = facts.days_since_contact
    if since is not None and since <= weights.recent_days:
        yield Reason("recent_contact", weights.recent_contact, Decimal(since))
    grade = facts.grade or ""
    yield Reason("grade", chance_of(weights.chance, grade), text=grade)
    if facts.insolvent:
        yield Reason("insolvent", weights.insolvent)
