"""May this order be confirmed, may these goods leave?

House rules, not law: a limit is a promise of the company to itself. What is decided
here is only a verdict with its reasons; a person can release a hold with a reason of
his own (and must, where the customer is a natural person: GDPR art. 22,
https://eur-lex.europa.eu/eli/reg/2016/679/art_22/oj).

Three things that are never mixed up:

* no limit set (``none``): the amount owed is not judged;
* cash only (``cash``): nothing on account, an order passes when it is paid up front;
* an amount (``amount``): everything owed and ordered together stays within it.
"""

from dataclasses import replace
from decimal import Decimal

from .credit_facts import (
    HEADROOM_CODES,
    HELD,
    ZERO,
    CreditDecision,
    CreditFacts,
    CreditRules,
    Reason,
)
from .up_front import asked_at_most, left_to_ask, part_of, strictest

#: From mild to severe; the verdict is the severest reason. A *stop* waits like a
#: *hold*, but only a credit manager lets it go.
SEVERITY = {"pass": 0, "warn": 1, "hold": 2, "stop": 3}


def headroom_of(facts):
    """What is left of the limit; None when no limit is set.

    >>> headroom_of(CreditFacts("amount", Decimal(1000), Decimal(400)))
    Decimal('600')
    >>> headroom_of(CreditFacts("cash", exposure=Decimal(5)))
    Decimal('-5')
    >>> headroom_of(CreditFacts()) is None
    True

    Cover is taken off what the customer uses, also of who pays up front:

    >>> covered = CreditFacts("amount", Decimal(1000), Decimal(400), cover=Decimal(50))
    >>> headroom_of(covered)
    Decimal('650')
    >>> headroom_of(CreditFacts("cash", exposure=Decimal(5), cover=Decimal(20)))
    Decimal('15')
    """
    if facts.limit_kind == "none":
        return None
    limit = facts.limit if facts.limit_kind == "amount" else ZERO
    return limit - (facts.exposure - facts.cover)


def group_headroom_of(facts):
    """What is left of the limit of the holding; None without one.

    >>> facts = CreditFacts(group_limit=Decimal(9), group_exposure=Decimal(4))
    >>> group_headroom_of(facts)
    Decimal('5')
    >>> group_headroom_of(CreditFacts()) is None
    True
    """
    if facts.group_limit is None:
        return None
    return facts.group_limit - (facts.group_exposure or ZERO)


