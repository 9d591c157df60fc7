"""Who may decide that a limit changes.

House rules: a raise is decided by who may promise that much; whoever proposed a large
raise does not decide it as well (four eyes), unless nobody else in the house could: a
firm with one credit manager must be able to work, and the record says he was alone.
Lowering is safe and never waits for a manager.
"""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True)
class Authority:
    """What the company set."""

    #: a controller decides raises up to this limit
    controller: Decimal = Decimal(10000)
    #: above this limit the proposer does not decide; None: four eyes are off
    four_eyes: Decimal | None = Decimal(25000)


@dataclass(frozen=True)
class Decider:
    """Who is about to decide."""

    controller: bool = False
    manager: bool = False
    #: he proposed it or set its figures
    proposer: bool = False
    #: nobody else could decide it
    alone: bool = False
    #: a named human, not a job
    human: bool = True


def direction(before, after):
    """Whether a limit goes up, down or stays: pairs of kind and amount.

    >>> direction(("amount", Decimal(10)), ("amount", Decimal(11)))
    'raise'
    >>> direction(("amount", Decimal(10)), ("none", ZERO))
    'raise'
    >>> direction(("none", ZERO), ("amount", Decimal(10)))
    'lower'
    >>> direction(("amount", ZERO), ("cash", ZERO))
    'same'
    """
    one, other = _size(before), _size(after)
    if one == other:
        return "same"
    return "raise" if other > one else "lower"


def refusal(before, after, decider, authority=None, natural_person=False):
    """Why this person may not decide; None when he may.

    Exactly the amount is within the authority, a cent more is not:

    >>> anna = Decider(controller=True)
    >>> old = ("amount", Decimal(500))
    >>> refusal(old, ("amount", Decimal(10000)), anna)
    >>> refusal(old, ("amount", Decimal("10000.01")), anna)
    'manager'
    >>> refusal(old, ("none", ZERO), anna)
    'manager'
    >>> refusal(("amount", Decimal(90000)), ("amount", Decimal(80000)), anna)

    Four eyes count for raises above the amount, unless there is nobody else:

    >>> ben = Decider(controller=True, manager=True, proposer=True)
    >>> refusal(old, ("amount", Decimal(25000)), ben)
    >>> refusal(old, ("amount", Decimal(25001)), ben)
    'four_eyes'
    >>> alone = Decider(controller=True, manager=True, proposer=True, alone=True)
    >>> refusal(old, ("amount", Decimal(25001)), alone)
    >>> refusal(old, ("amount", Decimal(25001)), ben, Authority(four_eyes=None))

    A natural person's limit is only ever lowered by a named human (GDPR art. 22):

    >>> job = Decider(controller=True, manager=True, human=False)
    >>> refusal(old, ("cash", ZERO), job, natural_person=True)
    'human'
    >>> refusal(old, ("cash", ZERO), job)
    >>> refusal(old, ("cash", ZERO), Decider())
    'controller'
    """
    authority = authority or Authority()
    if not decider.controller:
        return "controller"
    way = direction(before, after)
    if way == "lower" and natural_person and not decider.human:
        return "human"
    if way != "raise":
        return None
    if not decider.manager and _exceeds(after, authority.controller):
        return "manager"
    if needs_four_eyes(before, after, authority) and decider.proposer:
        return None if decider.alone else "four_eyes"
    return None


def needs_four_eyes(before, after, authority):
    """Whether proposer and decider must be two people.

    >>> needs_four_eyes(("cash", ZERO), ("none", ZERO), Authority())
    True
    >>> needs_four_eyes(("none", ZERO), ("amount", Decimal(10**6)), Authority())
    False
    """
    return (
        authority.four_eyes is not None
        and direction(before, after) == "raise"
        and _exceeds(after, authority.four_eyes)
    )


def _size(limit):
    """A limit as something that can be compared; no limit set is the largest."""
    kind, amount = limit
    if kind == "none":
        return (1, ZERO)
    return (0, amount if kind == "amount" else ZERO)


def _exceeds(limit, amount):
    return _size(limit) > (0, amount)
