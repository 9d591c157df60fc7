"""Which drafts does a second person look at before they are posted?

Every rule that fits is a reason; a draft without reasons is posted by itself. All
amounts are in the currency of the company, with VAT.

A rule may be narrowed: to segments, journals, sales teams, or to drafts from an amount
on. What narrows it must all hold; an empty condition holds for anything.

>>> rule = Rule(1, MANUAL, segments=frozenset({7}), amount_from=Decimal(500))
>>> check(Draft("1", Decimal(500), manual=True, segment=7), [rule]).reasons
(('manual', 1, ''),)
>>> check(Draft("1", Decimal("499.99"), manual=True, segment=7), [rule]).needed
False
>>> check(Draft("1", Decimal(500), manual=True), [rule]).needed
False
"""

from dataclasses import dataclass
from decimal import Decimal

from .draft_measure import deviation, lowest_margin, share
from .draft_sample import lot

AMOUNT, FIRST, GRADE, MANUAL, SAMPLE = "amount", "first", "grade", "manual", "sample"
PRICE, MARGIN, CUSTOMER, LIMIT = "price", "margin", "customer", "limit"
CREDIT_NOTE, PASS_THROUGH = "credit_note", "pass_through"
CURRENCY, REFERENCE = "currency", "reference"
#: Not rules of billing: the credit policy asks for it, a colleague does, the first
#: batch does.
POLICY, COLLEAGUE, BATCH = "policy", "colleague", "batch"

GRADES = "ABCDE"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Rule:
    """One reason to look: an amount, a percentage or a grade, and what narrows it."""

    id: int
    kind: str
    value: Decimal = ZERO
    grade: str = ""
    #: ``value`` is an amount, not a percentage (price deviation)
    in_money: bool = False
    #: what was advanced in the customer's name does not count
    without_pass_through: bool = False
    seed: str = ""
    segments: frozenset = frozenset()
    journals: frozenset = frozenset()
    teams: frozenset = frozenset()
    amount_from: Decimal = ZERO

    def holds_for(self, draft):
        """Is this draft among those that the rule speaks about?"""
        return (
            (not self.segments or draft.segment in self.segments)
            and (not self.journals or draft.journal in self.journals)
            and (not self.teams or draft.team in self.teams)
            and abs(draft.amount) >= self.amount_from
        )


@dataclass(frozen=True)
class Draft:
    """What the rules want to know of a draft. ``amount`` in company currency."""

    key: str
    amount: Decimal
    pass_through: Decimal = ZERO
    credit_note: bool = False
    foreign: str = ""
    referenced: bool = True
    first: bool = False
    grade: str = ""
    manual: bool = False
    #: somebody wants all invoices of this customer looked at
    flagged: bool = False
    #: the credit policy wants drafts of this customer to be looked at
    asked: bool = False
    #: how much more than his limit the customer owes and ordered with this draft
    over_limit: Decimal = ZERO
    lines: tuple = ()
    segment: int | None = None
    journal: int | None = None
    team: int | None = None


@dataclass(frozen=True)
class Draw:
    """One document in one random sample, with all that is needed to draw again."""

    rule: int
    key: str
    seed: str
    percentage: Decimal
    lot: Decimal

    @property
    def chosen(self):
        """Is it looked at?"""
        return self.lot < self.percentage


@dataclass(frozen=True)
class Check:
    """The verdict: which rules fit, as (kind, rule id, detail) in their order, and
    how the lots of the random samples fell."""

    reasons: tuple = ()
    draws: tuple = ()

    @property
    def needed(self):
        """True when a person must look."""
        return bool(self.reasons)

    @property
    def rule_ids(self):
        """Ids of the rules that fit."""
        return {rule for _kind, rule, _detail in self.reasons if rule}


def check(draft, rules):
    """Which rules want this draft to be looked at?

    "Above" means above, not from:

    >>> rules = [Rule(1, AMOUNT, Decimal(10000)), Rule(2, GRADE, grade="D")]
    >>> check(Draft("1", Decimal(10000)), rules).needed
    False
    >>> check(Draft("1", Decimal("10000.01"), grade="E"), rules).reasons
    (('amount', 1, '10000'), ('grade', 2, 'E'))

    A customer without a grade is not a bad customer:

    >>> check(Draft("1", Decimal(1)), rules).needed
    False

    Every document takes part in a random sample, drawn or not, so that the share can
    be told afterwards:

    >>> rule = Rule(3, SAMPLE, Decimal(50), seed="9f3a")
    >>> verdict = check(Draft("1/delivery:1234", Decimal(1)), [rule])
    >>> verdict.needed, verdict.draws[0].lot, verdict.draws[0].chosen
    (False, Decimal('55.87'), False)

    What the credit policy asks needs no rule, nor does a customer who is marked:

    >>> check(Draft("1", Decimal(1), grade="D", asked=True, flagged=True), []).reasons
    (('policy', 0, 'D'), ('customer', 0, ''))
    """
    reasons = [(POLICY, 0, draft.grade)] if draft.asked else []
    for rule in rules:
        detail = _fits(rule, draft) if rule.holds_for(draft) else None
        if detail is not None:
            reasons.append((rule.kind, rule.id, detail))
    if draft.flagged and not any(kind == CUSTOMER for kind, _rule, _ in reasons):
        reasons.append((CUSTOMER, 0, ""))
    draws = (
        _draw(rule, draft)
        for rule in rules
        if rule.kind == SAMPLE and rule.holds_for(draft)
    )
    return Check(tuple(reasons), tuple(draws))


def _draw(rule, draft):
    """The lot of a draft in the sample of a rule."""
    return Draw(rule.id, draft.key, rule.seed, rule.value, lot(rule.seed, draft.key))


def _fits(rule, draft):
    """Detail of the reason when the rule fits, else None."""
    if rule.kind in (AMOUNT, PRICE, MARGIN, LIMIT, PASS_THROUGH):
        return _measured(rule, draft)
    if rule.kind == GRADE:
        worse = (
            draft.grade
            and rule.grade
            and GRADES.index(draft.grade) >= GRADES.index(rule.grade)
        )
        return draft.grade if worse else None
    if rule.kind == SAMPLE:
        return str(rule.value) if _draw(rule, draft).chosen else None
    if rule.kind == CREDIT_NOTE:
        more = draft.credit_note and abs(draft.amount) > rule.value
        return str(rule.value) if more else None
    if rule.kind == CURRENCY:
        return draft.foreign or None
    plain = {
        FIRST: draft.first,
        MANUAL: draft.manual,
        CUSTOMER: draft.flagged,
        REFERENCE: not draft.referenced and not draft.credit_note,
    }
    return "" if plain.get(rule.kind) else None


def _measured(rule, draft):
    """Detail of a rule that compares a measure of the draft with its own figure."""
    if rule.kind == AMOUNT:
        amount = draft.amount
        if rule.without_pass_through:
            amount -= draft.pass_through
        return str(rule.value) if abs(amount) > rule.value else None
    if rule.kind == PRICE:
        off = deviation(draft.lines, rule.in_money)
        unit = "" if rule.in_money else "%"
        return f"{off}{unit}" if off > rule.value else None
    if rule.kind == MARGIN:
        least = lowest_margin(draft.lines)
        short = not draft.credit_note and least is not None and least < rule.value
        return str(least) if short else None
    if rule.kind == LIMIT:
        return str(draft.over_limit) if draft.over_limit > rule.value else None
    part = share(draft.pass_through, draft.amount)
    return str(part) if part > rule.value else None
