"""What one customer is told today: one message, at its highest step, with everything.

The verdict of every open item is kept, also of those that are left alone, so that
anybody can see why.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .going_live import entered
from .ladder import Step, for_document, next_step
from .may_remind import ZERO, Debtor, OpenItem, Rules, asked, clock, gates


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done with one item today, and why."""

    item: OpenItem
    step: Step | None
    reasons: tuple
    asked: Decimal
    on: date | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """What one customer is told in one currency; no step means: nothing."""

    verdicts: tuple
    step: Step | None = None
    total: Decimal = ZERO
    total_company: Decimal = ZERO


def cover(items, credit: Decimal) -> list:
    """Unapplied money and credit notes cover the oldest items first.

    >>> items = [OpenItem("new", date(2026, 3, 9), Decimal(100)),
    ...          OpenItem("old", date(2026, 3, 1), Decimal(100))]
    >>> [(i.key, str(i.covered)) for i in cover(items, Decimal(130))]
    [('old', '100'), ('new', '30')]

    What is disputed is not paid with somebody's credit.

    >>> items = [OpenItem(1, date(2026, 3, 1), Decimal(100), disputed=Decimal(60))]
    >>> [str(i.covered) for i in cover(items, Decimal(130))]
    ['40']
    """
    covered = []
    for item in sorted(items, key=lambda item: item.due):
        part = min(credit, asked(item))
        credit -= part
        covered.append(replace(item, covered=part) if part else item)
    return covered


def judge(item: OpenItem, debtor: Debtor, rules: Rules, steps) -> Verdict:
    """The verdict on one item by itself."""
    due = clock(item)
    steps = entered(for_document(steps, item.kinds), item, rules)
    decision = next_step(steps, item.history, due, rules.today, legal_due=item.due)
    reasons = gates(item, debtor, rules)
    overdue = rules.today > due
    if decision.reason:
        # an item that nobody would remind yet anyway is simply not due
        early = decision.reason == "not_due" and not overdue
        extra = (decision.reason,)
        reasons = extra + reasons if early else reasons + extra
    step = None if reasons else decision.step
    return Verdict(item, step, reasons, asked(item), decision.on, overdue)


def write_to(debtor: Debtor, items, credit: Decimal, rules: Rules, steps) -> Message:
    """The message of today for one customer in one currency.

    :param credit: unapplied payments and credit notes in that currency, positive

    >>> steps = [Step(1, 2), Step(2, 18, 10)]
    >>> today = Rules(today=date(2026, 3, 20), tolerance=Decimal(5))
    >>> old = OpenItem("old", date(2026, 3, 1), Decimal(100))
    >>> new = OpenItem("new", date(2026, 3, 15), Decimal(50))
    >>> message = write_to(Debtor(), [old, new], Decimal(0), today, steps)
    >>> message.step.days, str(message.total), [v.step.days for v in message.verdicts]
    (2, '150', [2, 2])
    """
    verdicts = [judge(item, debtor, rules, steps) for item in cover(items, credit)]
    return _message(verdicts, rules)


def still_due(debtor: Debtor, items, credit: Decimal, rules: Rules, listed) -> Message:
    """What is left of a message when it is sent: amounts and reasons taken again.

    The ladder was decided when the message was written; only the gates count now.

    :param listed: dict of item key to the step that the message takes it to

    >>> item = OpenItem("a", date(2026, 3, 1), Decimal(100))
    >>> rules = Rules(today=date(2026, 3, 20))
    >>> still_due(Debtor(), [item], Decimal(0), rules, {"a": Step(1, 2)}).step.days
    2
    >>> still_due(Debtor(), [], Decimal(0), rules, {"a": Step(1, 2)}).step is None
    True
    >>> paused = Debtor(answered=True)
    >>> still_due(paused, [item], Decimal(0), rules, {"a": Step(1, 2)}).step is None
    True
    """
    verdicts = []
    for item in cover(items, credit):
        step, overdue = listed.get(item.key), rules.today > clock(item)
        reasons = gates(item, debtor, rules)
        if not step and not overdue:
            reasons = ("not_due", *reasons)
        verdicts.append(
            Verdict(
                item, None if reasons else step, reasons, asked(item), None, overdue
            )
        )
    return _message(verdicts, rules)


def part_off(message: Message, kind: str, code: str, rules: Rules) -> tuple:
    """Take the items whose step is of a kind out of a message; the rest stays.

    A proposal to hand over is no message: nobody writes it to the customer, and his
    other invoices are reminded as if it were not there. The money is still asked.

    :param kind: kind of steps that send nothing
    :param code: reason that the items get instead
    :return: (message without them, verdicts that had such a step)

    >>> from .ladder import Reminded
    >>> steps = [Step(1, 2), Step(2, 18, 10, kind="handover")]
    >>> past = (Reminded(2, date(2026, 3, 1), "sent", date(2026, 3, 3)),)
    >>> old = OpenItem("old", date(2026, 3, 1), Decimal(100), history=past)
    >>> new = OpenItem("new", date(2026, 3, 15), Decimal(50))
    >>> today = Rules(today=date(2026, 3, 20))
    >>> message = write_to(Debtor(), [old, new], Decimal(0), today, steps)
    >>> message.step.days
    18
    >>> rest, apart = part_off(message, "handover", "hand_over", today)
    >>> rest.step.days, str(rest.total), [v.item.key for v in apart]
    (2, '150', ['old'])
    >>> part_off(message, "wik", "hand_over", today) == (message, ())
    True
    """
    apart = tuple(v for v in message.verdicts if v.step and v.step.kind == kind)
    if not apart:
        return message, apart
    rest = [
        replace(v, step=None, reasons=(code,)) if v in apart else v
        for v in message.verdicts
    ]
    return _message(rest, rules), apart


