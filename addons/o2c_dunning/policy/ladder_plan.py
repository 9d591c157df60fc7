"""What a ladder does to one invoice that nobody ever pays, day by day.

It is played with :func:`policy.ladder.next_step`, which decides in the nightly run too:
a drawing that shows something else than the run does would be worse than none.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .ladder import SENT, Reminded, Step, next_step
from .receipt_clock import SECOND_DAY, ReceiptClock, receipt_clock

#: Days before and after the due date that are played.
BEFORE, AFTER = 90, 400


@dataclass(frozen=True, slots=True)
class Rung:
    """A step with what it says, as far as the law looks at it."""

    step: Step
    channel: str = "email"
    charge_info: str = "none"
    pay_within: int = 7


@dataclass(frozen=True, slots=True)
class Planned:
    """A step on its day, and why that is not the day it asks for.

    ``asks``: due date plus its days. ``reasons``: usual, day_off, interval, clock.
    """

    rung: Rung
    asks: date
    on: date
    reasons: tuple = ()
    clock: ReceiptClock | None = None


def plan(
    rungs, due: date, holidays=frozenset(), terms=SECOND_DAY, extend=False
) -> tuple:
    """The days on which each step is taken when every message is sent at once.

    A proposal to hand over waits until the term of the 14-day letter has passed.

    :param rungs: the ladder, in any order
    :param holidays: official holidays, for the receipt of letters
    :param terms: postal days by date, see :func:`policy.receipt_clock.postal_days`
    :param bool extend: see :func:`policy.receipt_clock.clock_from_delivery`

    >>> rungs = [Rung(Step(1, 3)), Rung(Step(2, 17, 10))]
    >>> [day.on.isoformat() for day in plan(rungs, date(2026, 3, 1))]
    ['2026-03-04', '2026-03-18']

    A weekend moves the first step, and the interval after it the second.

    >>> rungs = [Rung(Step(n, days, 7, holidays=frozenset()))
    ...          for n, days in ((1, 2), (2, 8))]
    >>> [(str(day.on), day.reasons) for day in plan(rungs, date(2026, 3, 5))]
    [('2026-03-09', ('day_off',)), ('2026-03-16', ('interval',))]
    """
    steps = [rung.step for rung in rungs]
    by_key = {rung.step.key: rung for rung in rungs}
    history, planned, clock = [], [], None
    for ahead in range(-BEFORE, AFTER):
        today = due + timedelta(days=ahead)
        step = next_step(steps, history, due, today).step
        if not step or (step.kind == "handover" and clock and today < clock.cost_from):
            continue
        rung = by_key[step.key]
        why = _why(step, due, today, history, clock)
        own = None
        if step.kind == "wik":
            own = receipt_clock(rung.channel, today, holidays, terms, extend)
        clock = own or clock
        planned.append(Planned(rung, due + timedelta(days=step.days), today, why, own))
        history.append(Reminded(step.days, due, SENT, today))
    return tuple(planned)


def _why(step: Step, due: date, today: date, history, clock) -> tuple:
    """Why a step is not taken on the day it asks for."""
    asks = due + timedelta(days=step.days)
    wants = max(asks, due + timedelta(days=step.not_before or step.days))
    sent = max((past.sent_on for past in history), default=None)
    free = sent and sent + timedelta(days=step.min_interval)
    found = (
        ("usual", wants > asks),
        ("day_off", step.date_for(due) != wants),
        ("interval", free and free > step.date_for(due)),
        ("clock", step.kind == "handover" and clock and today == clock.cost_from),
    )
    return tuple(code for code, holds in found if holds)


__test__ = {
    "the hand-over is the later of its day and the clock of the letter": """
    Sixteen days after a posted letter is too soon: posted on Tuesday 31 March, the
    first day on which cost is owed is Friday 17 April, day 47.

    >>> rungs = [Rung(Step(1, 30, kind="wik"), "letter"),
    ...          Rung(Step(2, 46, 16, kind="handover"))]
    >>> letter, over = plan(rungs, date(2026, 3, 1))
    >>> letter.on, letter.clock.cost_from
    (datetime.date(2026, 3, 31), datetime.date(2026, 4, 17))
    >>> over.asks, over.on, over.reasons
    (datetime.date(2026, 4, 16), datetime.date(2026, 4, 17), ('clock',))

    Its own day counts when that is later:

    >>> rungs[1] = Rung(Step(2, 55, 16, kind="handover"))
    >>> plan(rungs, date(2026, 3, 1))[1].reasons
    ()
    """,
    "slower post and a term that is extended move the hand-over, as in the run": """
    >>> rungs = [Rung(Step(1, 30, kind="wik"), "letter"),
    ...          Rung(Step(2, 46, 16, kind="handover"))]
    >>> def over(**law):
    ...     return str(plan(rungs, date(2026, 3, 1), **law)[1].on)
    >>> over(), over(terms=((date(2026, 1, 1), 3),)), over(extend=True)
    ('2026-04-17', '2026-04-18', '2026-04-17')
    >>> over(terms=((date(2026, 1, 1), 4),)), over(
    ...     terms=((date(2026, 1, 1), 4),), extend=True)
    ('2026-04-19', '2026-04-21')
    """,
    "a step before the due date, on 29 February": """
    >>> rungs = [Rung(Step(1, -3)), Rung(Step(2, 2))]
    >>> [str(day.on) for day in plan(rungs, date(2028, 3, 3))]
    ['2028-02-29', '2028-03-05']
    """,
}
