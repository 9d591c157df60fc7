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
from decimal import ROUND_HALF_UP, Decimal

from .draft_sample import lot

AMOUNT, FIRST, GRADE, MANUAL, SAMPLE = "amount", "first", "grade", "manual", "sample"
PRICE, MARGIN, CUSTOMER, LIMIT = "price", "margin", "customer", "limit"
CREDIT_NOTE, PASS_THROUGH = "credit_note", "pass_through"
CURRENCY, REFERENCE = "currency", "reference"
#: Not rules of billing: the credit policy asks for it, a colleague does, the first
#: batch does.
POLICY, COLLEAGUE, BATCH = "policy", "colleague", "batch"

GRADES = "ABCDE"
ZERO, HUNDRED = Decimal(0), Decimal(100)


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
class Line:
    """A line whose price can be judged, per unit and without VAT where it is ours.

    ``agreed`` and ``price`` are in the currency of the document, ``net`` and ``cost``
    in that of the company; None: not known.
    """

    quantity: Decimal = Decimal(1)
    price: Decimal | None = None
    agreed: Decimal | None = None
    net: Decimal | None = None
    cost: Decimal | None = None
    rate: Decimal = Decimal(1)


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


def deviation(lines, in_money):
    """How far are the prices from what was agreed, up or down?

    In percent the line that is furthest off counts; in money all lines together, so
    that many small differences show:

    >>> lines = [Line(Decimal(10), Decimal(95), Decimal(100)),
    ...          Line(Decimal(1), Decimal(22), Decimal(20))]
    >>> deviation(lines, in_money=False), deviation(lines, in_money=True)
    (Decimal('10.00'), Decimal('52.00'))

    A price where nothing was agreed cannot be off; one that was to be free is wholly:

    >>> deviation([Line(price=Decimal(5))], in_money=False)
    Decimal('0')
    >>> deviation([Line(price=Decimal(5), agreed=Decimal(0))], in_money=False)
    Decimal('100.00')
    """
    known = [one for one in lines if one.agreed is not None and one.price is not None]
    off = [_off_in_money(one) if in_money else _off_in_percent(one) for one in known]
    return (sum(off, ZERO) if in_money else max(off, default=ZERO)) if off else ZERO


def _off_in_money(line):
    return _cents(abs((line.price - line.agreed) * line.quantity) * line.rate)


def _off_in_percent(line):
    off = abs(line.price - line.agreed)
    if not off:
        return ZERO
    return _cents(off / abs(line.agreed) * HUNDRED) if line.agreed else _cents(HUNDRED)


def lowest_margin(lines):
    """Percent over cost of the line that earns least; None when no cost is known.

    >>> lowest_margin([Line(net=Decimal(120), cost=Decimal(100)),
    ...                Line(net=Decimal(90), cost=Decimal(100))])
    Decimal('-10.00')
    >>> lowest_margin([Line(net=Decimal(120), cost=Decimal(0))]) is None
    True
    """
    margins = [
        _cents((one.net - one.cost) / one.cost * HUNDRED)
        for one in lines
        if one.cost and one.net is not None
    ]
    return min(margins, default=None)


def share(part, whole):
    """Percent that a part is of the whole.

    >>> share(Decimal(80), Decimal(121)), share(Decimal(5), Decimal(0))
    (Decimal('66.12'), Decimal('100.00'))
    >>> share(Decimal(0), Decimal(0))
    Decimal('0')
    """
    if not part:
        return ZERO
    return _cents(abs(part / whole) * HUNDRED) if whole else _cents(HUNDRED)


def over_limit(headroom, drafts):
    """Which of a customer's drafts carry him over his limit, and how far?

    Drafts count in the order they were made: the first ones fit, so they go; only what
    does not fit any more waits. ``headroom`` is what is left when all drafts count
    already.

    >>> over_limit(Decimal(-300), [(1, Decimal(500)), (2, Decimal(400))])
    {1: Decimal('0'), 2: Decimal('300')}
    >>> over_limit(Decimal(0), [(1, Decimal(500))])
    {1: Decimal('0')}

    Over already, every draft makes it worse:

    >>> over_limit(Decimal(-1000), [(1, Decimal(500))])
    {1: Decimal('1000')}

    :param headroom: what is left of the limit, all drafts counted; None: no limit
    :param drafts: (id, amount) in the order they were made
    :return: dict of id to how much over
    """
    if headroom is None:
        return {}
    left = headroom + sum((amount for _key, amount in drafts), ZERO)
    over = {}
    for key, amount in drafts:
        left -= amount
        over[key] = max(-left, ZERO)
    return over


def _cents(number):
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)
