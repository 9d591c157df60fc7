"""Which rules lost and why, what the next tiers bring, and which rules overlap.

Words are made elsewhere; here are codes.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .price import contract_of, counting, price
from .price_rule import (
    CUSTOMER,
    DIFFERENCES,
    DISCOUNT,
    PRICE,
    Rule,
    Situation,
    Tier,
    fits_article,
    matches,
    measured,
    obstacle,
    precedence,
)


@dataclass(frozen=True)
class Lost:
    """A rule that did not count.

    ``reason``: why it does not hold (``not_yet``, ``ended``, ``currency``,
    ``customer_group``, ``subscription_form``, ``quantity``), or by which difference
    another contract price went first (``price_rule.DIFFERENCES``), or ``excluded`` by
    another discount. ``to``: the rule that went first, if one did.
    """

    rule: Rule
    reason: str
    to: Rule | None = None


@dataclass(frozen=True)
class Ahead:
    """What the price becomes when more is bought."""

    basis: str
    measure: str
    quantity: Decimal
    amount: Decimal


def decisive(winner, loser, situation):
    """Name of the first difference between two contract prices that hold.

    >>> sale = Situation(Decimal(6), Decimal(1), date(2026, 1, 1), template=7,
    ...                  categories=(3,))
    >>> near = Rule(1, "near", True, Decimal(5), category=3)
    >>> decisive(replace(near, id=2, template=7, category=None), near, sale)
    'article'
    >>> decisive(near, replace(near, id=2), sale)
    'id'
    """
    pairs = zip(
        DIFFERENCES,
        precedence(winner, situation),
        precedence(loser, situation),
        strict=True,
    )
    return next(name for name, one, other in pairs if one != other)


def lost(situation, rules):
    """Rules for this article that did not count, with the reason of each.

    Rules for other articles are no answer to the question and are left out.

    >>> sale = Situation(Decimal(10), Decimal(1), date(2026, 1, 1))
    >>> own = Rule(1, "own", True, Decimal(8), scope=CUSTOMER)
    >>> every = Rule(2, "every", True, Decimal(7))
    >>> later = Rule(3, "later", True, Decimal(6), valid_from=date(2026, 1, 2))
    >>> [(one.rule.name, one.reason) for one in lost(sale, [every, later, own])]
    [('every', 'scope'), ('later', 'not_yet')]
    """
    fitting = [rule for rule in rules if matches(rule, situation)]
    winner = contract_of(fitting, situation)
    amount = price(situation, [winner] if winner else []).amount
    extras = counting(fitting, situation, amount)
    found = []
    for rule in rules:
        if rule is winner or rule in extras:
            continue
        reason = obstacle(rule, situation)
        if reason == "article":
            continue
        if reason:
            found.append(Lost(rule, reason))
        elif rule.step == PRICE:
            found.append(Lost(rule, decisive(winner, rule, situation), winner))
        else:
            to = next(one for one in extras if one.exclusion == rule.exclusion)
            found.append(Lost(rule, "excluded", to))
    return tuple(found)


def ahead(situation, rules, floors=()):
    """Prices at the next quantities, where they differ from the one before.

    >>> rule = Rule(1, "own", True, Decimal(9), tiers=(
    ...     Tier(Decimal(50), Decimal(8)), Tier(Decimal(100), Decimal("7.50"))))
    >>> sale = Situation(Decimal(10), Decimal(50), date(2026, 1, 1))
    >>> [(str(one.quantity), str(one.amount)) for one in ahead(sale, [rule])]
    [('100', '7.50')]
    """
    found, seen = [], {}
    for bound, rule in sorted(_bounds(situation, rules), key=lambda pair: pair[0]):
        kind = (rule.basis, rule.measure)
        then = price(_at(situation, rules, rule, bound), rules, floors).amount
        if kind not in seen:
            seen[kind] = price(situation, rules, floors).amount
        if then != seen[kind]:
            found.append(Ahead(*kind, bound, then))
        seen[kind] = then
    return tuple(found)


def _bounds(situation, rules):
    """Volumes that are not reached yet and at which some rule changes its mind."""
    for rule in rules:
        volume = measured(rule, situation)
        far = replace(rule, minimum=Decimal(0))
        if not matches(far, situation):
            continue
        for bound in {rule.minimum, *(tier.quantity for tier in rule.tiers)}:
            if bound > volume and bound >= rule.minimum:
                yield bound, rule


def _at(situation, rules, rule, bound):
    """The situation in which this rule's volume is as large as the bound."""
    if rule.basis == "line":
        return replace(situation, quantity=bound)
    same = {
        one.id: bound
        for one in rules
        if (one.basis, one.measure) == (rule.basis, rule.measure)
    }
    return replace(situation, volumes={**situation.volumes, **same})


def overlap(one, other, articles):
    """Can both rules hold at once? Then the situation in which they do, else None.

    Only contract prices compete; discounts come on top of each other by intention,
    unless they exclude each other. Whether a customer exists for whom both agreements
    were made is for the caller to know.

    :param articles: rule id to a :class:`Situation` with the article facts of the
        narrowest article that the rule names

    >>> day = date(2026, 1, 1)
    >>> board = Rule(1, "board", True, Decimal(9), template=7, valid_from=day)
    >>> wood = Rule(2, "wood", True, Decimal(8), category=3, valid_to=day)
    >>> facts = {1: Situation(Decimal(1), Decimal(1), day, template=7, categories=(3,)),
    ...          2: Situation(Decimal(1), Decimal(1), day, categories=(3,))}
    >>> overlap(board, wood, facts).template
    7
    >>> overlap(board, replace(wood, valid_to=date(2025, 12, 31)), facts) is None
    True
    >>> overlap(replace(board, kind="goods"), replace(wood, kind="service"), facts)
    """
    if one.step != other.step or not _compete(one, other):
        return None
    if not _meet(one, other):
        return None
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    if begin > min(one.valid_to or date.max, other.valid_to or date.max):
        return None
    for rule, against in ((one, other), (other, one)):
        if fits_article(replace(against, kind=None), articles[rule.id]):
            return replace(articles[rule.id], day=begin, kind=one.kind or other.kind)
    return None


def _compete(one, other):
    """Do these two rules exclude each other when both hold?"""
    if one.step == DISCOUNT:
        return one.exclusion is not None and one.exclusion == other.exclusion
    return True


def _meet(one, other):
    """Is there a way of buying for which both rules hold?"""
    if one.fixed and other.fixed and one.currency != other.currency:
        return False
    return all(
        getattr(one, name) is None
        or getattr(other, name) is None
        or getattr(one, name) == getattr(other, name)
        for name in ("customer_group", "subscription_form", "kind")
    )


__all__ = [
    "Ahead",
    "CUSTOMER",
    "Lost",
    "Rule",
    "Situation",
    "Tier",
    "ahead",
    "decisive",
    "lost",
    "overlap",
    "replace",
]
