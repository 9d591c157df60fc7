"""What deserves a controller's attention this morning, and which limit to propose.

House rules, not law. A finding is what holds today; the night compares it with the
alerts that are open, so that an alert opens once and closes by itself. A proposal is
only ever a proposal: a person decides, for natural persons by law (GDPR art. 22,
https://eur-lex.europa.eu/eli/reg/2016/679/art_22/oj).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

ZERO = Decimal(0)

#: Days before the end of a cover or a temporary limit on which it is told.
STAGES = (14, 3)
#: Days after which a cover that has ended, or a grade that fell, is no news any more.
PAST = 30


@dataclass(frozen=True)
class Ending:
    """Something with an end date: a cover, or a temporary limit."""

    key: str
    amount: Decimal
    ends_on: date
    name: str = ""


@dataclass(frozen=True)
class WatchFacts:
    """One customer as he stands after tonight's scoring."""

    grade: str | None = None
    #: the last change of grade, if there was one lately
    grade_before: str | None = None
    grade_changed_on: date | None = None
    limit_kind: str = "none"
    limit: Decimal = ZERO
    exposure: Decimal = ZERO
    over_limit: Decimal = ZERO
    overdue: Decimal = ZERO
    #: age of the oldest part
    overdue_days: int = 0
    open_orders: Decimal = ZERO
    review_date: date | None = None
    #: date of the newest report; None when there never was one
    report_on: date | None = None
    insolvent: bool = False
    cover_ends: tuple = ()
    cover_stops: tuple = ()
    limit_ends: tuple = ()
    #: what the policy would give him now
    advised_limit: Decimal = ZERO
    #: since when the alert over the limit is open
    over_since: date | None = None
    natural_person: bool = False
    contested: bool = False


@dataclass(frozen=True)
class WatchRules:
    """What the company finds worth an alert."""

    #: arrears count above this amount and after these days
    overdue_amount: Decimal = ZERO
    overdue_days: int = 0
    report_months: int = 12
    over_days: int = 14