def chosen_only(message: Message, keys, rules: Rules) -> Message:
    """A message by hand: only the chosen items take their step, the rest is named.

    :param keys: keys of the items that somebody chose

    >>> steps = [Step(1, 2)]
    >>> items = [OpenItem(n, date(2026, 3, 1), Decimal(50)) for n in "ab"]
    >>> today = Rules(today=date(2026, 3, 20))
    >>> message = write_to(Debtor(), items, Decimal(0), today, steps)
    >>> one = chosen_only(message, {"a"}, today)
    >>> [v.reasons for v in one.verdicts], str(one.total), one.step.days
    ([(), ('not_chosen',)], '100', 2)
    """
    rest = [
        replace(v, step=None, reasons=("not_chosen",))
        if v.step and v.item.key not in keys
        else v
        for v in message.verdicts
    ]
    return _message(rest, rules)


def without_early(message: Message, early, rules: Rules) -> Message:
    """A letter of the law without the items that are not in default yet.

    They are not asked and take no step; their turn comes. When nothing that takes its
    step is in default, the letter stays as it is: it waits for the day.

    :param early: keys of the items that are not in default

    >>> steps = [Step(1, 2, kind="wik")]
    >>> items = [OpenItem(n, date(2026, 3, 1), Decimal(50)) for n in "ab"]
    >>> today = Rules(today=date(2026, 3, 20))
    >>> message = write_to(Debtor(), items, Decimal(0), today, steps)
    >>> one = without_early(message, {"b"}, today)
    >>> [v.reasons for v in one.verdicts], str(one.total), one.step.days
    ([(), ('not_in_default',)], '50', 2)
    >>> without_early(message, {"a", "b"}, today) == message
    True
    """
    if not any(v.step and v.item.key not in early for v in message.verdicts):
        return message
    rest = _message(
        [
            replace(v, step=None, reasons=("not_in_default",))
            if v.item.key in early and asks(v)
            else v
            for v in message.verdicts
        ],
        rules,
    )
    return replace(rest, step=rest.step and message.step)


def _message(verdicts, rules: Rules) -> Message:
    """Total, tolerance and the highest step."""
    asking = [verdict for verdict in verdicts if asks(verdict)]
    total = sum((verdict.asked for verdict in asking), ZERO)
    company = sum((verdict.asked * verdict.item.rate for verdict in asking), ZERO)
    if company <= rules.tolerance:
        small = ("below_tolerance",)
        return Message(
            tuple(replace(v, step=None, reasons=v.reasons or small) for v in verdicts)
        )
    due_steps = [verdict.step for verdict in verdicts if verdict.step]
    step = max(due_steps, key=lambda step: step.days, default=None)
    return Message(tuple(verdicts), step, total, company)


#: reasons that only say "no new step today": the money is asked all the same
ONLY_TIMING = frozenset(
    (
        "not_due",
        "step_later",
        "interval",
        "ladder_done",
        "previous_unsent",
        "previous_bounced",
        "hand_over",
        "not_chosen",
    )
)


def asks(verdict: Verdict) -> bool:
    """Whether the amount of this item stands in the total of a message.

    >>> item = OpenItem(1, date(2026, 3, 1), Decimal(9))
    >>> asks(Verdict(item, None, ("interval",), Decimal(9), overdue=True))
    True
    >>> asks(Verdict(item, None, ("promised",), Decimal(9), overdue=True))
    False
    >>> asks(Verdict(item, None, ("not_due",), Decimal(9)))
    False
    """
    timing_only = ONLY_TIMING.issuperset(verdict.reasons)
    return bool(verdict.step) or (verdict.overdue and timing_only)


__test__ = {
    "a credit note that covers everything: silence, with the reason": """
    >>> item = OpenItem("old", date(2026, 3, 1), Decimal(100))
    >>> today = Rules(today=date(2026, 3, 20))
    >>> message = write_to(Debtor(), [item], Decimal(100), today, [Step(1, 2)])
    >>> message.step, message.verdicts[0].reasons
    (None, ('credit_covers',))
    """,
    "the tolerance is about what the customer owes overdue in all": """
    Many small amounts are asked in the end; one of them is not.

    >>> tiny = [OpenItem(n, date(2026, 3, 1), Decimal(3)) for n in range(2)]
    >>> five = Rules(today=date(2026, 3, 20), tolerance=Decimal(5))
    >>> one = write_to(Debtor(), tiny[:1], Decimal(0), five, [Step(1, 2)])
    >>> one.verdicts[0].reasons
    ('below_tolerance',)
    >>> write_to(Debtor(), tiny, Decimal(0), five, [Step(1, 2)]).step.days
    2
    """,
    "the tolerance is an amount in company currency": """
    1,400 yen at 0.0067 are 9.38 euro, too small for ten euro; 1,500 yen are not.

    >>> ten = Rules(today=date(2026, 3, 20), tolerance=Decimal(10))
    >>> def yen(amount):
    ...     item = OpenItem(1, date(2026, 3, 1), Decimal(amount), Decimal("0.0067"))
    ...     return write_to(Debtor(), [item], Decimal(0), ten, [Step(1, 2)])
    >>> yen(1400).step is None, yen(1500).step.days
    (True, 2)
    """,
}
