"""What a scenario changes: limits, what the credit check asks, terms and reminders."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Claim:
    """An invoice, with what was paid of it and when; credit notes are negative."""

    issued: date
    due: date
    amount: Decimal
    #: of (day, amount, whether it was money): a credit note settles without any
    payments: tuple = ()


@dataclass(frozen=True)
class Order:
    """A confirmed order and the invoices that came of it."""

    key: object
    day: date
    amount: Decimal
    claims: tuple = ()
    #: when it came in: of two orders of a day the earlier one is judged first
    moment: datetime = datetime.min


@dataclass(frozen=True)
class Customer:
    """What a replay needs of one customer."""

    facts: object  #: CreditFacts: limit, cover, natural person; amounts are replaced
    rules: object  #: CreditRules of his policy cell
    orders: tuple = ()
    claims: tuple = ()  #: invoices that came of no order, or of one before the period


@dataclass(frozen=True)
class Terms:
    """What a scenario changes for a customer; nothing where it is None or the same."""

    #: factor on his limit, or another limit of his
    limit_factor: Decimal = Decimal(1)
    limit: Decimal | None = None
    over_limit: str = ""
    overdue: str = ""
    down_payment: Decimal | None = None
    #: days from invoice to due date
    term_days: int | None = None
    #: first reminder so many days after the due date: now, and in the scenario
    remind_now: int = 0
    remind_then: int = 0
    #: days past due that are let go before overdue counts
    grace: int = 0


def changed(customer, terms):
    """The facts and rules of a customer in a scenario.

    >>> from dataclasses import make_dataclass
    >>> facts = make_dataclass("Facts", ["limit_kind", "limit"])
    >>> names = ["over_limit", "overdue", "down_payment", "most_up_front"]
    >>> cell = make_dataclass("Rules", names)("hold", "hold", ZERO, Decimal("0.5"))
    >>> who = Customer(facts("amount", Decimal(1000)), cell)
    >>> changed(who, Terms(limit_factor=Decimal("0.8"), overdue="stop"))
    (Facts(limit_kind='amount', limit=Decimal('800.0')), Rules(over_limit='hold', ...))

    A limit in euros also holds for who had none; a factor does not:

    >>> free = Customer(facts("none", ZERO), cell)
    >>> changed(free, Terms(limit=Decimal(500)))[0]
    Facts(limit_kind='amount', limit=Decimal('500'))
    >>> changed(free, Terms(limit_factor=Decimal("0.5")))[0].limit_kind
    'none'

    Nobody is asked for more up front than he may be asked:

    >>> changed(free, Terms(down_payment=Decimal("0.8")))[1].down_payment
    Decimal('0.5')
    """
    facts, rules = customer.facts, customer.rules
    if terms.limit is not None:
        facts = replace(facts, limit_kind="amount", limit=terms.limit)
    elif facts.limit_kind == "amount" and terms.limit_factor != 1:
        facts = replace(facts, limit=facts.limit * terms.limit_factor)
    asked = {
        name: getattr(terms, name)
        for name in ("over_limit", "overdue")
        if getattr(terms, name)
    }
    up_front = rules.down_payment if terms.down_payment is None else terms.down_payment
    asked["down_payment"] = min(up_front, rules.most_up_front)
    return facts, replace(rules, **asked)


def paid_on(claim, day, terms):
    """The day on which a payment comes in a scenario, before any wait.

    Due 31 March, first reminder after 10 days, paid 20 April. Reminded after 3 days he
    pays a week earlier; had he paid before the reminder, nothing changes:

    >>> claim = Claim(date(2026, 3, 1), date(2026, 3, 31), Decimal(100))
    >>> sooner = Terms(remind_now=10, remind_then=3)
    >>> paid_on(claim, date(2026, 4, 20), sooner)
    datetime.date(2026, 4, 13)
    >>> paid_on(claim, date(2026, 4, 9), sooner)
    datetime.date(2026, 4, 9)
    >>> paid_on(claim, date(2026, 4, 10), Terms(remind_now=10, remind_then=-99))
    datetime.date(2026, 3, 31)

    14 days instead of 30: two weeks and two days sooner, never before the invoice.

    >>> paid_on(claim, date(2026, 4, 20), Terms(term_days=14))
    datetime.date(2026, 4, 4)
    >>> paid_on(claim, date(2026, 3, 5), Terms(term_days=14))
    datetime.date(2026, 3, 1)
    """
    due = claim.due
    moved = day
    if terms.term_days is not None:
        due = claim.issued + timedelta(days=terms.term_days)
        moved = day + (due - claim.due)
    if (day - claim.due).days >= terms.remind_now:
        earlier = terms.remind_now - terms.remind_then
        moved = max(due, moved - timedelta(days=earlier)) if earlier > 0 else moved
        if earlier < 0:
            moved -= timedelta(days=earlier)
    return max(moved, claim.issued)
