"""Which step of its ladder an open item has reached.

One step at a time: the next step is the first one beyond the last step that was
really sent, so a skipped night, a back-dated run or an item that comes in very
late never jumps. A reminder that was written but not sent, or that bounced, does
not count as progress. A ladder may change under an item (another grade): position
is kept in days after the due date, which every ladder shares.

A step keeps its number of days whatever happens to its date: it moves to the next
working day, and the first one may wait until the customer usually pays.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from .working_days import is_working_day, next_working_day

UNSENT, SENT, BOUNCED = "unsent", "sent", "bounced"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: when it may be sent. ``key`` is the caller's own reference."""

    key: int
    days: int
    min_interval: int = 0
    #: reminder, default, wik or handover: what it is in law
    kind: str = "reminder"
    #: taken on working days only, without these days; None: on any day
    holidays: frozenset | None = field(default=None, compare=False, repr=False)
    #: days after due before which it is not taken, where that is later than ``days``
    not_before: int | None = None
    #: the first step may wait for the customer's usual day until this day after due
    wait_at_most: int = 0
    #: only for a customer who owes this much overdue, in company currency
    min_amount: Decimal = Decimal(0)
    #: only for customers of these segments, of this kind of debtor; empty: for all
    segments: frozenset = frozenset()
    debtor: str = ""
    #: only for documents that bill this kind of things; empty: for all
    bills: str = ""

    def date_for(self, due: date) -> date:
        """The day on which this step may be taken of something due on a day.

        Two days after Thursday 5 March 2026 is a Saturday:

        >>> Step(1, 2, holidays=frozenset()).date_for(date(2026, 3, 5))
        datetime.date(2026, 3, 9)
        >>> Step(1, 2).date_for(date(2026, 3, 5))
        datetime.date(2026, 3, 7)

        A reminder in advance comes before the weekend rather than after the due date.

        >>> Step(1, -1, holidays=frozenset()).date_for(date(2026, 3, 8))
        datetime.date(2026, 3, 6)
        """
        day = due + timedelta(days=max(self.days, self.not_before or self.days))
        moved = self.working(day)
        while self.days < 0 and moved > due:
            day -= timedelta(days=1)
            moved = day if is_working_day(day, self.holidays) else moved
        return moved

    def working(self, day: date) -> date:
        """The day itself, or the next one on which this step may be taken."""
        return day if self.holidays is None else next_working_day(day, self.holidays)


@dataclass(frozen=True, slots=True)
class Climber:
    """What decides which steps a customer meets, and when the first one comes."""

    overdue: Decimal = Decimal(0)
    segment: int = 0
    debtor: str = "business"
    #: days after the due date on which he usually pays; None: not known, or a bad payer
    usual_days: int | None = None


def steps_for(steps, climber: Climber) -> tuple:
    """The steps that hold for a customer. One that does not is left out: the next
    takes its place on its own day.

    The first one waits for the day on which he usually pays, if it may; not at all for
    somebody who pays later than it would wait.

    >>> steps = [Step(1, 3), Step(2, 9, min_amount=Decimal(1000)), Step(3, 17)]
    >>> [s.days for s in steps_for(steps, Climber(Decimal("999.99")))]
    [3, 17]
    >>> [s.days for s in steps_for(steps, Climber(Decimal(1000)))]
    [3, 9, 17]
    >>> only = [Step(1, 3, debtor="consumer"), Step(2, 3, segments=frozenset([7]))]
    >>> [s.key for s in steps_for(only, Climber(segment=7))]
    [2]

    He usually pays six days late: the first step comes on the day after.

    >>> patient = [Step(1, 3, wait_at_most=10), Step(3, 17)]
    >>> [s.not_before for s in steps_for(patient, Climber(usual_days=6))]
    [7, None]

    Who pays eleven days late is not waited for when ten is the most:

    >>> steps_for(patient, Climber(usual_days=10))[0].not_before
    11
    >>> steps_for(patient, Climber(usual_days=11))[0].not_before is None
    True
    """
    left = [step for step in steps if _holds(step, climber)]
    usual = climber.usual_days
    first = min((s for s in left if s.days >= 0), key=lambda s: s.days, default=None)
    if first and usual is not None and first.days <= usual <= first.wait_at_most:
        left[left.index(first)] = replace(first, not_before=usual + 1)
    return tuple(left)


