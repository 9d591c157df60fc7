"""Which rule holds, and which goes first?

Precedence of contract prices, first difference decides: who it is made for (the
customer himself, then his parent companies from near to far, segment and grade
together, segment, grade, everyone) · article (article, then the nearest category, then
discount group of the article, then any) · discount group of the customer ·
subscription form · kind of line (goods or service) · the latest start date · the higher
starting quantity · the lower id. The same situation therefore always gets the same
price, whatever order the rules arrive in.
"""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from .price_facts import (
    AGREEMENT,
    AMOUNT,
    CALENDAR,
    CUSTOMER,
    DIFFERENCES,
    DISCOUNT,
    EVERYONE,
    GOODS,
    GRADE,
    INVOICED,
    LINE,
    ORDER,
    ORDERED,
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
)


def fits_article(rule, article):
    """Do the article criteria of a rule or floor hold?

    :param article: anything with ``product``, ``template``, ``categories``,
        ``article_group`` and ``kind``

    >>> board = Situation(Decimal(1), Decimal(1), date(2026, 1, 1), categories=(3, 1))
    >>> fits_article(Rule(1, "", True, Decimal(1), category=1), board)
    True
    >>> fits_article(Rule(1, "", True, Decimal(1), category=2), board)
    False
    """
    group = getattr(rule, "article_group", None)
    return (
        (rule.product is None or rule.product == article.product)
        and (rule.template is None or rule.template == article.template)
        and (rule.category is None or rule.category in article.categories)
        and (group is None or group == article.article_group)
        and (rule.kind is None or rule.kind == article.kind)
    )


def measured(rule, situation):
    """The volume that minimum and tiers of this rule are compared with.

    A return of a hundred is priced like a sale of a hundred. Without knowledge of the
    order its volume is that of the line, and nothing was bought before in the year:

    >>> back = Situation(Decimal(6), Decimal(-100), date(2026, 1, 1))
    >>> rule = Rule(1, "", True, Decimal(1))
    >>> [measured(replace(rule, basis=basis), back) for basis in (LINE, ORDER, YEAR)]
    [Decimal('100'), Decimal('100'), Decimal('0')]
    >>> measured(replace(rule, basis=YEAR), replace(back, volumes={1: Decimal(7)}))
    Decimal('7')
    """
    if rule.basis == LINE:
        return abs(situation.quantity)
    otherwise = abs(situation.quantity) if rule.basis == ORDER else Decimal(0)
    return abs(situation.volumes.get(rule.id, otherwise))


def obstacle(rule, situation):
    """The first reason why a rule does not hold, or None.

    Both ends of the validity count, and a fixed price only speaks for its own currency:

    >>> last = date(2026, 12, 31)
    >>> rule = Rule(1, "2026", True, Decimal(5), valid_to=last, currency="EUR")
    >>> sale = Situation(Decimal(6), Decimal(1), last, currency="EUR")
    >>> obstacle(rule, sale), obstacle(rule, replace(sale, day=date(2027, 1, 1)))
    (None, 'ended')
    >>> obstacle(rule, replace(sale, currency="USD"))
    'currency'
    >>> obstacle(replace(rule, minimum=Decimal(2)), sale)
    'quantity'
    """
    s = situation
    if not fits_article(rule, s):
        return "article"
    if rule.valid_from is not None and s.day < rule.valid_from:
        return "not_yet"
    if rule.valid_to is not None and rule.valid_to < s.day:
        return "ended"
    if rule.fixed and rule.currency is not None and rule.currency != s.currency:
        return "currency"
    for name in ("customer_group", "subscription_form"):
        asked = getattr(rule, name)
        if asked is not None and asked != getattr(s, name):
            return name
    return "quantity" if measured(rule, s) < rule.minimum else None


