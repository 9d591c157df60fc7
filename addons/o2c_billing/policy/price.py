"""What does this customer pay for this article, and why?

A price is built in a set order of steps: **base** (what the pricelist says) →
**agreement** (the one contract price that goes first, see ``price_rule``) →
**discounts** (every matching discount or surcharge in sequence; of those that exclude
each other one) → **index** (what the last indexation added to the contract price) →
**floor** (minimum
price or margin, see ``price_floor``) → **rounding** (half up, once, at the end). No
rule, no step: without a matching rule the base stays untouched, unrounded.

>>> contract = Rule(1, "Contract", True, Decimal("8.00"), scope=CUSTOMER,
...                 tiers=(Tier(Decimal(100), Decimal("7.50")),))
>>> order = Situation(base=Decimal("10.00"), quantity=Decimal(99), day=date(2026, 3, 1))
>>> price(order, [contract]).amount
Decimal('8.00')

The tier begins at its quantity, not after it:

>>> price(replace(order, quantity=Decimal(100)), [contract]).amount
Decimal('7.50')
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from .price_floor import lowest
from .price_rule import (
    AMOUNT,
    CUSTOMER,
    DISCOUNT,
    EVERYONE,
    GOODS,
    GRADE,
    LINE,
    ORDER,
    PARENT,
    PRICE,
    QUANTITY,
    SEGMENT,
    SEGMENT_GRADE,
    SERVICE,
    YEAR,
    Floor,
    Index,
    Price,
    Rule,
    Situation,
    Step,
    Tier,
    before_value,
    matches,
    measured,
    precedence,
    round_price,
    tier_value,
)

HUNDRED = Decimal(100)


def apply(rule, situation, amount):
    """The price after this rule, as a step.

    >>> sale = Situation(Decimal(10), Decimal(2), date(2026, 1, 1))
    >>> fuel = Rule(1, "Fuel", False, Decimal(-5), step=DISCOUNT)
    >>> step = apply(fuel, sale, Decimal(10))
    >>> step.code, step.amount, step.rule, step.value
    ('surcharge', Decimal('10.5'), 1, Decimal('-5'))
    """
    value, tier = tier_value(rule, measured(rule, situation))
    if rule.fixed:
        own = value * situation.unit_factor
        if rule.step == PRICE:
            code, after = "fixed", own
        else:
            code, after = "addition", amount + own
    else:
        after = amount - amount * value / HUNDRED
        if rule.step == PRICE:
            code = "percentage"
        else:
            code = "discount" if value >= 0 else "surcharge"
    return Step(code, after, rule.id, rule.name, value, tier, rule.basis, rule.measure)


def contract_of(rules, situation):
    """The matching contract price that goes first, or None."""
    return min(
        (rule for rule in rules if rule.step == PRICE),
        key=lambda rule: precedence(rule, situation),
        default=None,
    )


def counting(rules, situation, amount):
    """The matching discounts that count, in sequence.

    Of those that exclude each other the best for the customer counts, each measured on
    the price before discounts; or the first, where the group says so:

    >>> sale = Situation(Decimal(10), Decimal(1), date(2026, 1, 1))
    >>> a = Rule(1, "a", False, Decimal(5), step=DISCOUNT, exclusion=9)
    >>> b = Rule(2, "b", False, Decimal(8), step=DISCOUNT, exclusion=9)
    >>> stacks = Rule(3, "c", False, Decimal(1), step=DISCOUNT)
    >>> [rule.name for rule in counting([a, b, stacks], sale, sale.base)]
    ['b', 'c']
    >>> first = [replace(rule, best=False) for rule in (b, a)]
    >>> [rule.name for rule in counting(first, sale, sale.base)]
    ['a']
    """
    chosen, groups = [], {}
    for rule in sorted(rules, key=lambda rule: (rule.sequence, rule.id)):
        if rule.step != DISCOUNT:
            continue
        if rule.exclusion is None:
            chosen.append(rule)
        else:
            groups.setdefault(rule.exclusion, []).append(rule)
    for members in groups.values():
        if members[0].best:
            chosen.append(
                min(members, key=lambda r: apply(r, situation, amount).amount)
            )
        else:
            chosen.append(members[0])
    return sorted(chosen, key=lambda rule: (rule.sequence, rule.id))


def index_move(rule, situation):
    """By how much the last indexation moved the contract price of this volume.

    Per unit of the line; nothing for a percentage, and for a price or tier that was
    not indexed:

    >>> sale = Situation(Decimal(12), Decimal(9), date(2026, 1, 1))
    >>> rule = Rule(1, "", True, Decimal("10.35"), before=Decimal(10), tiers=(
    ...     Tier(Decimal(10), Decimal("9.30"), Decimal(9)),
    ...     Tier(Decimal(99), Decimal(8))),
    ...     index=Index(Decimal("1.0338"), "CPI 2026"))
    >>> [str(index_move(rule, replace(sale, quantity=Decimal(bought))))
    ...  for bought in (9, 10, 99)]
    ['0.35', '0.30', '0']
    >>> index_move(replace(rule, index=None), sale)
    Decimal('0')
    """
    if not rule.fixed or not rule.index:
        return Decimal(0)
    volume = measured(rule, situation)
    value, _tier = tier_value(rule, volume)
    before = before_value(rule, volume)
    return Decimal(0) if before is None else (value - before) * situation.unit_factor


def price(situation, rules, floors=()):
    """The price of this situation under these rules, with its steps.

    >>> sale = Situation(Decimal("10.00"), Decimal(1), date(2026, 1, 1), decimals=2)
    >>> price(sale, []).amount, price(sale, []).agreed
    (Decimal('10.00'), False)
    >>> group = Rule(1, "Group C", False, Decimal(5))
    >>> own = Rule(2, "Contract", True, Decimal("8.01"), scope=CUSTOMER)
    >>> extra = Rule(3, "Yearly", False, Decimal("2.5"), step=DISCOUNT)
    >>> steps = price(sale, [group, extra, own]).steps
    >>> [(step.code, str(step.amount)) for step in steps[:2]]
    [('base', '10.00'), ('fixed', '8.01')]
    >>> [(step.code, str(step.amount)) for step in steps[2:]]
    [('discount', '7.80975'), ('rounding', '7.81')]

    What an indexation added is a step after the discounts, and the price is to the cent
    what the letter says, less the same discounts; amounts on top are not indexed:

    >>> indexed = replace(own, value=Decimal("8.25"), before=Decimal("8.01"),
    ...                   index=Index(Decimal("1.0294"), "CPI"))
    >>> [(s.code, str(s.amount)) for s in price(sale, [indexed]).steps[1:]]
    [('fixed', '8.01'), ('index', '8.25')]
    >>> tenth = replace(extra, value=Decimal(10))
    >>> toll = Rule(4, "Toll", True, Decimal("0.50"), step=DISCOUNT, sequence=20)
    >>> with_both = price(sale, [indexed, tenth, toll])
    >>> [(s.code, str(s.amount)) for s in with_both.steps[2:-1]]
    [('discount', '7.209'), ('addition', '7.709'), ('index', '7.925')]
    >>> same = price(sale, [replace(own, value=Decimal("8.25")), tenth, toll])
    >>> with_both.amount == same.amount == Decimal("7.93")
    True

    The floor lifts what discounts took, not what was promised to the customer:

    >>> floor = Floor(1, "Wood", Decimal("8.00"))
    >>> [(s.code, str(s.amount)) for s in price(sale, [own, extra], [floor]).steps[2:]]
    [('discount', '7.80975'), ('minimum', '8.00')]
    >>> low = replace(own, value=Decimal("7.00"))
    >>> price(sale, [low, extra], [floor]).amount
    Decimal('7.00')
    >>> price(sale, [low], [replace(floor, promises=True)]).amount
    Decimal('8.00')
    """
    fitting = [rule for rule in rules if matches(rule, situation)]
    amount = situation.base
    steps = [Step("base", amount)]
    winner = contract_of(fitting, situation)
    moved = Decimal(0)
    if winner:
        agreed = apply(winner, situation, amount)
        amount = promised = agreed.amount
        moved = index_move(winner, situation)
        if moved:
            amount -= moved
            before = before_value(winner, measured(winner, situation))
            agreed = replace(agreed, amount=amount, value=before)
        steps.append(agreed)
    else:
        promised = amount
    extras = counting(fitting, situation, promised)
    indexed = moved != 0
    for rule in extras:
        steps.append(apply(rule, situation, amount))
        amount = steps[-1].amount
        if not rule.fixed:
            moved -= moved * steps[-1].value / HUNDRED
    if indexed:
        amount += moved
        index = winner.index
        steps.append(Step("index", amount, winner.id, index.name, index.factor))
    own = [r.decimals for r in (winner, *extras) if r and r.decimals is not None]
    if own:
        situation = replace(situation, decimals=own[0])
    return _finish(situation, steps, winner, promised, floors)


def _finish(situation, steps, winner, promised, floors):
    """Floor and rounding, the last two steps.

    A price of nothing or less (a refund of a fee, an article that is never charged)
    knows a floor only where something is left to charge:

    >>> gift = Situation(Decimal(-5), Decimal(1), date(2026, 1, 1))
    >>> price(gift, [], [Floor(1, "", Decimal(1))]).amount
    Decimal('-5')
    """
    amount = steps[-1].amount
    found = lowest(situation, floors) if situation.base >= 0 else None
    floor, name = None, ""
    if found:
        floor, code, rule = found
        name = rule.name
        if winner and winner.fixed and winner.scope >= PARENT and not rule.promises:
            bound = min(floor, promised)
        else:
            bound = floor
        if amount < bound:
            amount = bound
            share = rule.margin if code == "margin" else None
            steps.append(Step(code, amount, rule.id, name, share))
    if len(steps) > 1:
        rounded = round_price(amount, situation.decimals)
        if steps[-1].code in ("minimum", "margin") and rounded < amount:
            rounded = round_price(amount, situation.decimals, ROUND_CEILING)
        if rounded != amount:
            steps.append(Step("rounding", rounded))
        amount = rounded
    return Price(amount, tuple(steps), floor, name)


__all__ = [
    "AMOUNT",
    "CUSTOMER",
    "DISCOUNT",
    "EVERYONE",
    "GOODS",
    "GRADE",
    "LINE",
    "ORDER",
    "PARENT",
    "PRICE",
    "QUANTITY",
    "SEGMENT",
    "SEGMENT_GRADE",
    "SERVICE",
    "YEAR",
    "Floor",
    "Index",
    "Price",
    "Rule",
    "Situation",
    "Step",
    "Tier",
    "apply",
    "contract_of",
    "date",
    "counting",
    "index_move",
    "matches",
    "precedence",
    "price",
    "replace",
    "round_price",
    "tier_value",
]