def decide_order(facts, rules):
    """May the order be confirmed?

    An order that adds nothing to what the customer owes (free, or paid up front)
    always passes: holding it would refuse money.

    Exactly the limit passes, one cent more is held, and the decision says which
    advance payment makes it pass:

    >>> facts = CreditFacts("amount", Decimal(1000), Decimal(400), Decimal(600))
    >>> decide_order(facts, CreditRules()).verdict
    'pass'
    >>> facts = CreditFacts("amount", Decimal(1000), Decimal(400), Decimal("600.01"))
    >>> decision = decide_order(facts, CreditRules())
    >>> decision.verdict, decision.codes, decision.to_pay
    ('hold', ('over_limit',), Decimal('0.01'))

    No limit set is not limit 0:

    >>> decide_order(CreditFacts(order=Decimal(9999)), CreditRules()).verdict
    'pass'
    >>> decide_order(CreditFacts("cash", order=Decimal(1)), CreditRules()).codes
    ('cash_only',)

    Overdue counts only above the amount the company set, and a full advance payment
    passes whatever is overdue:

    >>> late = dict(order=Decimal(10), overdue=Decimal(50), overdue_late=Decimal(50))
    >>> rules = CreditRules(overdue_amount=Decimal(50))
    >>> decide_order(CreditFacts(**late), rules).verdict
    'pass'
    >>> rules = CreditRules(overdue_amount=Decimal("49.99"))
    >>> decide_order(CreditFacts(**late), rules).codes
    ('overdue',)
    >>> decide_order(CreditFacts(prepaid=Decimal(10), **late), rules).verdict
    'pass'

    A stop waits for a credit manager; for a natural person it only asks:

    >>> rules = CreditRules(over_limit="stop")
    >>> facts = CreditFacts("amount", Decimal(10), order=Decimal(20))
    >>> decide_order(facts, rules).verdict
    'stop'
    >>> decide_order(replace(facts, natural_person=True), rules).verdict
    'hold'
    >>> decide_order(facts, rules).only_headroom
    True

    Within his own limit and yet too much for the holding:

    >>> facts = CreditFacts("amount", Decimal(100), order=Decimal(60),
    ...                     group_limit=Decimal(500), group_exposure=Decimal(450))
    >>> decision = decide_order(facts, CreditRules())
    >>> decision.codes, decision.to_pay
    (('group_limit',), Decimal('10'))

    A required advance payment holds the order until it is there, to the cent, whether
    it is booked already or not:

    >>> rules = CreditRules(down_payment=Decimal("0.3"))
    >>> decision = decide_order(CreditFacts(order=Decimal(100)), rules)
    >>> decision.verdict, decision.codes, decision.to_pay
    ('hold', ('down_payment',), Decimal('30.00'))
    >>> facts = CreditFacts(order=Decimal(100), prepaid=Decimal(10), paid=Decimal(20))
    >>> decide_order(facts, rules).verdict
    'pass'
    >>> facts = replace(facts, paid=Decimal("19.99"))
    >>> decide_order(facts, rules).to_pay
    Decimal('0.01')

    Half of an odd amount is asked as Odoo asks it, half a cent up:

    >>> odd = CreditFacts(order=Decimal("470.69"))
    >>> decide_order(odd, CreditRules(down_payment=Decimal("0.5"))).to_pay
    Decimal('235.35')

    A consumer who gets nothing on account is asked for half; when he paid that, a
    person decides. Only what he pays of his own will lets it pass:

    >>> rules = CreditRules(down_payment=Decimal("0.5"), most_up_front=Decimal("0.5"))
    >>> cash = replace(odd, limit_kind="cash", natural_person=True)
    >>> decision = decide_order(cash, rules)
    >>> decision.codes, decision.to_pay, decision.capped
    (('cash_only',), Decimal('235.35'), True)
    >>> decision.reasons[0].amount
    Decimal('235.35')
    >>> decision = decide_order(replace(cash, prepaid=Decimal("235.35")), rules)
    >>> decision.verdict, decision.to_pay == ZERO, decision.capped
    ('hold', True, True)
    >>> decide_order(replace(cash, prepaid=Decimal("470.69")), rules).verdict
    'pass'

    An order that is paid in full passes, whatever else is overdue:

    >>> paid = dict(order=Decimal(10), paid=Decimal(10))
    >>> decide_order(CreditFacts(**{**late, **paid}), CreditRules()).verdict
    'pass'
    """
    headroom = headroom_of(facts)
    increase = facts.order - facts.prepaid
    unpaid = increase - facts.paid
    if unpaid <= ZERO:
        return CreditDecision("pass", headroom, (), max(increase, ZERO), ZERO)
    reasons, to_pay = _amount_reasons(facts, rules, headroom, increase)
    blocking = _customer_reasons(facts, rules)
    reasons += blocking
    if any(reason.verdict in HELD for reason in blocking):
        to_pay = unpaid
    came = facts.prepaid + facts.paid
    lacking = part_of(facts.order, rules.down_payment) - came
    if lacking > ZERO:
        reasons.append(Reason("down_payment", "hold", lacking))
        to_pay = max(to_pay, lacking)
    reasons = _only_asked(strictest(reasons), facts)
    may_ask = left_to_ask(facts.order, rules.most_up_front, came)
    capped = to_pay > may_ask
    if capped:
        to_pay = may_ask
        reasons = tuple(asked_at_most(reasons, may_ask))
    verdict = _severest(reasons)
    return CreditDecision(verdict, headroom, reasons, increase, to_pay, capped)


