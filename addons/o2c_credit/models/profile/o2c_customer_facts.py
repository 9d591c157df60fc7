"""What is known of a customer: amounts by bucket, and everything a verdict needs."""

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal

from ...policy.credit_decision import CreditFacts, CreditRules, headroom_of

ZERO = Decimal(0)


def to_money(value):
    """Decimal in cents of what the database returned."""
    return Decimal(str(round(value or 0.0, 2)))


@dataclass(frozen=True)
class Exposure:
    """What one customer owes and ordered, in company currency."""

    #: posted open items, minus unapplied credit notes and payments
    receivables: Decimal = ZERO
    #: draft invoices
    drafts: Decimal = ZERO
    #: confirmed orders: delivered and still to come, not invoiced
    delivered: Decimal = ZERO
    undelivered: Decimal = ZERO
    #: down payments invoiced for those orders (negative)
    down_payments: Decimal = ZERO
    #: online payments for those orders that are not booked yet (negative)
    prepaid: Decimal = ZERO
    #: what other add-ons report, by name
    others: dict = field(default_factory=dict)

    @property
    def total(self):
        """The sum of the buckets."""
        return (
            self.receivables
            + self.drafts
            + self.delivered
            + self.undelivered
            + self.down_payments
            + self.prepaid
            + sum(self.others.values(), ZERO)
        )

    @classmethod
    def of_buckets(cls, buckets):
        """From the amounts by bucket name that the database returned."""
        own = {f.name for f in fields(cls)} - {"others"}
        amounts = {name: to_money(value) for name, value in (buckets or {}).items()}
        return cls(
            **{name: amount for name, amount in amounts.items() if name in own},
            others={name: amt for name, amt in amounts.items() if name not in own},
        )


@dataclass(frozen=True)
class GroupFacts:
    """The holding of a customer: its limit, and what all members use minus cover."""

    id: int
    name: str
    limit: Decimal
    exposure: Decimal

    @property
    def headroom(self):
        """What is left of the group limit."""
        return self.limit - self.exposure


@dataclass(frozen=True)
class CustomerFacts:
    """Everything a verdict needs to know of one customer."""

    partner_id: int
    exposure: Exposure
    overdue: Decimal
    overdue_late: Decimal
    overdue_days: int
    #: what counts today, in company currency
    limit_kind: str
    limit: Decimal
    grade: str | None
    insolvent: bool
    rules: CreditRules
    #: of the orders that were asked about: paid and not booked yet, and open holds
    prepaid: dict = field(default_factory=dict)
    holds: dict = field(default_factory=dict)
    #: insurance, guarantees and deposits that count for a new order
    cover: Decimal = ZERO
    #: last day of a temporary limit
    limit_until: date | None = None
    #: the cell of the credit policy behind the rules
    cell_id: int | None = None
    natural_person: bool = False
    #: the holding this customer belongs to, and its figures when it has a limit
    group_id: int | None = None
    group: GroupFacts | None = None

    @property
    def overdue_beyond(self):
        """Days of the oldest arrears, when they count at all."""
        return self.overdue_days if self.overdue > self.rules.overdue_amount else 0

    @property
    def headroom(self):
        """What he can still order, also within his holding; None without a limit."""
        lefts = (headroom_of(self.judged), self.group and self.group.headroom)
        return min((left for left in lefts if left is not None), default=None)

    @property
    def judged(self):
        """As the policy reads it, without an order."""
        return CreditFacts(
            limit_kind=self.limit_kind,
            limit=self.limit,
            exposure=self.exposure.total,
            cover=self.cover,
            group_limit=self.group and self.group.limit,
            group_exposure=self.group and self.group.exposure,
        )

    @property
    def known(self):
        """Whether anything at all is known of this customer."""
        return self.limit_kind != "none" or self.grade or self.exposure.total