@dataclass(frozen=True)
class Finding:
    """Something that holds today. ``stage`` changes when it becomes more urgent."""

    kind: str
    key: str = ""
    amount: Decimal = ZERO
    due: date | None = None
    stage: int = 0
    figures: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A limit to propose, with the reason code and the figures behind it."""

    limit_kind: str
    limit: Decimal
    reason: str
    figures: dict = field(default_factory=dict)


def stage_of(ends_on, today):
    """How near an end is: 14 or 3 days before it, or 0 after it; None: no news.

    >>> from datetime import date
    >>> [stage_of(date(2026, 3, 20), date(2026, 3, day)) for day in (5, 6, 16, 17, 21)]
    [None, 14, 14, 3, 0]
    >>> stage_of(date(2026, 3, 20), date(2026, 5, 1)) is None
    True
    """
    left = (ends_on - today).days
    if left > STAGES[0] or left < -PAST:
        return None
    if left < 0:
        return 0
    return 3 if left <= STAGES[1] else STAGES[0]


def watch_customer(facts, rules, today):
    """Everything about one customer that deserves attention today.

    >>> from datetime import date
    >>> today = date(2026, 3, 2)
    >>> [f.kind for f in watch_customer(WatchFacts(), WatchRules(), today)]
    []

    A fall counts, a rise does not, and after a month it is no news:

    >>> fall = WatchFacts("C", "B", date(2026, 3, 1))
    >>> [(f.kind, f.key) for f in watch_customer(fall, WatchRules(), today)]
    [('grade_drop', '2026-03-01')]
    >>> watch_customer(WatchFacts("A", "B", date(2026, 3, 1)), WatchRules(), today)
    ()

    Overdue is an alert only while orders are open, above the company's amount and
    after the company's days:

    >>> late = dict(overdue=Decimal(500), overdue_days=20)
    >>> watch_customer(WatchFacts(**late), WatchRules(), today)
    ()
    >>> late["open_orders"] = Decimal(1)
    >>> [f.kind for f in watch_customer(WatchFacts(**late), WatchRules(), today)]
    ['overdue_orders']
    >>> watch_customer(WatchFacts(**late), WatchRules(Decimal(500)), today)
    ()
    >>> watch_customer(WatchFacts(**late), WatchRules(overdue_days=20), today)
    ()
    """
    found = []
    if _fell(facts, today):
        found.append(
            Finding(
                "grade_drop",
                facts.grade_changed_on.isoformat(),
                facts.exposure,
                figures={"before": facts.grade_before, "after": facts.grade},
            )
        )
    if facts.over_limit > ZERO:
        found.append(
            Finding(
                "over_limit",
                amount=facts.over_limit,
                figures={"limit": str(facts.limit), "exposure": str(facts.exposure)},
            )
        )
    if facts.open_orders > ZERO and _behind(facts, rules):
        found.append(
            Finding(
                "overdue_orders",
                amount=facts.overdue,
                figures={
                    "days": facts.overdue_days,
                    "orders": str(facts.open_orders),
                },
            )
        )
    if facts.insolvent:
        found.append(Finding("insolvent", amount=facts.exposure))
    return tuple(found + _dated(facts, rules, today))


def _dated(facts, rules, today):
    """Findings that come with a date: endings, reviews, old reports."""
    found = []
    for kind in ("cover_ends", "cover_stops", "limit_ends"):
        for ending in getattr(facts, kind):
            stage = stage_of(ending.ends_on, today)
            if stage is not None:
                found.append(
                    Finding(
                        kind,
                        ending.key,
                        ending.amount,
                        ending.ends_on,
                        stage,
                        {"on": ending.ends_on.isoformat(), "name": ending.name},
                    )
                )
    if facts.review_date and facts.review_date <= today:
        found.append(
            Finding(
                "review_due",
                amount=facts.limit,
                due=facts.review_date,
                figures={"on": facts.review_date.isoformat()},
            )
        )
    if _report_is_old(facts, rules, today):
        found.append(
            Finding(
                "report_old",
                amount=facts.exposure,
                figures={"on": facts.report_on.isoformat()},
            )
        )
    return found


def _fell(facts, today):
    return bool(
        facts.grade
        and facts.grade_before
        and facts.grade > facts.grade_before
        and facts.grade_changed_on > today - timedelta(days=PAST)
    )


def _behind(facts, rules):
    """Whether the arrears count; small or recent ones do not."""
    return (
        facts.overdue > rules.overdue_amount and facts.overdue_days > rules.overdue_days
    )


def _report_is_old(facts, rules, today):
    """Of customers who owe or order, and of whom there ever was a report."""
    if not (rules.report_months and facts.report_on and facts.exposure > ZERO):
        return False
    return facts.report_on < months_before(today, rules.report_months)


def months_before(day, months):
    """The same day some months ago, or the last day of that month.

    >>> from datetime import date
    >>> months_before(date(2026, 3, 31), 1)
    datetime.date(2026, 2, 28)
    >>> months_before(date(2026, 3, 31), 24)
    datetime.date(2024, 3, 31)
    """
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


def propose_limit(facts, rules, today):
    """The limit to propose for a customer, or None.

    Insolvent: cash only. Over the limit for days with a grade that fell or is D or E:
    down to what the policy gives him. Over the limit with a good grade and nothing
    overdue: up to what the policy gives him.

    >>> from datetime import date
    >>> today = date(2026, 3, 31)
    >>> propose_limit(WatchFacts(insolvent=True, limit_kind="none"), WatchRules(),
    ...               today).limit_kind
    'cash'
    >>> over = dict(limit_kind="amount", limit=Decimal(1000), over_limit=Decimal(10),
    ...             over_since=date(2026, 3, 17))
    >>> worse = WatchFacts("D", advised_limit=Decimal(400), **over)
    >>> propose_limit(worse, WatchRules(), today)
    Proposal(limit_kind='amount', limit=Decimal('400'), reason='lower', figures={})
    >>> better = WatchFacts("A", advised_limit=Decimal(3000), **over)
    >>> propose_limit(better, WatchRules(), today).reason
    'raise'

    One day less than the company's days, and nothing is proposed; while a decision
    about a person is contested, nothing is lowered:

    >>> propose_limit(worse, WatchRules(over_days=15), today) is None
    True
    >>> propose_limit(WatchFacts("D", contested=True, **over), WatchRules(), today)
    """
    if facts.insolvent:
        if facts.limit_kind == "cash" or facts.contested:
            return None
        return Proposal("cash", ZERO, "insolvent")
    long_over = (
        facts.limit_kind == "amount"
        and facts.over_limit > ZERO
        and facts.over_since
        and (today - facts.over_since).days >= rules.over_days
    )
    if not long_over:
        return None
    advised = facts.advised_limit
    if _fell(facts, today) or facts.grade in ("D", "E"):
        if advised < facts.limit and not facts.contested:
            kind = "amount" if advised > ZERO else "cash"
            return Proposal(kind, max(advised, ZERO), "lower")
    elif facts.grade in ("A", "B") and not _behind(facts, rules):
        if advised > facts.limit:
            return Proposal("amount", advised, "raise")
    return None
