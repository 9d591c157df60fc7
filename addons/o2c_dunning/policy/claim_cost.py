"""Collection cost of every debt on a day: by letter, by contract, of businesses."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from .allocation import ZERO
from .collection_cost import (
    MINIMUM,
    apportioned,
    collection_cost,
    cost_of_business,
    periodic_cost,
)
from .debt import Debt, Law, Letter, last_day


@dataclass(slots=True)
class Judged:
    """A debt on its way to figures."""

    debt: Debt
    start: date | None
    reasons: list = field(default_factory=list)
    cost: Decimal = ZERO
    cost_from: date | None = None


def cost_by_letter(judged, letter: Letter, law: Law, day: date):
    """The cost of one letter over everything in it that was not paid in time."""
    if letter.clock is None:
        return
    ends = letter.clock.last_free_day
    late = [
        one
        for one in judged
        if one.debt.letter_needed
        and (one.debt.move_id, one.debt.instalment) in letter.items
        and not one.cost_from
        and one.start
        and one.start <= letter.clock.delivered
        and (last_day(one.debt, ends) or date.min) >= ends
    ]
    # up to the end of the term, what is open today is what it would be about
    open_then = [one.debt.open_on(min(ends, day)) for one in late]
    total = collection_cost(sum(open_then, ZERO), law.vat_percent)
    for one, part in zip(late, apportioned(total, open_then), strict=True):
        one.cost_from = letter.clock.cost_from
        one.cost = part
        if not part:
            one.reasons.append("paid_in_term")
        elif day < one.cost_from:
            one.reasons.append("wik_running")


def cost_of_contracts(judged, law: Law):
    """Missed terms of one continuing contract cost less, where that rule is on."""
    if not law.periodic:
        return
    missed = {}
    for one in sorted(judged, key=lambda one: one.debt.term.due):
        if not (one.debt.contract and one.cost and one.debt.letter_needed):
            continue
        earlier = missed.setdefault((one.debt.partner_id, one.debt.contract), [])
        due = one.debt.term.due
        cost = periodic_cost(one.debt.owed, due, earlier, law.periodic)
        if cost is not None:
            one.cost = cost
            one.reasons.append("periodic")
            earlier.append((due, cost))


def cost_of_businesses(judged, law: Law, day: date):
    """The cost of a business over what it was in default with, summed or each apart."""
    groups = {}
    for one in judged:
        if one.debt.letter_needed:
            if not one.cost_from and one.start and "paid_in_time" not in one.reasons:
                one.reasons.append("no_letter")
        elif one.start and one.start <= (last_day(one.debt, day) or date.min):
            groups.setdefault(one.debt.partner_id, []).append(one)
        elif one.start and not one.debt.insolvent:
            one.cost_from = one.start
    for group in groups.values():
        owed = [one.debt.open_on(one.start - timedelta(days=1)) for one in group]
        for one, part in zip(group, _shares(group, owed, law), strict=True):
            one.cost, one.cost_from = part, one.start
            if part and not one.debt.reminded:
                one.reasons.append("not_reminded")


def _shares(group, owed, law: Law) -> list:
    """Each debt's part of the cost; what was never reminded counts for the minimum."""
    if law.separately:
        return [
            cost_of_business([_base(one, amount)], True, law.vat_percent)
            for one, amount in zip(group, owed, strict=True)
        ]
    if any(one.debt.reminded for one in group):
        owed = [
            amount if one.debt.reminded else ZERO
            for one, amount in zip(group, owed, strict=True)
        ]
        return apportioned(cost_of_business(owed, False, law.vat_percent), owed)
    total = cost_of_business([min(sum(owed, ZERO), MINIMUM)], False, law.vat_percent)
    return apportioned(total, owed)


def _base(one, amount):
    """What the scale is taken over: at most the minimum when nothing was done."""
    return amount if one.debt.reminded else min(amount, MINIMUM)


__test__ = {
    "a letter of two debts, one of them paid within its term": """
    >>> from .default_start import Term
    >>> from .receipt_clock import receipt_clock
    >>> term = Term(date(2026, 3, 1), True, "consumer")
    >>> def judged(number, **facts):
    ...     debt = Debt(number, 1, 3, Decimal(1000), term, letter_needed=True, **facts)
    ...     return Judged(debt, date(2026, 3, 2))
    >>> from .allocation import Payment
    >>> paid = Payment(date(2026, 3, 24), Decimal(1000))
    >>> both = [judged(1), judged(2, payments=(paid,))]
    >>> letter = Letter(9, receipt_clock("email", date(2026, 3, 10)),
    ...                 frozenset({(1, 1), (2, 1)}))
    >>> cost_by_letter(both, letter, Law(), date(2026, 3, 25))
    >>> [(str(one.cost), one.reasons) for one in both]
    [('150.00', []), ('0.00', ['paid_in_term'])]
    """,
}
