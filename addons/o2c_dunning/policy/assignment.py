"""Which collector works which case.

A case goes to the first team whose customers it belongs to (segment, amount), and
there to the member with the most room: the fewest cases for his capacity. It stays with
him: a case moves only when he left, when the customer belongs elsewhere, or when the
case outgrew the team. Shrinking below the lower bound moves nothing, because a part
payment is no reason for another voice on the phone. What a person decided stays.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Team:
    """Whose cases a team works; no segments is every customer, no bound is None."""

    key: int
    members: tuple = ()  # (user, capacity), those who are there
    away: frozenset = frozenset()  # members who are absent today
    segments: frozenset = frozenset()
    amount_from: Decimal = Decimal(0)
    amount_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as assignment sees it, amount in company currency."""

    key: int
    amount: Decimal
    segment: int = 0
    user: int = 0
    team: int = 0
    by_hand: bool = False


@dataclass(slots=True)
class Load:
    """How many cases everybody has; counts along while cases are given out."""

    cases: dict = field(default_factory=dict)

    def take(self, user, number=1):
        """Count a case more (or less) for a person."""
        self.cases[user] = self.cases.get(user, 0) + number


def fits(case: Case, team: Team) -> bool:
    """Is this a customer for this team? The upper bound is outside, the lower inside.

    >>> large = Team(1, amount_from=Decimal(10000))
    >>> small = Team(2, amount_to=Decimal(10000))
    >>> edge = Case(9, Decimal(10000))
    >>> fits(edge, large), fits(edge, small)
    (True, False)
    >>> fits(Case(9, Decimal(1), segment=3), Team(3, segments=frozenset([4])))
    False
    """
    if team.segments and case.segment not in team.segments:
        return False
    if case.amount < team.amount_from:
        return False
    return team.amount_to is None or case.amount < team.amount_to


def stays(case: Case, teams) -> bool:
    """Does the case stay with who has it?

    >>> ann, bob = 11, 12
    >>> team = Team(1, ((ann, 1),), segments=frozenset([4]), amount_to=Decimal(500))
    >>> case = Case(9, Decimal(100), 4, ann, 1)
    >>> stays(case, [team])
    True

    Outgrown, moved to another segment, or with somebody who left: it moves.

    >>> from dataclasses import replace
    >>> stays(replace(case, amount=Decimal(500)), [team])
    False
    >>> stays(replace(case, segment=5), [team])
    False
    >>> stays(replace(case, user=bob), [team])
    False

    Shrunk below the lower bound it stays, on holiday it stays (there is a deputy), and
    what a person decided stays whatever the rules say.

    >>> stays(case, [replace(team, amount_from=Decimal(200))])
    True
    >>> stays(case, [replace(team, away=frozenset([ann]))])
    True
    >>> stays(replace(case, user=bob, by_hand=True), [team])
    True
    """
    if case.by_hand and case.user:
        return True
    team = next((one for one in teams if one.key == case.team), None)
    if team is None or case.user not in {user for user, _capacity in team.members}:
        return False
    if team.segments and case.segment not in team.segments:
        return False
    return team.amount_to is None or case.amount < team.amount_to


def assign(cases, teams, load: Load):
    """Give every case that must move a team and a collector.

    :param cases: :class:`Case` records; the largest are given out first
    :param teams: :class:`Team` records in the order in which they are asked
    :param load: cases per person before; counted along
    :return: dict of case key to (user or 0, team)

    The member with the most room for his capacity gets the next case: Bob works half
    days. Equals go by id.

    >>> ann, bob = 11, 12
    >>> team = Team(1, ((ann, Decimal(1)), (bob, Decimal("0.5"))))
    >>> new = [Case(key, Decimal(100 - key)) for key in (1, 2, 3)]
    >>> assign(new, [team], Load())
    {1: (11, 1), 2: (11, 1), 3: (12, 1)}

    Who is away gets nothing new; a team without anybody gets the case, nobody in it.

    >>> away = Team(1, ((ann, Decimal(1)),), away=frozenset([ann]))
    >>> assign([Case(1, Decimal(5))], [away], Load())
    {1: (0, 1)}

    No team for it: it is left as it is.

    >>> assign([Case(1, Decimal(5))], [Team(1, segments=frozenset([4]))], Load())
    {}
    """
    given = {}
    for case in sorted(cases, key=lambda one: (-one.amount, one.key)):
        if stays(case, teams):
            continue
        team = next((one for one in teams if fits(case, one)), None)
        if team is None:
            continue
        user = _most_room(team, load)
        if case.user:
            load.take(case.user, -1)
        if user:
            load.take(user)
        if (user, team.key) != (case.user, case.team):
            given[case.key] = user, team.key
    return given


def _most_room(team, load):
    """The member with the fewest cases for his capacity, after this one more."""
    there = [
        ((load.cases.get(user, 0) + 1) / Decimal(capacity), user)
        for user, capacity in team.members
        if user not in team.away and capacity > 0
    ]
    return min(there)[1] if there else 0
