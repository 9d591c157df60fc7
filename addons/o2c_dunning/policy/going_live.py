"""What becomes of the invoices that were late already when collecting started.

A company that goes live has old invoices. Per age band on the day it starts it chooses:
left out, reminded from the first step, or taken in at the step that they would have
reached by then. Nothing is chosen by itself: without a choice an old item is left out,
and no first message is above step 1.
"""

from datetime import date

OUT, FIRST, REACHED = "out", "first", "reached"
#: code of the band, and the last number of days late that belongs to it
BANDS = (("30", 30), ("60", 60), ("90", 90), ("365", 365), ("over", None))


def band(due: date, start: date) -> str:
    """The age band of an item on the day collecting started; empty when not late then.

    >>> start = date(2026, 4, 1)
    >>> band(start, start), band(date(2026, 3, 31), start), band(date(2026, 3, 2), start)
    ('', '30', '30')
    >>> band(date(2026, 3, 1), start), band(date(2026, 1, 31), start)
    ('60', '60')
    >>> band(date(2026, 1, 30), start), band(date(2026, 1, 1), start)
    ('90', '90')
    >>> band(date(2025, 12, 31), start), band(date(2025, 4, 1), start)
    ('365', '365')
    >>> band(date(2025, 3, 31), start), band(date(2024, 2, 29), start)
    ('over', 'over')
    """
    late = (start - due).days
    if late <= 0:
        return ""
    return next(code for code, last in BANDS if last is None or late <= last)


def entry(item, rules) -> str:
    """How an item comes in: as new items do (empty), or by the choice of its band."""
    if not rules.start or item.due >= rules.start:
        return ""
    chosen = dict(rules.bands).get(band(item.due, rules.start))
    return chosen or (FIRST if rules.old_items else OUT)


def entered(steps, item, rules):
    """The steps that are left for an item: those before the one it came in at are not.

    Only steps that write to the customer can be reached without him having heard of us:
    a proposal to hand over never comes first.

    >>> from .ladder import Step
    >>> from .may_remind import OpenItem, Rules
    >>> steps = [Step(1, 2), Step(2, 18), Step(3, 34)]
    >>> chosen = (("30", REACHED), ("60", FIRST))
    >>> rules = Rules(date(2026, 4, 9), start=date(2026, 4, 1), bands=chosen)
    >>> [step.days for step in entered(steps, OpenItem(1, date(2026, 3, 14), 1), rules)]
    [18, 34]
    >>> [step.days for step in entered(steps, OpenItem(1, date(2026, 3, 15), 1), rules)]
    [2, 18, 34]
    >>> [step.days for step in entered(steps, OpenItem(1, date(2026, 2, 14), 1), rules)]
    [2, 18, 34]

    An item that was not late yet on that day is as any other:

    >>> [step.days for step in entered(steps, OpenItem(1, date(2026, 4, 1), 1), rules)]
    [2, 18, 34]
    """
    if entry(item, rules) != REACHED:
        return steps
    late = (rules.start - item.due).days
    past = [
        step.days
        for step in steps
        if step.days <= late and step.key not in rules.silent
    ]
    first = max(past, default=None)
    return steps if first is None else [step for step in steps if step.days >= first]