def _holds(step: Step, climber: Climber) -> bool:
    """Whether the conditions of a step are met by this customer."""
    return (
        climber.overdue >= step.min_amount
        and (not step.segments or climber.segment in step.segments)
        and step.debtor in ("", climber.debtor)
    )


def for_document(steps, kinds) -> tuple:
    """The steps that hold for a document, by what it bills. One that bills several
    kinds of things meets the steps of each; one of which nothing is known, as an
    opening balance, meets the steps that are for every document.

    >>> steps = [Step(1, 3, bills="goods"), Step(2, 9, bills="service"), Step(3, 17)]
    >>> [step.days for step in for_document(steps, {"goods"})]
    [3, 17]
    >>> [step.days for step in for_document(steps, {"goods", "service"})]
    [3, 9, 17]
    >>> [step.days for step in for_document(steps, ())]
    [17]
    """
    return tuple(step for step in steps if not step.bills or step.bills in kinds)


@dataclass(frozen=True, slots=True)
class Reminded:
    """An earlier reminder of this item, with the due date it spoke of."""

    days: int
    due: date
    state: str
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepDecision:
    """The step that is due today, or why none is and when the next one comes."""

    step: Step | None
    reason: str = ""
    on: date | None = None


def still_counts(reminded: Reminded, due: date) -> bool:
    """An earlier reminder counts unless the customer got a later due date since.

    >>> old = Reminded(2, date(2026, 3, 1), SENT, date(2026, 3, 3))
    >>> still_counts(old, date(2026, 3, 1)), still_counts(old, date(2026, 4, 1))
    (True, False)
    """
    return due <= reminded.due


def next_step(steps, history, due: date, today: date, legal_due=None) -> StepDecision:
    """The one step this item may take today; more examples at the end of the file.

    :param steps: the ladder, in any order
    :param history: earlier reminders of the item (:class:`Reminded`)
    :param due: day the clock counts from (see ``may_remind.clock``)
    :param legal_due: due date on the invoice, when it differs from ``due``

    >>> steps = [Step(1, 2), Step(2, 18, 10), Step(3, 34, 10)]
    >>> due = date(2026, 3, 1)
    >>> next_step(steps, [], due, date(2026, 3, 2))
    StepDecision(step=None, reason='step_later', on=datetime.date(2026, 3, 3))
    >>> next_step(steps, [], date(2026, 3, 2), date(2026, 3, 2)).reason
    'not_due'
    >>> next_step(steps, [], due, date(2026, 3, 3)).step.days
    2
    """
    counted = [past for past in history if still_counts(past, legal_due or due)]
    if any(past.state == UNSENT for past in counted):
        return StepDecision(None, "previous_unsent")
    last = max(counted, key=lambda past: past.days, default=None)
    if last and last.state == BOUNCED:
        return StepDecision(None, "previous_bounced")
    left = [
        step
        for step in steps
        if (not last or step.days > last.days) and (step.days >= 0 or today <= due)
    ]
    if not left:
        return StepDecision(None, "ladder_done" if steps else "no_ladder")
    step = min(left, key=lambda step: step.days)
    return _when(step, due, today, [past.sent_on for past in counted if past.sent_on])


def _when(step: Step, due: date, today: date, sent_dates) -> StepDecision:
    """Whether the step may be taken today, or on which day."""
    due_on = step.date_for(due)
    free_on = max(sent_dates, default=date.min)
    if sent_dates:
        free_on = step.working(free_on + timedelta(days=step.min_interval))
    if today < due_on and due_on >= free_on:
        return StepDecision(None, "step_later" if today > due else "not_due", due_on)
    if today < free_on:
        return StepDecision(None, "interval", max(due_on, free_on))
    if step.working(today) != today:
        return StepDecision(None, "step_later", step.working(today))
    return StepDecision(step, "", today)


