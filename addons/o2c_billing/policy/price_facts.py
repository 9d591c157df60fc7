"""What a price is built from: rules, floors, situations; and the steps of it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

#: For whom an agreement is made; the higher number goes first.
EVERYONE, GRADE, SEGMENT, SEGMENT_GRADE, PARENT, CUSTOMER = range(6)
GOODS, SERVICE = "goods", "service"
#: The step a rule belongs to.
PRICE, DISCOUNT = "price", "discount"
#: What the starting quantity and the tiers of a rule are compared with.
LINE, ORDER, YEAR = "line", "order", "year"
QUANTITY, AMOUNT = "quantity", "amount"
ORDERED, INVOICED = "ordered", "invoiced"
CALENDAR, AGREEMENT = "calendar", "agreement"

#: Names of the differences that decide between two contract prices, in order.
DIFFERENCES = (
    "scope",
    "distance",
    "article",
    "customer_group",
    "subscription_form",
    "kind",
    "valid_from",
    "minimum",
    "id",
)


@dataclass(frozen=True)
class Tier:
    """From this quantity (or amount) on, this price or this percentage.

    ``before``: the price before it was last indexed, None when it was not.

    >>> Tier(Decimal(100), Decimal("7.50")).quantity
    Decimal('100')
    """

    quantity: Decimal
    value: Decimal
    before: Decimal | None = None


@dataclass(frozen=True)
class Index:
    """What an amount was multiplied by when it was last indexed, and by which series.

    The price after it is the rule's own: what the customer's letter says, rounded as
    it says, not the product of price and factor.
    """

    factor: Decimal
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """One line of an agreement. A criterion that is None holds for anything.

    ``value`` is an amount in ``currency`` per unit of the article when ``fixed``,
    otherwise a percentage taken off the price so far (a negative one is a surcharge).

    ``distance``: how many companies up the parent is that it was agreed with.
    ``basis``: what ``minimum`` and ``tiers`` are compared with: the line, the lines of
    the order that fit, or what was bought before in the year (``source``, ``measure``,
    ``year``; ``holder`` is the head of the group whose purchases count, None for those
    of the customer alone).
    ``exclusion``: of all discounts with the same key one counts: the best for the
    customer when ``best``, otherwise the first in sequence.
    ``index``: how ``value`` and the tiers came from their ``before``; None for a price
    that was never indexed. ``decimals``: of the unit price, None for those of the
    company.
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
    distance: int = 0
    basis: str = LINE
    measure: str = QUANTITY
    source: str = ORDERED
    year: str = CALENDAR
    holder: int | None = None
    exclusion: int | None = None
    best: bool = True
    index: Index | None = None
    before: Decimal | None = None
    decimals: int | None = None
    agreement: int | None = None


@dataclass(frozen=True)
class Floor:
    """Below this the price does not go: an amount, a margin over cost, or both.

    ``amount`` is per unit of the article in company currency; ``margin`` a percentage
    of the price. What was agreed with the customer himself (or his parent) as a fixed
    price is a promise: it stands, unless ``promises`` says that it is lifted too.
    """

    id: int
    name: str
    amount: Decimal | None = None
    margin: Decimal | None = None
    product: int | None = None
    template: int | None = None
    category: int | None = None
    kind: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    promises: bool = False


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
    cost: Decimal | None = None  # per article unit, company currency
    rate: Decimal = Decimal(1)  # units of ``currency`` for one of the company's
    volumes: dict = field(default_factory=dict)  # rule id: volume of order or year
    customer: int | None = None


@dataclass(frozen=True)
class Step:
    """One step of the calculation and the price after it.

    Codes, in their order: ``base``, ``fixed`` (contract price), ``percentage``
    (contract percentage), ``discount``, ``surcharge``, ``addition`` (an amount added),
    ``index``, ``minimum`` (lifted to an amount), ``margin`` (lifted to a margin),
    ``rounding``. ``basis`` and ``measure`` say what ``tier`` was compared with.
    """

    code: str
    amount: Decimal
    rule: int | None = None
    name: str = ""
    value: Decimal | None = None
    tier: Decimal | None = None
    basis: str = LINE
    measure: str = QUANTITY


@dataclass(frozen=True)
class Price:
    """The price per unit of the line, and every step that led to it.

    ``floor``: the lowest price that may be asked without somebody's consent.
    """

    amount: Decimal
    steps: tuple
    floor: Decimal | None = None
    floor_name: str = ""

    @property
    def agreed(self):
        """True when at least one rule had a say.

        >>> Price(Decimal(9), (Step("base", Decimal(9)),)).agreed
        False
        """
        return len(self.steps) > 1
