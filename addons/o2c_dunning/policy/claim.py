"""What a debtor owes besides his invoices: cost and interest, per document, with what
stands in the way.

Interest: from default. Cost of a consumer: only after a valid 14-day letter has run
out (art. 6:96(6) BW), over the principals in that letter together (6:96(7)), as far as
they were not paid within it. Cost of a business or a public body: from default, and
more than the minimum of 40 euro only when something was done, such as a reminder.
After insolvency nothing runs on (art. 128 Fw). What is disputed bears nothing.
Sources: https://wetten.overheid.nl/BWBR0005289 (Book 6),
https://zoek.officielebekendmakingen.nl/stb-2012-141.html.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from .allocation import LAW, ZERO, Cost, Statement, statement
from .collection_cost import (
    MINIMUM,
    PeriodicRule,
    apportioned,
    collection_cost,
    cost_of_business,
    periodic_cost,
)
from .default_start import CONSUMER, Term, default_start
from .interest import FIXED, Period, Rate
from .receipt_clock import ReceiptClock


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


@dataclass(slots=True)
class _Judged:
    """A debt on its way to figures."""

    debt: Debt
    start: date | None
    reasons: list = field(default_factory=list)
    cost: Decimal = ZERO
    cost_from: date | None = None


def claims(debts, letters, law: Law, day: date) -> dict:
    """Cost and interest of every document on a day.

    :param debts: :class:`Debt` records of one company
    :param letters: :class:`Letter` records about them, in the order they left
    :return: dict of move id to :class:`ClaimFigures`
    """
    judged = [_judged(debt, day) for debt in debts]
    for letter in letters:
        _cost_by_letter(judged, letter, law, day)
    _cost_of_contracts(judged, law)
    _cost_of_businesses(judged, law, day)
    figures = {}
    for one in judged:
        mine = _figures(one, law, day)
        known = figures.get(mine.move_id)
        figures[mine.move_id] = _joined(known, mine) if known else mine
    return figures


def _judged(debt: Debt, day: date) -> _Judged:
    """When default begins, and what already says no."""
    start = default_start(debt.term)
    one = _Judged(debt, None if debt.is_claim else start.on)
    if debt.is_claim:
        one.reasons.append("is_claim")
    elif start.on is None:
        one.reasons.append(start.reason)
    elif start.on > day:
        one.reasons.append("not_default")
    if debt.insolvent:
        one.reasons.append("insolvent")
    if debt.disputed:
        one.reasons.append("disputed")
    if one.start and debt.open_on(one.start - timedelta(days=1)) <= 0:
        one.reasons.append("paid_in_time" if debt.owed else "nothing_owed")
    return one


def last_day(debt: Debt, day: date) -> date | None:
    """The last day that counts; before the insolvency, and none when that has no date.

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


def _cost_by_letter(judged, letter: Letter, law: Law, day: date):
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


def _cost_of_contracts(judged, law: Law):
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


def _cost_of_businesses(judged, law: Law, day: date):
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


def _figures(one: _Judged, law: Law, day: date) -> ClaimFigures:
    """The statement of one debt, with its cost from the day that is owed."""
    debt, until = one.debt, last_day(one.debt, day)
    owed_now = one.cost if one.cost_from and one.cost_from <= day else ZERO
    costs = [Cost(one.cost_from, owed_now)] if owed_now else []
    rates, compound = _rates(debt, law)
    made = Statement((), open_principal=debt.owed)
    if until:
        made = statement(
            debt.owed,
            None if "nothing_owed" in one.reasons else one.start,
            until,
            rates,
            debt.payments,
            costs,
            law.order,
            law.day_basis,
            compound,
        )
    return ClaimFigures(
        debt.move_id,
        day,
        debt.open_on(day),
        made.interest,
        owed_now,
        one.start,
        one.cost_from,
        made.sure,
        tuple(dict.fromkeys([*one.reasons, *made.reasons])),
        ((debt.instalment, made),),
    )


