"""What a credit decision is taken on, and what it says.

>>> over = Reason("over_limit", "hold", Decimal(50))
>>> CreditDecision("hold", ZERO, (over,)).only_headroom
True
>>> CreditDecision("hold", ZERO, (over, Reason("insolvent", "hold"))).only_headroom
False
"""

from dataclasses import dataclass, field
from decimal import Decimal

ZERO = Decimal(0)

#: Verdicts that make an order or a delivery wait.
HELD = ("hold", "stop")
#: Reasons that lie with the amount: enough money, and they are gone.
HEADROOM_CODES = ("over_limit", "cash_only", "group_limit", "down_payment", "busy")


@dataclass(frozen=True)
class Reason:
    """Why: a code that the reader's language translates, with its figures."""

    code: str
    verdict: str
    amount: Decimal = ZERO
    days: int = 0
    #: part of a limit that was exceeded before this order
    already: Decimal = ZERO


@dataclass(frozen=True)
class CreditFacts:
    """What is known of a customer at the moment of the decision."""

    limit_kind: str = "none"
    limit: Decimal = ZERO
    #: owed, drafted and ordered already, without the order that is judged
    exposure: Decimal = ZERO
    order: Decimal = ZERO
    #: paid for this order but not yet in the books
    prepaid: Decimal = ZERO
    #: paid for this order and in the books: open credit that names it
    paid: Decimal = ZERO
    #: past due at all, and past due by more than the days of grace
    overdue: Decimal = ZERO
    overdue_late: Decimal = ZERO
    overdue_days: int = 0
    insolvent: bool = False
    #: a consumer, or who trades under his own name: people decide, rules only ask
    natural_person: bool = False
    #: the policy cell behind the rules, for the record
    cell_id: int | None = None
    #: codes from other parts of the house, such as a broken promise
    blockers: tuple = ()
    #: insurance, guarantees, deposits that are valid for a new order
    cover: Decimal = ZERO
    #: of the holding: its limit, and what all members use with their cover taken off
    group_limit: Decimal | None = None
    group_exposure: Decimal | None = None


@dataclass(frozen=True)
class CreditRules:
    """What the policy of the company says for this grade and segment."""

    over_limit: str = "hold"
    overdue: str = "hold"
    #: overdue below this amount never counts
    overdue_amount: Decimal = ZERO
    #: part of the order that must be paid up front, 0 to 1
    down_payment: Decimal = ZERO
    #: part of the order that may be asked up front at most; of a consumer half
    most_up_front: Decimal = Decimal(1)


@dataclass(frozen=True)
class CreditDecision:
    """The verdict: pass, warn or hold; None headroom means no limit set."""

    verdict: str
    headroom: Decimal | None
    reasons: tuple = field(default_factory=tuple)
    #: what the order adds to the exposure
    increase: Decimal = ZERO
    #: paid up front, this makes the order pass; 0 when nothing has to be paid
    to_pay: Decimal = ZERO
    #: more is needed than may be asked: ``to_pay`` is what may, then a person decides
    capped: bool = False

    @property
    def held(self):
        """Whether the order or the delivery waits for a person."""
        return self.verdict in HELD

    @property
    def only_headroom(self):
        """Whether money alone takes away everything that holds it."""
        return self.held and all(
            reason.code in HEADROOM_CODES
            for reason in self.reasons
            if reason.verdict in HELD
        )

    @property
    def codes(self):
        """Codes of the reasons, in order."""
        return tuple(reason.code for reason in self.reasons)
