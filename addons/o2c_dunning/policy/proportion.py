"""How sure a share is: intervals for one share and for the difference of two.

Sources: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
Inference", JASA 22 (1927); R. G. Newcombe, "Interval estimation for the difference
between independent proportions", Statistics in Medicine 17 (1998) 873-890, method 10.
Both hold for small groups and near 0 and 100 %, where the schoolbook formula promises
what it does not know.
"""

from dataclasses import dataclass
from math import sqrt

#: Of a standard normal: two-sided 95 %.
Z95 = 1.959963984540054
#: Fewer customers than this in one of the groups: too few to say anything.
MINIMUM = 30


@dataclass(frozen=True, slots=True)
class Interval:
    """A share, or a difference of shares, with the range in which it lies at 95 %."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups: each with its interval, their difference, and what it says.

    ``verdict``: ``few`` (too few to say), ``none`` (could be chance), ``better`` or
    ``worse`` (the second group against the first).
    """

    first: Interval | None
    second: Interval | None
    difference: Interval | None
    verdict: str


def wilson(successes, trials, z=Z95):
    """Wilson's score interval of a share; None without trials.

    The examples are Newcombe's (1998, part I): 81 of 263, 15 of 148, 0 of 20, 1 of 29.

    >>> [f"{wilson(x, n).low:.4f} {wilson(x, n).high:.4f}"
    ...  for x, n in ((81, 263), (15, 148), (0, 20), (1, 29))]
    ['0.2553 0.3662', '0.0624 0.1605', '0.0000 0.1611', '0.0061 0.1718']

    By hand, 5 of 10 with z = 2: the middle is (0.5 + 4/20) / 1.4 = 0.5, the half width
    2 / 1.4 x sqrt(0.025 + 0.01) = 0.2673.

    >>> one = wilson(5, 10, z=2)
    >>> f"{one.low:.4f} {one.high:.4f}"
    '0.2327 0.7673'
    >>> wilson(0, 0) is None
    True
    """
    if trials <= 0:
        return None
    share = successes / trials
    spread = z * z / trials
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(share * (1 - share) / trials + spread / trials / 4)
    return Interval(share, max(0.0, middle - half), min(1.0, middle + half))


def difference(first, second):
    """Newcombe's interval for second minus first, from their Wilson intervals.

    His examples (1998, part II, method 10): 56/70 - 48/80, 9/10 - 3/10, 5/56 - 0/29.

    >>> def method10(a, m, b, n):
    ...     one = difference(wilson(b, n), wilson(a, m))
    ...     return f"{one.share:.4f} {one.low:.4f} {one.high:.4f}"
    >>> method10(56, 70, 48, 80)
    '0.2000 0.0524 0.3339'
    >>> method10(9, 10, 3, 10)
    '0.6000 0.1705 0.8090'
    >>> method10(5, 56, 0, 29)
    '0.0893 -0.0381 0.1926'
    """
    gap = second.share - first.share
    low = gap - sqrt((second.share - second.low) ** 2 + (first.high - first.share) ** 2)
    high = gap + sqrt(
        (second.high - second.share) ** 2 + (first.share - first.low) ** 2
    )
    return Interval(gap, low, high)


def compare(first, second, minimum=MINIMUM):
    """Two groups as (successes, trials), the second against the first.

    >>> compare((48, 80), (56, 70)).verdict
    'better'
    >>> compare((56, 70), (48, 80)).verdict
    'worse'
    >>> compare((40, 80), (38, 70)).verdict
    'none'

    At the boundary: 30 in the smaller group is enough, 29 is too few, whatever the gap.

    >>> compare((10, 80), (30, 30)).verdict, compare((10, 80), (29, 29)).verdict
    ('better', 'few')
    >>> compare((0, 0), (3, 5)).difference is None
    True
    """
    one, two = wilson(*first), wilson(*second)
    if one is None or two is None:
        return Comparison(one, two, None, "few")
    gap = difference(one, two)
    if min(first[1], second[1]) < minimum:
        return Comparison(one, two, gap, "few")
    verdict = "better" if gap.low > 0 else "worse" if gap.high < 0 else "none"
    return Comparison(one, two, gap, verdict)
