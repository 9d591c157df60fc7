"""Payment plans: a schedule that is exact to the cent, what the house allows, and how
far a customer is.

A plan adds nothing to a debt, it spreads it: payments stay payments of the original
invoices, and an instalment is paid as far as those were paid since the plan began.
For consumers a plan is free of charge: only then it stays outside the rules on consumer
credit (art. 2(2)(j) Directive 2008/48/EC; CJEU C-127/15), so what is charged may never
exceed what the law gave the creditor on the day the plan began.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

ZERO = Decimal(0)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Instalment:
    """One term: its number, the day it must be in, and how much."""

    number: int
    due: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Bounds:
    """What people may agree without asking somebody else."""

    max_months: int = 6
    min_instalment: Decimal = Decimal(50)
    #: share of the total that comes at once, in percent
    first_percent: Decimal = ZERO

    def least_first(self, total: Decimal, cent=Decimal("0.01")) -> Decimal:
        """What must come at once for a plan to be agreed without asking somebody.

        Nothing where a person looks at every plan: no first payment changes that.

        >>> Bounds(first_percent=Decimal(25)).least_first(Decimal("3635.57"))
        Decimal('908.90')
        >>> Bounds(max_months=0, first_percent=Decimal(50)).least_first(Decimal(100))
        Decimal('0')
        """
        return first_share(total, self.first_percent, cent) if self.max_months else ZERO


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an instalment is."""

    instalment: Instalment
    paid: Decimal
    #: day on which it was paid in full, if it was
    paid_on: date | None
    #: "paid", "late" (its day has passed), "missed" (its grace too), "open"
    state: str


def month_later(start: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month.

    >>> month_later(date(2026, 1, 31), 1), month_later(date(2026, 1, 31), 2)
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    >>> month_later(date(2027, 11, 29), 3)
    datetime.date(2028, 2, 29)
    """
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def due_on(start: date, number: int, every: str) -> date:
    """The day of an instalment, counted from the first so that nothing drifts.

    >>> due_on(date(2026, 1, 31), 1, "month"), due_on(date(2026, 1, 31), 3, "week")
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 14))
    """
    if every == "week":
        return start + timedelta(weeks=number - 1)
    return month_later(start, number - 1)


def schedule(
    total: Decimal,
    count: int,
    start: date,
    first: Decimal = ZERO,
    every: str = "month",
    cent: Decimal = CENT,
) -> tuple:
    """Instalments that add up to the total exactly; the last one takes what is left.

    :param first: amount of the first instalment; equal instalments when zero
    :param every: "month" or "week"
    :param cent: smallest amount of the currency

    >>> [str(i.amount) for i in schedule(Decimal(100), 3, date(2026, 1, 31))]
    ['33.33', '33.33', '33.34']
    >>> plan = schedule(Decimal(1000), 4, date(2026, 1, 31), first=Decimal(250))
    >>> [(i.due.isoformat(), str(i.amount)) for i in plan][:2]
    [('2026-01-31', '250'), ('2026-02-28', '250.00')]
    >>> sum(i.amount for i in plan)
    Decimal('1000.00')

    Yen have no cents.

    >>> [str(i.amount) for i in schedule(
    ...     Decimal(1000), 3, date(2026, 1, 1), cent=Decimal(1))]
    ['333', '333', '334']
    """
    if (
        count < 1
        or total <= 0
        or first < 0
        or (first and count == 1 and first != total)
    ):
        raise ValueError("a plan has at least one instalment that fits the total")
    amounts = [first] if first else []
    left = total - first
    rest = count - len(amounts)
    if rest:
        part = (left / rest).quantize(cent, rounding=ROUND_DOWN)
        if part <= 0:
            raise ValueError("the first instalment leaves nothing for the others")
        amounts += [part] * (rest - 1)
        amounts.append(left - part * (rest - 1))
    return tuple(
        Instalment(number, due_on(start, number, every), amount)
        for number, amount in enumerate(amounts, 1)
    )


def first_share(total: Decimal, percent: Decimal, cent=Decimal("0.01")) -> Decimal:
    """The least that comes at once: never below the share that the policy asks.

    >>> first_share(Decimal("3635.57"), Decimal(25))
    Decimal('908.90')
    >>> first_share(Decimal("3635.60"), Decimal(25)), first_share(Decimal(9), ZERO)
    (Decimal('908.90'), Decimal('0'))
    >>> first_share(Decimal(1001), Decimal(25), Decimal(1))
    Decimal('251')
    """
    steps = (total * percent / 100 / cent).to_integral_value(rounding=ROUND_CEILING)
    return steps * cent


def count_for(total: Decimal, amount: Decimal, first: Decimal = ZERO) -> int:
    """How many instalments it takes when a customer can pay so much each time.

    >>> count_for(Decimal(1000), Decimal(250)), count_for(Decimal(1001), Decimal(250))
    (4, 5)
    >>> count_for(Decimal(1000), Decimal(250), first=Decimal(500))
    3
    >>> count_for(Decimal(100), Decimal(250))
    1
    """
    left = total - first
    rest = (left / amount).to_integral_value(rounding=ROUND_CEILING)
    return int(rest) + (1 if first else 0)


def months_between(start: date, end: date) -> int:
    """Months from one day to another; a month that has begun counts whole.

    >>> months_between(date(2026, 1, 31), date(2026, 4, 30))
    3
    >>> months_between(date(2026, 1, 31), date(2026, 5, 1))
    4
    >>> months_between(date(2026, 1, 31), date(2026, 1, 31))
    0
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if end <= month_later(start, months) else months + 1