def matches(rule, situation):
    """Do all criteria of the rule hold?

    >>> rule = Rule(1, "2026", True, Decimal(5), kind=SERVICE)
    >>> sale = Situation(Decimal(6), Decimal(1), date(2026, 1, 1), kind=GOODS)
    >>> matches(rule, sale), matches(rule, replace(sale, kind=SERVICE))
    (False, True)
    """
    return obstacle(rule, situation) is None


def precedence(rule, situation):
    """Sort key of a matching rule: the smallest wins; see ``DIFFERENCES``.

    >>> sale = Situation(Decimal(6), Decimal(1), date(2026, 1, 1), template=7,
    ...                  categories=(3, 1))
    >>> near = Rule(1, "near", True, Decimal(5), category=3)
    >>> far = Rule(2, "far", True, Decimal(4), category=1)
    >>> article = Rule(3, "article", True, Decimal(3), template=7)
    >>> order = sorted([far, near, article], key=lambda r: precedence(r, sale))
    >>> [rule.name for rule in order]
    ['article', 'near', 'far']
    """
    return (
        -rule.scope,
        rule.distance,
        article_rank(rule, situation),
        rule.customer_group is None,
        rule.subscription_form is None,
        rule.kind is None,
        -(rule.valid_from or date.min).toordinal(),
        -rule.minimum,
        rule.id,
    )


def article_rank(rule, article):
    """How precisely a rule or floor names the article; 0 is the most precise."""
    if rule.product is not None:
        return 0
    if rule.template is not None:
        return 1
    if rule.category is not None:
        return 2 + article.categories.index(rule.category)
    if getattr(rule, "article_group", None) is not None:
        return 1000
    return 2000


def tier_value(rule, volume):
    """The rule's value at this volume, and its tier (None below the first).

    >>> rule = Rule(1, "x", True, Decimal(9), tiers=(Tier(Decimal(10), Decimal(8)),))
    >>> tier_value(rule, Decimal("9.99")), tier_value(rule, Decimal(10))
    ((Decimal('9'), None), (Decimal('8'), Decimal('10')))
    """
    reached = [tier for tier in rule.tiers if tier.quantity <= volume]
    if not reached:
        return rule.value, None
    best = max(reached, key=lambda tier: tier.quantity)
    return best.value, best.quantity


def before_value(rule, volume):
    """The rule's value at this volume before it was last indexed, or None.

    >>> rule = Rule(1, "x", True, Decimal(9), before=Decimal(8), tiers=(
    ...     Tier(Decimal(10), Decimal(7)),))
    >>> before_value(rule, Decimal(9)), before_value(rule, Decimal(10))
    (Decimal('8'), None)
    """
    reached = [tier for tier in rule.tiers if tier.quantity <= volume]
    if not reached:
        return rule.before
    return max(reached, key=lambda tier: tier.quantity).before


def round_price(amount, decimals, rounding=ROUND_HALF_UP):
    """Half up, away from zero, as an invoice does.

    >>> round_price(Decimal("2.345"), 2), round_price(Decimal("-2.345"), 2)
    (Decimal('2.35'), Decimal('-2.35'))
    >>> round_price(Decimal("3.331"), 2, ROUND_CEILING)
    Decimal('3.34')
    """
    return amount.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)


__all__ = [
    "AGREEMENT",
    "AMOUNT",
    "CALENDAR",
    "CUSTOMER",
    "DIFFERENCES",
    "DISCOUNT",
    "EVERYONE",
    "Floor",
    "GOODS",
    "GRADE",
    "INVOICED",
    "Index",
    "LINE",
    "ORDER",
    "ORDERED",
    "PARENT",
    "PRICE",
    "Price",
    "QUANTITY",
    "ROUND_CEILING",
    "Rule",
    "SEGMENT",
    "SEGMENT_GRADE",
    "SERVICE",
    "Situation",
    "Step",
    "Tier",
    "YEAR",
    "article_rank",
    "before_value",
    "fits_article",
    "matches",
    "measured",
    "obstacle",
    "precedence",
    "replace",
    "round_price",
    "tier_value",
]
