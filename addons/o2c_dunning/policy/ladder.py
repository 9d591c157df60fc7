"""Which step of its ladder an open item has reached.

One step at a time: the next step is the first one beyond the last step that was
really sent, so a skipped night, a back-dated run or an item that comes in very
late never jumps. A reminder that was written but not sent, or that bounced, does
not count as progress. A ladder may change under an item (another grade): position
is kept in days after the due date, which every ladder shares.
"""

from dataclasses import dataclass
from datetime import date, timedelta

UNSENT, SENT, BOUNCED = "unsent", "sent", "bounced"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: when it may be sent. ``key`` is the caller's own reference."""

    key: int
    days: int
    min_interval: int = 0


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
    due_on = due + timedelta(days=step.days)
    free_on = max(sent_dates, default=date.min)
    if sent_dates:
        free_on += timedelta(days=step.min_interval)
    if today < due_on and due_on >= free_on:
        return StepDecision(None, "step_later" if today > due else "not_due", due_on)
    if today < free_on:
        return StepDecision(None, "interval", max(due_on, free_on))
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
