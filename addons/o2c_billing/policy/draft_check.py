"""Which drafts does a second person look at before they are posted?

Every rule that fits is a reason; a draft without reasons is posted by itself. The
random sample is reproducible: an auditor who knows the draft can compute whether it was
chosen.
"""

import hashlib
from dataclasses import dataclass
from decimal import Decimal

AMOUNT, FIRST, GRADE, MANUAL, SAMPLE = "amount", "first", "grade", "manual", "sample"
#: Not a rule of billing: the credit policy asks for it.
POLICY = "policy"

GRADES = "ABCDE"


@dataclass(frozen=True)
class Rule:
    """One reason to look: an amount, a percentage or a grade."""

    id: int
    kind: str
    value: Decimal = Decimal(0)
    grade: str = ""


@dataclass(frozen=True)
class Draft:
    """What the rules want to know of a draft. ``amount`` in company currency."""

    key: str
    amount: Decimal
    first: bool = False
    grade: str = ""
    manual: bool = False
    #: the credit policy wants drafts of this customer to be looked at
    asked: bool = False


@dataclass(frozen=True)
class Check:
    """The verdict: which rules fit, as (kind, rule id, detail) in their order."""

    reasons: tuple = ()

    @property
    def needed(self):
        """True when a person must look."""
        return bool(self.reasons)


def sampled(key, percentage):
    """Is this key in a sample of so many percent? Always the same answer.

    >>> sum(sampled(f"company/1/draft/{n}", Decimal(5)) for n in range(10000))
    507
    >>> sampled("any", Decimal(0)), sampled("any", Decimal(100))
    (False, True)
    """
    number = int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)
    return number % 10000 < percentage * 100


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

    What the credit policy asks needs no rule:

    >>> check(Draft("1", Decimal(1), grade="D", asked=True), []).reasons
    (('policy', 0, 'D'),)
    """
    reasons = [(POLICY, 0, draft.grade)] if draft.asked else []
    for rule in rules:
        if rule.kind == AMOUNT and abs(draft.amount) > rule.value:
            reasons.append((AMOUNT, rule.id, str(rule.value)))
        elif rule.kind == FIRST and draft.first:
            reasons.append((FIRST, rule.id, ""))
        elif rule.kind == GRADE and draft.grade and rule.grade:
            if GRADES.index(draft.grade) >= GRADES.index(rule.grade):
                reasons.append((GRADE, rule.id, draft.grade))
        elif rule.kind == MANUAL and draft.manual:
            reasons.append((MANUAL, rule.id, ""))
        elif rule.kind == SAMPLE and sampled(f"{rule.id}/{draft.key}", rule.value):
            reasons.append((SAMPLE, rule.id, str(rule.value)))
    return Check(tuple(reasons))
