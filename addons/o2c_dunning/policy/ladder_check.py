"""Does a ladder keep to the law, and to itself? Findings with a code, a weight and the
figures that explain them; the models put them into words.

Dutch law for consumers: art. 6:96(5) and (6) BW, and HR 25-11-2016,
ECLI:NL:HR:2016:2704 (receipt); art. 6:82 and 6:83 BW (when default begins).
"""

from dataclasses import dataclass, field
from datetime import timedelta

from .receipt_clock import TERM

#: How heavy a finding is.
BAD, WARN, GOOD = "bad", "warn", "good"
#: Days from posting a 14-day letter to the first day on which cost is owed, computed
#: for every posting date: 17 at best, 21 at worst. By e-mail: received the same day.
BY_POST, BY_MAIL = (17, 21), (TERM + 1, TERM + 1)
#: Figures in a message, as information or as a claim.
AMOUNTS = ("show", "claim")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, doubtful or good; about a step, or about all (0)."""

    code: str
    weight: str
    step: int = 0
    facts: dict = field(default_factory=dict, hash=False)


def check(planned, debtor: str = "business", agreed: bool = True) -> tuple:
    """What is to be said about a ladder for a kind of debtor.

    :param planned: the ladder on its days, see :func:`policy.ladder_plan.plan`
    :param debtor: business, consumer or public
    :param agreed: whether the term of payment was agreed, not only put on the invoice
    :return: findings, the heaviest first; one that says so when all is well
    """
    found = [
        *_order(planned),
        *_intervals(planned),
        *_letter(planned, debtor, agreed),
        *_cost(planned, debtor),
    ]
    if not any(one.weight in (BAD, WARN) for one in found):
        found.append(Finding("fine", GOOD))
    return tuple(sorted(found, key=lambda one: (BAD, WARN, GOOD).index(one.weight)))


def enough_days(channel: str, days: int) -> str:
    """Whether so many days between the letter and the next step can be enough.

    >>> [enough_days("letter", days) for days in (16, 17, 20, 21)]
    ['never', 'sometimes', 'sometimes', 'always']
    >>> [enough_days("email", days) for days in (14, 15)]
    ['never', 'always']
    """
    least, most = BY_POST if channel == "letter" else BY_MAIL
    if days < least:
        return "never"
    return "always" if days >= most else "sometimes"


def _order(planned):
    """A ladder ends in a decision by a person, and nothing follows that."""
    over = [n for n, day in enumerate(planned) if day.rung.step.kind == "handover"]
    if not over:
        yield Finding("no_handover", WARN)
    elif over[0] != len(planned) - 1:
        yield Finding("after_handover", BAD, planned[over[0] + 1].rung.step.key)


def _intervals(planned):
    """A step that never comes on its day, because the one before it is too near."""
    for before, day in zip(planned, planned[1:], strict=False):
        step, gap = day.rung.step, day.rung.step.days - before.rung.step.days
        if step.min_interval > gap:
            facts = {"days": gap, "interval": step.min_interval}
            yield Finding("interval_too_long", WARN, step.key, facts)


def _letter(planned, debtor, agreed):
    """The 14-day letter: there, in writing, after default, with its full term."""
    letters = [day for day in planned if day.rung.step.kind == "wik"]
    if not letters:
        if debtor == "consumer":
            yield Finding("no_letter", BAD)
        return
    letter = letters[0]
    key = letter.rung.step.key
    if debtor != "consumer":
        yield Finding("letter_not_needed", GOOD, key)
    if not letter.clock:
        yield Finding("letter_not_written", BAD, key)
        return
    if letter.rung.channel == "email":
        yield Finding("letter_by_mail", WARN, key)
    earlier = [day for day in planned if day.on < letter.on]
    if debtor == "consumer" and not agreed:
        if not any(day.rung.step.kind == "default" for day in earlier):
            yield Finding("letter_before_default", BAD, key)
    yield from _term(letter)
    yield from _handover(planned, letter)


def _term(letter):
    """Until the last of the fourteen days, counted from receipt, nothing is owed."""
    key, within = letter.rung.step.key, letter.rung.pay_within
    if letter.on + timedelta(days=within) < letter.clock.last_free_day:
        facts = {"days": within, "last": letter.clock.last_free_day}
        yield Finding("letter_too_short", BAD, key, facts)


def _handover(planned, letter):
    """Whether the days between letter and hand-over can be enough."""
    for day in planned:
        step = day.rung.step
        if step.kind != "handover" or day.on < letter.on:
            continue
        days = max(step.days - letter.rung.step.days, step.min_interval)
        verdict = enough_days(letter.rung.channel, days)
        post = letter.rung.channel == "letter"
        facts = {"days": days, "on": day.on, "clock": letter.clock.cost_from}
        if verdict == "never":
            yield Finding("post_never" if post else "mail_never", BAD, step.key, facts)
        elif verdict == "sometimes":
            yield Finding("post_sometimes", WARN, step.key, facts)
        else:
            yield Finding("clock_kept", GOOD, step.key, facts)


def _cost(planned, debtor):
    """No amounts before anything is owed; of a consumer only after the letter."""
    clock = next((day.clock for day in planned if day.clock), None)
    for day in planned:
        key, info = day.rung.step.key, day.rung.charge_info
        if info in AMOUNTS and day.rung.step.days <= 0:
            yield Finding("cost_before_due", BAD, key)
        elif debtor == "consumer" and info in AMOUNTS:
            if not clock or day.on < clock.cost_from:
                yield Finding("cost_before_letter", BAD, key)


__test__ = {
    "sixteen days between letter and hand-over never suffice by post": """
    >>> from datetime import date
    >>> from .ladder import Step
    >>> from .ladder_plan import Rung, plan
    >>> def ladder(days, channel="letter", charge="none", within=21):
    ...     return plan([
    ...         Rung(Step(1, 14, kind="default")),
    ...         Rung(Step(2, 34, kind="wik"), channel, charge, within),
    ...         Rung(Step(3, 34 + days, kind="handover"))], date(2026, 3, 1))
    >>> def codes(planned, debtor="consumer", agreed=True):
    ...     return [one.code for one in check(planned, debtor, agreed)]
    >>> codes(ladder(16)), codes(ladder(17)), codes(ladder(20)), codes(ladder(21))
    (['post_never'], ['post_sometimes'], ['post_sometimes'], ['clock_kept', 'fine'])

    By e-mail fifteen are enough; but can its receipt be proved?

    >>> codes(ladder(14, "email")), codes(ladder(15, "email"))
    (['mail_never', 'letter_by_mail'], ['letter_by_mail', 'clock_kept'])

    A consumer without a 14-day letter, and cost before it:

    >>> bare = plan([Rung(Step(1, 3), charge_info="show"),
    ...              Rung(Step(2, 50, kind="handover"))], date(2026, 3, 1))
    >>> codes(bare), codes(bare, "business")
    (['no_letter', 'cost_before_letter'], ['fine'])
    >>> codes(ladder(21, charge="claim"))
    ['cost_before_letter', 'clock_kept']

    The letter comes after default, in writing, with its whole term:

    >>> only = plan([Rung(Step(2, 34, kind="wik"), "letter", "none", 21),
    ...              Rung(Step(3, 60, kind="handover"))], date(2026, 3, 1))
    >>> codes(only, agreed=False), codes(only)
    (['letter_before_default', 'clock_kept'], ['clock_kept', 'fine'])
    >>> codes(ladder(21, "call"))
    ['letter_not_written']

    Day 34 is Saturday 4 April: assumed on Wednesday, the last free day is the 22nd.

    >>> codes(ladder(21, within=18)), codes(ladder(21, within=17))
    (['clock_kept', 'fine'], ['letter_too_short', 'clock_kept'])

    Order and intervals:

    >>> odd = plan([Rung(Step(1, 3)), Rung(Step(2, 9, 10, kind="handover")),
    ...             Rung(Step(3, 30))], date(2026, 3, 1))
    >>> codes(odd, "business")
    ['after_handover', 'interval_too_long']
    >>> codes(plan([Rung(Step(1, -3), charge_info="show")], date(2026, 3, 1)), "public")
    ['cost_before_due', 'no_handover']
    """,
}
