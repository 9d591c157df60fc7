"""A debt as the law sees it, and what may be claimed besides it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .allocation import LAW, ZERO
from .collection_cost import PeriodicRule
from .default_start import Term
from .interest import FIXED, Period
from .receipt_clock import ReceiptClock


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a payment plan that runs, or was kept, says about cost and interest.

    ``mode``: "waived" (nothing is claimed), "owed" (what was owed on the day it began,
    and no more) or "charged" (everything runs on). A broken plan says nothing.
    """

    mode: str
    since: date


@dataclass(frozen=True, slots=True)
class Debt:
    """One instalment of one document, in the currency of the books.

    ``corrected`` is what credit notes took off: that was never owed. ``payments`` are
    :class:`policy.allocation.Payment`. ``letter_needed`` is for consumers, and for sole
    traders where the company treats them so.
    """

    move_id: int
    instalment: int
    partner_id: int
    principal: Decimal
    term: Term
    corrected: Decimal = ZERO
    disputed: Decimal = ZERO
    payments: tuple = ()
    letter_needed: bool = False
    reminded: bool = False
    contract_rate: Decimal | None = None
    contract: str = ""
    insolvent: bool = False
    insolvent_on: date | None = None
    is_claim: bool = False
    plan: PlanTerms | None = None

    @property
    def owed(self) -> Decimal:
        """The principal that counts: less credit notes, less what is disputed."""
        return max(ZERO, self.principal - self.corrected - self.disputed)

    def open_on(self, day: date) -> Decimal:
        """What of it was not paid at the end of a day."""
        paid = sum((one.amount for one in self.payments if one.day <= day), ZERO)
        return max(ZERO, self.owed - paid)


@dataclass(frozen=True, slots=True)
class Letter:
    """A 14-day letter that left: its clock, and the (move, instalment) it lists."""

    key: int
    clock: ReceiptClock | None
    items: frozenset


@dataclass(frozen=True, slots=True)
class Law:
    """Rates and settings that decide what is claimed."""

    civil: tuple = ()
    trade: tuple = ()
    order: tuple = LAW
    day_basis: str = FIXED
    vat_percent: Decimal | None = None
    separately: bool = False
    compound_contract: bool = False
    periodic: PeriodicRule | None = None


@dataclass(frozen=True, slots=True)
class ClaimFigures:
    """Cost and interest of one document on a day, and why they are not more.

    ``interest`` and ``cost`` are all that ran up to the day; ``claimed_*`` is what a
    claim asked or waived already, so that ``interest_left`` and ``cost_left`` may still
    be claimed. ``cost_from`` may lie ahead. ``sure``: every rate is confirmed.
    """

    move_id: int
    day: date
    principal: Decimal = ZERO
    interest: Decimal = ZERO
    cost: Decimal = ZERO
    default_from: date | None = None
    cost_from: date | None = None
    sure: bool = True
    reasons: tuple = ()
    statements: tuple = ()
    claimed_interest: Decimal = ZERO
    claimed_cost: Decimal = ZERO

    @property
    def interest_left(self) -> Decimal:
        """Interest that no claim asked yet."""
        return max(ZERO, self.interest - self.claimed_interest)

    @property
    def cost_left(self) -> Decimal:
        """Cost, unless a claim asked or waived it already: never twice."""
        return ZERO if self.claimed_cost else self.cost

    @property
    def sure_until(self) -> date:
        """The last day up to which every rate is confirmed."""
        unsure = [
            line.start
            for _instalment, made in self.statements
            for line in made.lines
            if isinstance(line, Period) and not line.sure
        ]
        return min((first - timedelta(days=1) for first in unsure), default=self.day)


def last_day(debt: Debt, day: date) -> date | None:
    """The last day that counts; before the insolvency, and none when that has no date.

    >>> from dataclasses import replace
    >>> debt = Debt(1, 1, 1, Decimal(9), Term(date(2026, 3, 1), True), insolvent=True)
    >>> last_day(debt, date(2026, 5, 1)) is None
    True
    >>> last_day(replace(debt, insolvent_on=date(2026, 4, 1)), date(2026, 5, 1))
    datetime.date(2026, 3, 31)
    >>> last_day(replace(debt, insolvent_on=date(2026, 6, 1)), date(2026, 5, 1))
    datetime.date(2026, 5, 1)
    """
    if not debt.insolvent:
        return day
    if not debt.insolvent_on:
        return None
    return min(day, debt.insolvent_on - timedelta(days=1))
