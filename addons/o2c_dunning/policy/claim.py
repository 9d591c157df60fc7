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

from dataclasses import replace
from datetime import date, timedelta

from .allocation import ZERO, Cost, Statement, statement
from .claim_cost import Judged, cost_by_letter, cost_of_businesses, cost_of_contracts
from .debt import ClaimFigures, Debt, Law, last_day
from .default_start import CONSUMER, default_start
from .interest import Rate, rates_until


def claims(debts, letters, law: Law, day: date, interest_until=None) -> dict:
    """Cost and interest of every document on a day.

    :param date interest_until: last day that bears interest, where the rate after it is
        not known; cost does not depend on a rate and is that of the day
    :param debts: :class:`Debt` records of one company
    :param letters: :class:`Letter` records about them, in the order they left
    :return: dict of move id to :class:`ClaimFigures`
    """
    judged = [_judged(debt, day) for debt in debts]
    for letter in letters:
        cost_by_letter(judged, letter, law, day)
    cost_of_contracts(judged, law)
    cost_of_businesses(judged, law, day)
    figures = {}
    for one in judged:
        mine = _figures(one, law, day, interest_until)
        known = figures.get(mine.move_id)
        figures[mine.move_id] = _joined(known, mine) if known else mine
    return figures


def _judged(debt: Debt, day: date) -> Judged:
    """When default begins, and what already says no."""
    start = default_start(debt.term)
    one = Judged(debt, None if debt.is_claim else start.on)
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
    if debt.plan and debt.plan.mode != "charged":
        one.reasons.append(f"plan_{debt.plan.mode}")
    if one.start and debt.open_on(one.start - timedelta(days=1)) <= 0:
        one.reasons.append("paid_in_time" if debt.owed else "nothing_owed")
    return one


def _figures(one: Judged, law: Law, day: date, interest_until) -> ClaimFigures:
    """The statement of one debt, with its cost from the day that is owed."""
    debt, until = one.debt, last_day(one.debt, day)
    owed_now = _cost_on(one, day)
    costs = [Cost(one.cost_from, owed_now)] if owed_now else []
    rates, compound = _rates(debt, law)
    if interest_until:
        rates = rates_until(rates, interest_until)
    made = Statement((), open_principal=debt.owed)
    if until:
        made = statement(
            debt.owed,
            None if {"nothing_owed", "plan_waived"} & {*one.reasons} else one.start,
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


def _cost_on(one: Judged, day: date):
    """The cost that is owed on a day, as far as a payment plan leaves it."""
    if "plan_waived" in one.reasons:
        return ZERO
    if "plan_owed" in one.reasons:
        day = min(day, one.debt.plan.since)
    return one.cost if one.cost_from and one.cost_from <= day else ZERO


def _rates(debt: Debt, law: Law):
    """The rates of one debt and whether its interest is compounded."""
    rates = law.civil if debt.term.debtor == CONSUMER else law.trade
    compound = True
    if debt.contract_rate is not None:
        rates = (Rate(date.min, debt.contract_rate),)
        compound = law.compound_contract
    if debt.plan and debt.plan.mode == "owed":
        rates = rates_until(rates, debt.plan.since)
    return rates, compound


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
    "interest stops where the rate is not known, the cost of a later day counts": """
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
    >>> from .receipt_clock import receipt_clock
    >>> six = (Rate(date(2020, 1, 1), Decimal(6)),)
    >>> law = Law(civil=six, trade=six)
    >>> term = Term(date(2026, 3, 1), True, "consumer")
    >>> debt = Debt(7, 1, 3, Decimal(1000), term, letter_needed=True)
    >>> letter = Letter(1, receipt_clock("email", date(2026, 3, 10)),
    ...                 frozenset({(7, 1)}))
    >>> def on(day, until=None):
    ...     found = claims([debt], [letter], law, day, until)[7]
    ...     return str(found.interest), str(found.cost)
    >>> first, later = date(2026, 3, 11), date(2026, 3, 31)
    >>> on(first), on(later), on(later, first)
    (('1.64', '0.00'), ('4.93', '150.00'), ('1.64', '150.00'))
    """,
    "a consumer: nothing without a letter, everything the day after its term": """
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
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
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
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
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
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
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
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
    "a payment plan: waived, owed up to the day it began, charged": """
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter, PlanTerms
    >>> from .default_start import Term
    >>> from .receipt_clock import receipt_clock
    >>> six = (Rate(date(2020, 1, 1), Decimal(6)),)
    >>> law, term = Law(civil=six, trade=six), Term(date(2026, 3, 1), True)
    >>> debt = Debt(7, 1, 3, Decimal(1000), term, reminded=True)
    >>> def found(mode, day=date(2026, 5, 1), since=date(2026, 3, 31), letters=(), **f):
    ...     one = replace(debt, plan=PlanTerms(mode, since), **f)
    ...     figures = claims([one], letters, law, day)[7]
    ...     return str(figures.interest), str(figures.cost), figures.reasons
    >>> found("waived"), found("owed")
    (('0.00', '0.00', ('plan_waived',)), ('4.93', '150.00', ('plan_owed',)))
    >>> found("owed", date(2026, 3, 31))[0], found("owed", date(2026, 3, 30))[0]
    ('4.93', '4.77')
    >>> found("charged") == (
    ...     *(str(claims([debt], [], law, date(2026, 5, 1))[7].interest), "150.00"), ())
    True

    Before default began nothing was owed, so nothing is; the same for cost of a letter
    whose term ended after the plan began.

    >>> found("owed", since=date(2026, 3, 1))[:2]
    ('0.00', '0.00')
    >>> letter = Letter(1, receipt_clock("email", date(2026, 3, 10)),
    ...                 frozenset({(7, 1)}))
    >>> [found("owed", since=date(2026, 3, day), letters=[letter],
    ...        letter_needed=True)[1] for day in (24, 25)]
    ['0.00', '150.00']
    """,
    "the last day that may leave the house": """
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
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
    >>> from decimal import Decimal
    >>> from .debt import Debt, Law, Letter
    >>> from .default_start import Term
    >>> from .collection_cost import PeriodicRule
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