def outside(bounds: Bounds, instalments, today: date) -> tuple:
    """What goes beyond the policy; such a plan needs somebody who may approve it.

    >>> plan = schedule(Decimal(600), 7, date(2026, 1, 1))
    >>> outside(Bounds(max_months=6), plan, date(2026, 1, 1))
    ()
    >>> outside(Bounds(max_months=5), plan, date(2026, 1, 1))
    ('too_long',)
    >>> outside(Bounds(min_instalment=Decimal("85.72")), plan, date(2026, 1, 1))
    ('too_small',)
    >>> outside(Bounds(min_instalment=Decimal("85.71")), plan, date(2026, 1, 1))
    ()

    A first payment now must be there within a week.

    >>> quarter = Bounds(first_percent=Decimal(25))
    >>> plan = schedule(Decimal(600), 4, date(2026, 1, 8), first=Decimal(150))
    >>> outside(quarter, plan, date(2026, 1, 1))
    ()
    >>> outside(quarter, plan, date(2025, 12, 31))
    ('first_late',)
    >>> plan = schedule(Decimal(600), 4, date(2026, 1, 1), first=Decimal("149.99"))
    >>> outside(quarter, plan, date(2026, 1, 1))
    ('first_low',)
    """
    total = sum(one.amount for one in instalments)
    months = months_between(today, instalments[-1].due)
    low = bounds.first_percent and (
        instalments[0].amount * 100 < bounds.first_percent * total
    )
    late = bounds.first_percent and instalments[0].due > today + timedelta(days=7)
    found = (
        ("too_long", months > bounds.max_months),
        ("too_small", min(one.amount for one in instalments) < bounds.min_instalment),
        ("first_low", low),
        ("first_late", late),
    )
    return tuple(code for code, holds in found if holds)


