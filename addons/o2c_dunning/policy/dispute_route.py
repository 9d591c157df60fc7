"""Who answers a dispute: the first rule that fits, from the top."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """One rule; what is empty fits everything."""

    key: int
    cause: int = 0
    category: int = 0
    team: int = 0


def route_for(routes, cause: int, categories=frozenset(), team: int = 0):
    """The key of the first rule that fits, or None.

    :param routes: rules in the order of the list
    :param categories: product categories of the invoice, those above them too
    :param team: sales team of the invoice

    >>> routes = [Route(1, cause=7, category=3), Route(2, cause=7), Route(3, team=4)]
    >>> route_for(routes, 7, {3, 9}), route_for(routes, 7, {9})
    (1, 2)
    >>> route_for(routes, 8, team=4), route_for(routes, 8, team=5) is None
    (3, True)
    """
    for route in routes:
        fits = (
            (not route.cause or route.cause == cause)
            and (not route.category or route.category in categories)
            and (not route.team or route.team == team)
        )
        if fits:
            return route.key
    return None
