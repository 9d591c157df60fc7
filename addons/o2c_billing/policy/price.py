"""What does this customer pay for this article, and why?

A price is built in a set order of steps: **base** (what the pricelist says) →
**agreement** (the one most specific contract price) → **discounts** (every matching
discount or surcharge, in sequence) → **rounding** (half up, once, at the end). No rule,
no step: without a matching rule the base leaves untouched, unrounded.

Precedence of contract prices, first difference decides: who it is made for (customer,
then segment, then everyone) · article (article, then the nearest category, then
discount group of the article, then any) · discount group of the customer · subscription
form · kind of line (goods or service) · the latest start date · the higher tier · the
lower id. The same situation therefore always gets the same price, whatever order the
rules arrive in.

>>> contract = Rule(1, "Contract", True, Decimal("8.00"), scope=CUSTOMER,
...                 tiers=(Tier(Decimal(100), Decimal("7.50")),))
>>> order = Situation(base=Decimal("10.00"), quantity=Decimal(99), day=date(2026, 3, 1))
>>> price(order, [contract]).amount
Decimal('8.00')

The tier begins at its quantity, not after it:

>>> price(replace(order, quantity=Decimal(100)), [contract]).amount
Decimal('7.50')
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

EVERYONE, SEGMENT, CUSTOMER = 0, 1, 2
GOODS, SERVICE = "goods", "service"
PRICE, DISCOUNT = "price", "discount"

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Tier:
    """From this quantity on, this price or this percentage."""

    quantity: Decimal
    value: Decimal


@dataclass(frozen=True)
class Rule:
    """One line of an agreement. A criterion that is None holds for anything.

    ``value`` is an amount in ``currency`` per unit of the article when ``fixed``,
    otherwise a percentage taken off the price so far (a negative one is a surcharge).
    """

    id: int
    name: str
    fixed: bool
    value: Decimal
    step: str = PRICE
    scope: int = EVERYONE
    sequence: int = 10
    minimum: Decimal = Decimal(0)
    tiers: tuple = ()
    currency: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    product: int | None = None
    template: int | None = None
    category: int | None = None
    article_group: int | None = None
    customer_group: int | None = None
    subscription_form: int | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Situation:
    """Who buys how much of what on which day; the quantity in the article's unit."""

    base: Decimal
    quantity: Decimal
    day: date
    currency: str | None = None
    product: int | None = None
    template: int | None = None
    categories: tuple = ()  # nearest first
    article_group: int | None = None
    customer_group: int | None = None
    subscription_form: int | None = None
    kind: str | None = None
    unit_factor: Decimal = Decimal(1)  # article units in one unit of the line
    decimals: int = 2


@dataclass(frozen=True)
class Step:
    """One step of the calculation and the price after it.

    Codes: ``base``, ``fixed`` (contract price), ``percentage`` (contract percentage),
    ``discount``, ``surcharge``, ``addition`` (an amount added), ``rounding``.
    """

    code: str
    amount: Decimal
    rule: int | None = None
    name: str = ""
    value: Decimal | None = None
    tier: Decimal | None = None


@dataclass(frozen=True)
class Price:
    """The price per unit of the line, and every step that led to it."""

    amount: Decimal
    steps: tuple

    @property
    def agreed(self):
        """True when at least one rule had a say."""
        return len(self.steps) > 1


def matches(rule, situation):
    """Do all criteria of the rule hold?

    Both ends of the validity count, and a fixed price only speaks for its own currency:

    >>> last = date(2026, 12, 31)
    >>> rule = Rule(1, "2026", True, Decimal(5), valid_to=last, currency="EUR")
    >>> sale = Situation(Decimal(6), Decimal(1), last, currency="EUR")
    >>> matches(rule, sale), matches(rule, replace(sale, day=date(2027, 1, 1)))
    (True, False)
    >>> matches(rule, replace(sale, currency="USD"))
    False
    """
    s = situation
    return (
        (rule.valid_from is None or rule.valid_from <= s.day)
        and (rule.valid_to is None or s.day <= rule.valid_to)
        and s.quantity >= rule.minimum
        and (not rule.fixed or rule.currency is None or rule.currency == s.currency)
        and (rule.product is None or rule.product == s.product)
        and (rule.template is None or rule.template == s.template)
        and (rule.category is None or rule.category in s.categories)
        and (rule.article_group is None or rule.article_group == s.article_group)
        and (rule.customer_group is None or rule.customer_group == s.customer_group)
        and (
            rule.subscription_form is None
            or rule.subscription_form == s.subscription_form
        )
        and (rule.kind is None or rule.kind == s.kind)
    )