def _amount_reasons(facts, rules, headroom, increase):
    """Reasons that lie with the amount, and what has to be paid to take them away."""
    reasons = []
    headroom_code = "cash_only" if facts.limit_kind == "cash" else "over_limit"
    lefts = ((headroom_code, headroom), ("group_limit", group_headroom_of(facts)))
    to_pay = ZERO
    for code, left in lefts:
        if left is None or increase <= left:
            continue
        already = max(-left, ZERO)
        over = Reason(code, rules.over_limit, increase - left, already=already)
        reasons.append(over)
        if rules.over_limit in HELD:
            to_pay = max(to_pay, min(increase, increase - left))
    return reasons, to_pay


def left_after_overdue(facts, rules):
    """What is still asked for the order once everything past due is paid.

    >>> facts = CreditFacts("amount", Decimal(100), Decimal(400), Decimal(50),
    ...                     overdue=Decimal(320), overdue_late=Decimal(320))
    >>> decide_order(facts, CreditRules()).to_pay
    Decimal('50')
    >>> left_after_overdue(facts, CreditRules())
    Decimal('30')
    >>> roomy = replace(facts, limit=Decimal(130))
    >>> left_after_overdue(roomy, CreditRules()) == ZERO
    True
    >>> left_after_overdue(roomy, CreditRules(down_payment=Decimal("0.5")))
    Decimal('25.00')
    """
    left = facts.group_exposure
    paid = replace(
        facts,
        exposure=facts.exposure - facts.overdue,
        group_exposure=None if left is None else left - facts.overdue,
        overdue=ZERO,
        overdue_late=ZERO,
    )
    return decide_order(paid, rules).to_pay


def decide_delivery(facts, rules, accepted=()):
    """May goods of a confirmed order leave?

    The amount was judged when the order was confirmed; here only what happened to
    the customer since then counts, except reasons that somebody accepted already.

    >>> late = CreditFacts(overdue=Decimal(50), overdue_late=Decimal(50))
    >>> decide_delivery(late, CreditRules()).verdict
    'hold'
    >>> decide_delivery(late, CreditRules(), accepted=("overdue",)).verdict
    'pass'
    >>> over = CreditFacts("amount", Decimal(10), Decimal(50))
    >>> decide_delivery(over, CreditRules()).verdict
    'pass'
    """
    reasons = _only_asked(
        (
            reason
            for reason in _customer_reasons(facts, rules)
            if reason.code not in accepted
        ),
        facts,
    )
    return CreditDecision(_severest(reasons), headroom_of(facts), reasons)


def _customer_reasons(facts, rules):
    """Reasons that lie with the customer, not with the amount of the order."""
    reasons = []
    if facts.insolvent:
        reasons.append(Reason("insolvent", "hold"))
    if rules.overdue != "ignore" and facts.overdue_late > rules.overdue_amount:
        reasons.append(
            Reason("overdue", rules.overdue, facts.overdue, facts.overdue_days)
        )
    reasons += [Reason(code, "hold") for code in facts.blockers]
    return reasons


def _only_asked(reasons, facts):
    """For natural persons a rule never stops, it asks a person (GDPR art. 22)."""
    return tuple(
        replace(reason, verdict="hold")
        if facts.natural_person and reason.verdict == "stop"
        else reason
        for reason in reasons
    )


def _severest(reasons):
    return max((reason.verdict for reason in reasons), key=SEVERITY.get, default="pass")


__all__ = [
    "HEADROOM_CODES",
    "HELD",
    "SEVERITY",
    "ZERO",
    "CreditDecision",
    "CreditFacts",
    "CreditRules",
    "Decimal",
    "Reason",
    "decide_delivery",
    "decide_order",
    "group_headroom_of",
    "headroom_of",
    "left_after_overdue",
    "replace",
]
