"""Who may approve a draft, who is asked first, and who next?

A rule may name approvers, each up to an amount. Who approves needs the authority of
every rule that points at the draft; a rule that names nobody is satisfied with any
billing approver. Nobody approves what he made, and nobody lends the authority of who
made it. Who is away is replaced by the deputy he named, on those days.

>>> chef = Authority(1, frozenset({11}), Decimal(5000))
>>> boss = Authority(1, frozenset({12}), None)
>>> may_approve(11, Decimal(5000), {1: (chef, boss)}), may_approve(
...     11, Decimal("5000.01"), {1: (chef, boss)})
(True, False)
>>> may_approve(12, Decimal("5000.01"), {1: (chef, boss)})
True
>>> may_approve(13, Decimal(1), {1: ()})
True
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Authority:
    """These people approve for this rule up to an amount; None: any amount."""

    rule: int
    people: frozenset
    up_to: Decimal | None = None

    def covers(self, amount):
        """Does it reach this amount?"""
        return self.up_to is None or abs(amount) <= self.up_to


@dataclass(frozen=True)
class Absence:
    """Who is away from the first day up to and including the last; who stands in."""

    who: int
    first: date
    last: date
    deputy: int


def stand_ins(absences, today):
    """Deputies of today: dict of deputy to the people he stands in for.

    >>> away = Absence(12, date(2026, 7, 1), date(2026, 7, 14), 13)
    >>> stand_ins([away], date(2026, 7, 14))
    {13: frozenset({12})}
    >>> stand_ins([away], date(2026, 7, 15))
    {}
    """
    lent = {}
    for one in absences:
        if one.first <= today <= one.last:
            lent[one.deputy] = lent.get(one.deputy, frozenset()) | {one.who}
    return lent


def may_approve(person, amount, authorities, lent=None, makers=()):
    """May this person approve a draft of this amount?

    >>> boss = Authority(1, frozenset({12}), None)
    >>> may_approve(13, Decimal(9), {1: (boss,)}, lent={13: {12}})
    True

    Not with the authority of somebody who made the draft:

    >>> may_approve(13, Decimal(9), {1: (boss,)}, lent={13: {12}}, makers={12})
    False

    Two rules, two authorities:

    >>> may_approve(12, Decimal(9), {1: (boss,), 2: (Authority(2, frozenset({11})),)})
    False

    :param int person: who wants to approve
    :param authorities: dict of rule to its authorities
    :param lent: dict of deputy to the people he stands in for today
    :param makers: people who made the draft
    """
    if person in makers:
        return False
    acting = {person} | set((lent or {}).get(person, ())) - set(makers)
    return all(
        not named or any(one.covers(amount) and acting & one.people for one in named)
        for named in authorities.values()
    )


def candidates(amount, authorities, people, lent=None, makers=()):
    """Who may approve, the least authority that is enough first: levels to climb.

    Everybody of one level could be asked; the next level is asked when nobody answers.

    >>> chef = Authority(1, frozenset({11, 14}), Decimal(5000))
    >>> boss = Authority(1, frozenset({12}), None)
    >>> candidates(Decimal(100), {1: (boss, chef)}, [11, 12, 13, 14])
    [[11, 14], [12]]
    >>> candidates(Decimal(6000), {1: (boss, chef)}, [11, 12, 13, 14])
    [[12]]

    Who is away is asked last of all, his deputy in his place:

    >>> candidates(Decimal(6000), {1: (boss, chef)}, [11, 12, 13], lent={13: {12}})
    [[13], [12]]

    A rule that names nobody: every approver, on one level.

    >>> candidates(Decimal(1), {1: ()}, [11, 12], makers={12})
    [[11]]

    :param people: everybody who is a billing approver, in the order to ask
    """
    away = {who for whom in (lent or {}).values() for who in whom}
    levels = {}
    for person in people:
        if may_approve(person, amount, authorities, lent, makers):
            acting = {person} | set((lent or {}).get(person, ())) - set(makers)
            reach = _reach(acting, amount, authorities)
            levels.setdefault((person in away, reach), []).append(person)
    return [levels[level] for level in sorted(levels)]


def _reach(acting, amount, authorities):
    """How high the least authority lies that is enough: (any amount?, up to)."""
    needed = (False, Decimal(0))
    for named in authorities.values():
        enough = [
            (one.up_to is None, one.up_to or Decimal(0))
            for one in named
            if one.covers(amount) and acting & one.people
        ]
        if enough:
            needed = max(needed, min(enough))
    return needed