__test__ = {
    "one step at a time": """
    Sixty days late and never reminded: the first step, not the last.

    >>> steps = [Step(1, 2), Step(2, 18, 10), Step(3, 34, 10)]
    >>> due = date(2026, 3, 1)
    >>> next_step(steps, [], due, date(2026, 4, 30)).step.days
    2

    The second step waits its interval after the day the first was *sent*.

    >>> late = [Reminded(2, due, SENT, date(2026, 3, 18))]
    >>> next_step(steps, late, due, date(2026, 3, 27))
    StepDecision(step=None, reason='interval', on=datetime.date(2026, 3, 28))
    >>> next_step(steps, late, due, date(2026, 3, 28)).step.days
    18
    >>> next_step(steps, [Reminded(34, due, SENT, due)], due, date(2026, 9, 1)).reason
    'ladder_done'
    """,
    "a step waits for a working day": """
    Easter 2026: Friday 3 April to Monday 6 April nobody is reminded.

    >>> easter = frozenset((date(2026, 4, 3), date(2026, 4, 6)))
    >>> steps = [Step(1, 2, holidays=easter), Step(2, 9, 7, holidays=easter)]
    >>> due = date(2026, 4, 1)
    >>> next_step(steps, [], due, date(2026, 4, 3))
    StepDecision(step=None, reason='step_later', on=datetime.date(2026, 4, 7))
    >>> next_step(steps, [], due, date(2026, 4, 7)).step.days
    2

    The interval after what was sent ends on a working day too, and a night that was
    skipped does not make up for it on a Sunday.

    >>> sent = [Reminded(2, due, SENT, date(2026, 4, 11))]
    >>> next_step(steps, sent, due, date(2026, 4, 18)).on
    datetime.date(2026, 4, 20)
    >>> next_step(steps, [], due, date(2026, 4, 12)).on
    datetime.date(2026, 4, 13)
    """,
    "another ladder: on from the same day, never back to the start": """
    Day 18 was sent; under a stricter ladder the next is the first beyond day 18.

    >>> due = date(2026, 3, 1)
    >>> past = [Reminded(2, due, SENT, date(2026, 3, 3)),
    ...         Reminded(18, due, SENT, date(2026, 3, 19))]
    >>> strict = [Step(7, 1), Step(8, 8, 5), Step(9, 20, 5)]
    >>> next_step(strict, past, due, date(2026, 3, 24)).step.days
    20
    >>> next_step(strict, past, due, date(2026, 3, 23)).reason
    'interval'
    """,
    "a customer who usually pays on day six hears nothing before day seven": """
    >>> steps = [Step(1, 3, wait_at_most=10), Step(2, 17, 7)]
    >>> steps = steps_for(steps, Climber(usual_days=6))
    >>> next_step(steps, [], date(2026, 3, 1), date(2026, 3, 7)).on
    datetime.date(2026, 3, 8)
    >>> next_step(steps, [], date(2026, 3, 1), date(2026, 3, 8)).step.days
    3
    """,
    "what did not arrive does not count": """
    >>> steps = [Step(1, 2), Step(2, 18, 10)]
    >>> due = date(2026, 3, 1)
    >>> next_step(steps, [Reminded(2, due, UNSENT)], due, date(2026, 4, 30)).reason
    'previous_unsent'
    >>> bounced = [Reminded(2, due, BOUNCED, date(2026, 3, 3))]
    >>> next_step(steps, bounced, due, date(2026, 4, 30)).reason
    'previous_bounced'
    """,
    "a step before the due date lapses once that has passed": """
    >>> steps = [Step(9, -3), Step(1, 2)]
    >>> due = date(2026, 3, 1)
    >>> next_step(steps, [], due, date(2026, 2, 26)).step.key
    9
    >>> next_step(steps, [], due, date(2026, 3, 1)).step.key
    9
    >>> next_step(steps, [], due, date(2026, 3, 9)).step.key
    1
    """,
}