def _rates(debt: Debt, law: Law):
    """The rates of one debt and whether its interest is compounded."""
    if debt.contract_rate is not None:
        return (Rate(date.min, debt.contract_rate),), law.compound_contract
    return (law.civil if debt.term.debtor == CONSUMER else law.trade), True


def _joined(known: ClaimFigures, mine: ClaimFigures) -> ClaimFigures:
    """Instalments of one document together: the earliest days, every reason."""
    return replace(
        known,
        principal=known.principal + mine.principal,
        interest=known.interest + mine.interest,
        cost=known.cost + mine.cost,
        default_from=_earliest(known.default_from, mine.default_from),
        cost_from=_earliest(known.cost_from, mine.cost_from),
        sure=known.sure and mine.sure,
        reasons=tuple(dict.fromkeys([*known.reasons, *mine.reasons])),
        statements=known.statements + mine.statements,
    )


def _earliest(*days):
    return min((day for day in days if day), default=None)


__test__ = {
    "a consumer: nothing without a letter, everything the day after its term": """
    >>> from .receipt_clock import receipt_clock
    >>> six = (Rate(date(2020, 1, 1), Decimal(6)),)
    >>> law = Law(civil=six, trade=six)
    >>> term = Term(date(2026, 3, 1), True, "consumer")
    >>> debt = Debt(7, 1, 3, Decimal(1000), term, letter_needed=True)
    >>> none = claims([debt], [], law, date(2026, 3, 31))[7]
    >>> str(none.interest), str(none.cost), none.cost_from, none.reasons
    ('4.93', '0.00', None, ('no_letter',))
    >>> letter = Letter(1, receipt_clock("email", date(2026, 3, 10)),
    ...                 frozenset({(7, 1)}))
    >>> def on(day):
    ...     found = claims([debt], [letter], law, date(2026, 3, day))[7]
    ...     return str(found.cost), str(found.cost_from), found.reasons
    >>> on(24)
    ('0.00', '2026-03-25', ('wik_running',))
    >>> on(25)
    ('150.00', '2026-03-25', ())

    A letter that came back has no clock; one that arrived before default says nothing.

    >>> back = Letter(1, None, frozenset({(7, 1)}))
    >>> claims([debt], [back], law, date(2026, 5, 1))[7].reasons
    ('no_letter',)
    >>> early = Letter(1, receipt_clock("email", date(2026, 3, 1)), frozenset({(7, 1)}))
    >>> claims([debt], [early], law, date(2026, 5, 1))[7].reasons
    ('no_letter',)
    >>> first = Letter(1, receipt_clock("email", date(2026, 3, 2)), frozenset({(7, 1)}))
    >>> claims([debt], [first], law, date(2026, 5, 1))[7].cost
    Decimal('150.00')
    """,
    "paid within the term, in part and in full; two invoices in one letter": """
    >>> from .allocation import Payment
    >>> from .receipt_clock import receipt_clock
    >>> law = Law()
    >>> term = Term(date(2026, 3, 1), True, "consumer")
    >>> letter = Letter(1, receipt_clock("email", date(2026, 3, 10)),
    ...                 frozenset({(7, 1), (8, 1)}))
    >>> def cost(*paid):
    ...     debts = [Debt(7, 1, 3, Decimal(1000), term, payments=paid,
    ...                   letter_needed=True),
    ...              Debt(8, 1, 3, Decimal(500), term, letter_needed=True)]
    ...     found = claims(debts, [letter], law, date(2026, 4, 1))
    ...     return str(found[7].cost), str(found[8].cost)
    >>> cost()
    ('150.00', '75.00')
    >>> cost(Payment(date(2026, 3, 24), Decimal(500)))
    ('75.00', '75.00')
    >>> cost(Payment(date(2026, 3, 25), Decimal(500)))
    ('150.00', '75.00')
    >>> cost(Payment(date(2026, 3, 24), Decimal(1000)))
    ('0.00', '75.00')
    """,
    "a business: from default, the minimum until it was reminded, summed or apart": """
    >>> term = Term(date(2026, 3, 1), True)
    >>> debts = [Debt(7, 1, 3, Decimal(1000), term), Debt(8, 1, 3, Decimal(1000), term)]
    >>> def costs(debts, day=date(2026, 3, 2), **law):
    ...     return [str(f.cost) for f in claims(debts, [], Law(**law), day).values()]
    >>> costs(debts), costs(debts, date(2026, 3, 1))
    (['20.00', '20.00'], ['0.00', '0.00'])
    >>> costs(debts, separately=True)
    ['40.00', '40.00']
    >>> told = [replace(debt, reminded=True) for debt in debts]
    >>> costs(told), costs(told, separately=True)
    (['150.00', '150.00'], ['150.00', '150.00'])
    >>> costs(told, vat_percent=Decimal(21))
    ['181.50', '181.50']
    >>> claims(debts[:1], [], Law(), date(2026, 3, 2))[7].reasons
    ('not_reminded', 'no_rate')
    """,
    "disputed, credited, insolvent": """
    >>> from .allocation import Payment
    >>> six = (Rate(date(2020, 1, 1), Decimal(6)),)
    >>> law, term = Law(civil=six, trade=six), Term(date(2026, 3, 1), True)
    >>> debt = Debt(7, 1, 3, Decimal(1000), term, reminded=True)
    >>> def found(day=date(2026, 3, 31), **facts):
    ...     figures = claims([replace(debt, **facts)], [], law, day)[7]
    ...     return str(figures.interest), str(figures.cost), figures.reasons
    >>> found()
    ('4.93', '150.00', ())
    >>> found(disputed=Decimal(400)), found(corrected=Decimal(400))
    (('2.96', '90.00', ('disputed',)), ('2.96', '90.00', ()))
    >>> found(disputed=Decimal(1000))[:2]
    ('0.00', '0.00')
    >>> found(insolvent=True), found(insolvent=True, insolvent_on=date(2026, 3, 12))
    (('0.00', '0.00', ('insolvent',)), ('1.64', '150.00', ('insolvent',)))
    >>> found(insolvent=True, insolvent_on=date(2026, 3, 2))[:2]
    ('0.00', '0.00')
    >>> found(payments=(Payment(date(2026, 3, 1), Decimal(1000)),))
    ('0.00', '0.00', ('paid_in_time',))
    >>> found(contract_rate=Decimal(12))[0]
    '9.86'
    """,
    "the last day that may leave the house": """
    >>> rates = (Rate(date(2025, 7, 1), Decimal(6)),
    ...          Rate(date(2026, 1, 1), Decimal(4), sure=False))
    >>> debt = Debt(7, 1, 3, Decimal(1000), Term(date(2025, 12, 1), True))
    >>> figures = claims([debt], [], Law(trade=rates), date(2026, 2, 1))[7]
    >>> figures.sure, figures.sure_until
    (False, datetime.date(2025, 12, 31))
    >>> claims([debt], [], Law(trade=rates), date(2025, 12, 30))[7].sure_until
    datetime.date(2025, 12, 30)
    """,
    "terms of one contract, with the rule and without": """
    >>> from .receipt_clock import receipt_clock
    >>> def term(month):
    ...     return Term(date(2026, month, 1), True, "consumer")
    >>> debts = [Debt(n, 1, 3, Decimal(100), term(n), letter_needed=True,
    ...               contract="gym") for n in (1, 2, 3)]
    >>> letters = [Letter(n, receipt_clock("email", date(2026, n, 10)),
    ...                   frozenset({(n, 1)})) for n in (1, 2, 3)]
    >>> def costs(**law):
    ...     found = claims(debts, letters, Law(**law), date(2026, 5, 1))
    ...     return [str(figures.cost) for figures in found.values()]
    >>> costs(), costs(periodic=PeriodicRule(date(2024, 10, 1)))
    (['40.00', '40.00', '40.00'], ['40.00', '20.00', '20.00'])
    """,
}