def standings(instalments, payments, today: date, grace: int) -> tuple:
    """Which instalments are paid, in order, from the money that came since it began.

    :param payments: (day, amount) of what was matched with the invoices of the plan
    :param grace: days after an instalment's day before the plan is broken

    >>> plan = schedule(Decimal(300), 3, date(2026, 1, 31))
    >>> money = [(date(2026, 1, 30), Decimal(100)), (date(2026, 2, 20), Decimal(30))]
    >>> [(s.state, str(s.paid), s.paid_on and s.paid_on.day) for s in standings(
    ...     plan, money, date(2026, 2, 28), 5)]
    [('paid', '100', 30), ('open', '30', None), ('open', '0', None)]

    On its day it is not late yet; the grace ends on its last day, not before.

    >>> [standings(plan, money, day, 5)[1].state for day in (
    ...     date(2026, 3, 1), date(2026, 3, 5), date(2026, 3, 6))]
    ['late', 'late', 'missed']
    """
    queue = sorted(payments)
    found, at, over = [], None, ZERO
    for one in instalments:
        while queue and over < one.amount:
            day, amount = queue.pop(0)
            at, over = day, over + amount
        paid = min(over, one.amount)
        over -= paid
        if paid >= one.amount:
            found.append(Standing(one, paid, at, "paid"))
            continue
        if today <= one.due:
            state = "open"
        else:
            state = "late" if today <= one.due + timedelta(days=grace) else "missed"
        found.append(Standing(one, paid, None, state))
    return tuple(found)


def outcome(found) -> str:
    """What that means for the plan: "kept", "broken" or "running".

    >>> plan = schedule(Decimal(200), 2, date(2026, 1, 31))
    >>> outcome(standings(plan, [], date(2026, 2, 5), 5))
    'running'
    >>> outcome(standings(plan, [], date(2026, 2, 6), 5))
    'broken'
    >>> early = [(date(2026, 1, 15), Decimal(200))]
    >>> outcome(standings(plan, early, date(2026, 1, 15), 5))
    'kept'
    """
    states = {one.state for one in found}
    if states == {"paid"}:
        return "kept"
    return "broken" if "missed" in states else "running"


def newest(partials, paid: Decimal) -> list:
    """The matches that make up what was paid since the plan began, newest first.

    A payment that was there before, was unmatched and matched again does not count
    twice: what counts in all is what the invoices have less open.

    :param partials: (order, day, amount) of every match of the plan's invoices

    >>> march, april = date(2026, 3, 1), date(2026, 4, 1)
    >>> newest([(1, march, Decimal(500)), (2, april, Decimal(100))], Decimal(100))
    [(datetime.date(2026, 4, 1), Decimal('100'))]
    >>> newest([(1, march, Decimal(500)), (2, april, Decimal(100))], Decimal(150))[1]
    (datetime.date(2026, 3, 1), Decimal('50'))
    """
    found = []
    for _order, day, amount in sorted(partials, reverse=True):
        part = min(amount, paid)
        if part > 0:
            found.append((day, part))
            paid -= part
    return found


def may_charge(natural_person: bool, mode: str) -> bool:
    """Whether interest may run on during the plan: never for a consumer.

    >>> may_charge(False, "charged"), may_charge(True, "charged")
    (True, False)
    >>> may_charge(True, "waived"), may_charge(True, "owed")
    (True, True)
    """
    return not (natural_person and mode == "charged")


__test__ = {
    "a payment larger than an instalment pays the next one too": """
    >>> plan = schedule(Decimal(300), 3, date(2026, 1, 31))
    >>> money = [(date(2026, 1, 30), Decimal(250))]
    >>> [str(s.paid) for s in standings(plan, money, date(2026, 1, 30), 5)]
    ['100.00', '100.00', '50.00']
    """,
    "the first payment may be all of it": """
    >>> [str(i.amount) for i in schedule(
    ...     Decimal(80), 1, date(2026, 1, 1), first=Decimal(80))]
    ['80']
    >>> schedule(Decimal(80), 1, date(2026, 1, 1), first=Decimal(81))
    Traceback (most recent call last):
    ValueError: a plan has at least one instalment that fits the total
    >>> schedule(Decimal(80), 2, date(2026, 1, 1), first=Decimal(80))
    Traceback (most recent call last):
    ValueError: the first instalment leaves nothing for the others
    """,
}
