"""The grade that a score leads to, calmly: one odd week does not move a customer."""

from dataclasses import dataclass
from datetime import date

from .score_card import ScoreCard, worse


@dataclass(frozen=True)
class Grading:
    """The grade that a customer has, and the one that is about to come."""

    grade: str | None
    pending: str | None = None
    pending_on: date | None = None


def leads_to(grade, score, card=None):
    """The grade where a score would end up if it stayed.

    The score must lie beyond the bound by the margin; in between nothing changes.

    >>> leads_to("B", 63), leads_to("B", 62), leads_to("B", 61)
    ('B', 'B', 'C')
    >>> leads_to("B", 82), leads_to("B", 83)
    ('B', 'A')
    >>> leads_to(None, 62), leads_to("A", 20)
    ('C', 'E')

    A fall of two grades that only just misses the second ends one grade lower:

    >>> leads_to("A", 49)
    'C'
    >>> leads_to("A", None)
    'A'
    """
    if score is None:
        return grade
    card = card or ScoreCard()
    wanted = card.grade_of(score)
    if grade is None or wanted == grade:
        return wanted
    if worse(wanted, grade):
        beyond = card.grade_of(score + card.margin)
        return beyond if worse(beyond, grade) else grade
    beyond = card.grade_of(score - card.margin)
    return beyond if worse(grade, beyond) else grade


def next_grading(before, score, today, card=None, at_once=False):
    """Grade after this run.

    The first grade is given at once; after that a grade changes only when two runs
    on different days find the score beyond the bound plus the margin. Only insolvency
    counts at once.

    >>> monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    >>> first = next_grading(Grading(None), 70, monday)
    >>> first.grade
    'B'
    >>> next_grading(first, 63, tuesday)  # C, but within the margin
    Grading(grade='B', pending=None, pending_on=None)
    >>> once = next_grading(first, 61, monday)
    >>> once.grade, once.pending
    ('B', 'C')
    >>> next_grading(once, 61, monday).grade  # the same day counts once
    'B'
    >>> next_grading(once, 61, tuesday).grade
    'C'
    >>> next_grading(once, 90, tuesday).pending  # the other way: starts again
    'A'
    >>> next_grading(once, 63, tuesday).pending  # back within the margin

    >>> next_grading(first, 0, tuesday, at_once=True).grade
    'E'
    """
    if score is None:
        return Grading(before.grade)
    card = card or ScoreCard()
    if before.grade is None or at_once:
        return Grading(card.grade_of(score))
    coming = leads_to(before.grade, score, card)
    if coming == before.grade:
        return Grading(before.grade)
    if before.pending is None or before.pending_on is None:
        return Grading(before.grade, coming, today)
    down = worse(coming, before.grade)
    if worse(before.pending, before.grade) != down:
        return Grading(before.grade, coming, today)
    if before.pending_on >= today:
        return Grading(before.grade, coming, before.pending_on)
    return Grading(coming)