def precedence(rule, situation):
    """Sort key of a matching rule: the smallest wins.

    >>> sale = Situation(Decimal(6), Decimal(1), date(2026, 1, 1), template=7,
    ...                  categories=(3, 1))
    >>> near = Rule(1, "near", True, Decimal(5), category=3)
    >>> far = Rule(2, "far", True, Decimal(4), category=1)
    >>> article = Rule(3, "article", True, Decimal(3), template=7)
    >>> order = sorted([far, near, article], key=lambda r: precedence(r, sale))
    >>> [rule.name for rule in order]
    ['article', 'near', 'far']
    """
    if rule.product is not None:
        article = 0
    elif rule.template is not None:
        article = 1
    elif rule.category is not None:
        article = 2 + situation.categories.index(rule.category)
    elif rule.article_group is not None:
        article = 1000
    else:
        article = 2000
    return (
        -rule.scope,
        article,
        rule.customer_group is None,
        rule.subscription_form is None,
        rule.kind is None,
        -(rule.valid_from or date.min).toordinal(),
        -rule.minimum,
        rule.id,
    )


def tier_value(rule, quantity):
    """The rule's value at this quantity, and its tier (None below the first).

    >>> rule = Rule(1, "x", True, Decimal(9), tiers=(Tier(Decimal(10), Decimal(8)),))
    >>> tier_value(rule, Decimal("9.99")), tier_value(rule, Decimal(10))
    ((Decimal('9'), None), (Decimal('8'), Decimal('10')))
    """
    reached = [tier for tier in rule.tiers if tier.quantity <= quantity]
    if not reached:
        return rule.value, None
    best = max(reached, key=lambda tier: tier.quantity)
    return best.value, best.quantity


def _apply(rule, situation, amount):
    """The price after this rule, as a step."""
    value, tier = tier_value(rule, situation.quantity)
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
    return Step(code, after, rule.id, rule.name, value, tier)


def round_price(amount, decimals):
    """Half up, away from zero, as an invoice does.

    >>> round_price(Decimal("2.345"), 2), round_price(Decimal("-2.345"), 2)
    (Decimal('2.35'), Decimal('-2.35'))
    """
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def price(situation, rules):
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
    """
    fitting = [rule for rule in rules if matches(rule, situation)]
    amount = situation.base
    steps = [Step("base", amount)]
    contract = [rule for rule in fitting if rule.step == PRICE]
    if contract:
        winner = min(contract, key=lambda rule: precedence(rule, situation))
        steps.append(_apply(winner, situation, amount))
        amount = steps[-1].amount
    extras = [rule for rule in fitting if rule.step == DISCOUNT]
    for rule in sorted(extras, key=lambda r: (r.sequence, r.id)):
        steps.append(_apply(rule, situation, amount))
        amount = steps[-1].amount
    if len(steps) > 1:
        rounded = round_price(amount, situation.decimals)
        if rounded != amount:
            steps.append(Step("rounding", rounded))
        amount = rounded
    return Price(amount, tuple(steps))


__all__ = [
    "CUSTOMER",
    "DISCOUNT",
    "EVERYONE",
    "GOODS",
    "PRICE",
    "SEGMENT",
    "SERVICE",
    "Price",
    "Rule",
    "Situation",
    "Step",
    "Tier",
    "matches",
    "precedence",
    "price",
    "replace",
    "round_price",
    "tier_value",
]
