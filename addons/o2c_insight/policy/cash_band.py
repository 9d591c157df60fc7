"""What comes in a week, between which bounds, and how wrong was that before?

Bounds are those that one week in ten stays below and one in ten exceeds. A customer
who is late is late with everything, so what he owes goes up or down as one; customers
do not know each other, so their ups and downs cancel out. That is how spreads add up:
within a customer one by one, between customers by their squares.

What moves all customers at once, a holiday or a crisis, is in no habit. The trials on
the own past show it: when fewer weeks fell between the bounds than should, the bounds
are stretched.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from .paying_habit import ONE, ZERO

#: Of a normal curve, nine tenths lie below this many standard deviations.
TENTH_OF_ALL = Decimal("1.2816")
#: Weeks that must have been tried before bounds are stretched, and how many of them
#: should have fallen between the bounds.
TRIED_LEAST, COVERED = 8, Decimal("0.8")
#: A forecast that is off by no more than so many % of what came is a good one.
GOOD = 25
CENT, PERCENT = Decimal("0.01"), Decimal("0.1")
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True)
class Sum:
    """What is expected in a week or in several, and the variance of it."""

    expected: Decimal = ZERO
    variance: Decimal = ZERO


@dataclass(frozen=True)
class Trial:
    """A past week as it was forecast: by us, by due dates; and what came."""

    expected: Decimal
    on_due: Decimal
    actual: Decimal
    deviation: Decimal = ZERO


@lru_cache(maxsize=20000)
def _deviation(chance):
    """Standard deviation of an amount of one that comes with this chance.

    >>> str(_deviation(Decimal("0.5"))), str(_deviation(Decimal("0.1")))
    ('0.500000', '0.300000')
    >>> str(_deviation(Decimal("1.0001")))
    '0.000000'
    """
    return (chance * (ONE - min(ONE, chance))).sqrt().quantize(MILLIONTH)


def _chances(shares, weeks):
    """Of the weeks in which something may come: number, chance, and the standard
    deviation of an amount of one that comes with this chance.
    """
    return [
        (number, share, _deviation(share))
        for number, share in enumerate(shares[:weeks])
        if share
    ]


def per_week(rows, weeks):
    """Add up amounts that come in some weeks with some chance.

    :param rows: tuples of customer, amount and shares per week
    :return: a :class:`Sum` per week

    Two amounts of one customer, even odds, go up and down together: 50 + 50. Those of
    two customers do not: the root of 50² + 50².

    >>> half = (Decimal("0.5"), ZERO, Decimal("0.5"))
    >>> one = per_week([("a", Decimal(100), half), ("a", Decimal(100), half)], 2)
    >>> [(str(week.expected), str(round(week.variance, 2))) for week in one]
    [('100.0', '10000.00'), ('0', '0.00')]
    >>> two = per_week([("a", Decimal(100), half), ("b", Decimal(100), half)], 2)
    >>> str(two[0].expected), str(round(two[0].variance, 2))
    ('100.0', '5000.00')
    >>> per_week([], 1)[0].expected
    Decimal('0')
    """
    expected, customers, known = [ZERO] * weeks, {}, {}
    for customer, amount, shares in rows:
        place = id(shares)
        if place not in known:
            known[place] = shares, _chances(shares, weeks)
        chances = known[place][1]
        spreads = customers.get(customer)
        if spreads is None:
            spreads = customers[customer] = [ZERO] * weeks
        size = abs(amount)
        for number, share, deviation in chances:
            expected[number] += amount * share
            spreads[number] += size * deviation
    return [
        Sum(total, sum((one * one for one in spreads), ZERO))
        for total, spreads in zip(
            expected, _by_week(customers.values(), weeks), strict=True
        )
    ]


def _by_week(spreads, weeks):
    """The spreads of all customers, week by week."""
    return zip(*spreads, strict=True) if spreads else [()] * weeks


def together(rows, weeks):
    """What comes in the first weeks, as one sum.

    Its bounds are no sum of theirs: what certainly comes in one of two weeks is certain
    in both together.

    >>> half = (Decimal("0.5"), Decimal("0.5"), ZERO)
    >>> first, both = (together([("a", Decimal(100), half)], weeks) for weeks in (1, 2))
    >>> str(both.expected), [str(round(one.variance, 2)) for one in (both, first)]
    ('100.0', ['0.00', '2500.00'])
    """
    summed, known = [], {}
    for customer, amount, shares in rows:
        place = id(shares)
        if place not in known:
            known[place] = shares, (sum(shares[:weeks], ZERO),)
        summed.append((customer, amount, known[place][1]))
    return per_week(summed, 1)[0]


def band(one, stretch=ONE):
    """The bounds of a sum; nothing comes below zero.

    >>> band(Sum(Decimal(1000), Decimal(10000)))
    (Decimal('871.84'), Decimal('1128.16'))
    >>> band(Sum(Decimal(1000), Decimal(10000)), Decimal(2))
    (Decimal('743.68'), Decimal('1256.32'))
    >>> band(Sum(Decimal(100), Decimal(10000)))
    (Decimal('0.00'), Decimal('228.16'))
    >>> band(Sum())
    (Decimal('0.00'), Decimal('0.00'))
    """
    wide = TENTH_OF_ALL * one.variance.sqrt() * stretch
    low = min(one.expected, max(ZERO, one.expected - wide))
    return low.quantize(CENT), (one.expected + wide).quantize(CENT)


def whole_band(one, times, off):
    """The bounds of several weeks together: at least as wide as such sums were off.

    Within many weeks nearly everything is certain to come, say habits one by one; that
    the habits themselves change shows in the sums only.

    :param Decimal times: as :func:`stretch` gives it
    :param Decimal off: as :func:`off_together` gives it

    >>> whole_band(Sum(Decimal(1000), Decimal(100)), ONE, Decimal("0.05"))
    (Decimal('950.00'), Decimal('1050.00'))
    >>> whole_band(Sum(Decimal(1000), Decimal(10000)), ONE, Decimal("0.05"))
    (Decimal('871.84'), Decimal('1128.16'))
    """
    low, high = band(one, times)
    wide = abs(one.expected) * off
    return (
        min(low, max(ZERO, one.expected - wide).quantize(CENT)),
        max(high, (one.expected + wide).quantize(CENT)),
    )


def off_together(periods):
    """By which part of what was expected the sums of past weeks were off; four in five
    were off less, the worst one when there are few.

    :param periods: lists of :class:`Trial`, one per day from which was looked ahead

    >>> def tried(actual):
    ...     return [Trial(Decimal(50), ZERO, ZERO), Trial(Decimal(50), ZERO, actual)]
    >>> str(off_together([tried(Decimal(98)), tried(Decimal(110))]))
    '0.1000'
    >>> str(off_together([tried(Decimal(100 + off)) for off in (1, 2, 3, 4, 50)]))
    '0.0400'
    >>> off_together([])
    Decimal('0')
    """
    sums = [
        (sum(one.expected for one in ones), sum(one.actual for one in ones))
        for ones in periods
    ]
    off = sorted(abs(actual / wanted - ONE) for wanted, actual in sums if wanted > 0)
    if not off:
        return ZERO
    place = int((COVERED * len(off)).to_integral_value("ROUND_CEILING")) - 1
    return off[place].quantize(Decimal("0.0001"))


def stretch(trials):
    """By how much bounds must be wider for four weeks in five to fall between them.

    Never below 1: a past that went well makes nobody more certain.

    >>> def tried(off):
    ...     return Trial(Decimal(100), ZERO, Decimal(100) + off, Decimal(10))
    >>> str(stretch([tried(10)] * 8)), str(stretch([tried(40)] * 7))
    ('1', '1')

    Of ten weeks two were far off, and eight at most by 25.6, twice the bound:

    >>> weeks = [tried(Decimal("25.632"))] * 8 + [tried(90)] * 2
    >>> str(stretch(weeks)), str(stretch(weeks + [tried(90)]))
    ('2.0', '7.1')
    """
    off = sorted(
        abs(one.actual - one.expected) / (TENTH_OF_ALL * one.deviation)
        for one in trials
        if one.deviation > 0
    )
    if len(off) < TRIED_LEAST:
        return ONE
    place = int((COVERED * len(off)).to_integral_value("ROUND_CEILING")) - 1
    return max(ONE, off[place].quantize(PERCENT, "ROUND_CEILING"))


def covered(trials):
    """How many past weeks fell between their bounds, not stretched, and how many were
    tried.

    >>> near = Trial(Decimal(100), ZERO, Decimal("112.816"), Decimal(10))
    >>> far = Trial(Decimal(100), ZERO, Decimal("112.817"), Decimal(10))
    >>> covered([near, far, near])
    (2, 3)
    """
    inside = sum(
        abs(one.actual - one.expected) <= TENTH_OF_ALL * one.deviation for one in trials
    )
    return inside, len(trials)


def error(trials, name="expected"):
    """How far a forecast was off: all differences without their sign, and their sum.

    Weighted absolute percentage error: what the weeks were off, up or down, in % of
    what came. Bias: what they were off together; above zero it promised too much.

    :param trials: :class:`Trial` objects
    :param str name: "expected", or "on_due" for everybody paying on the due date
    :return: two percentages; None twice when nothing came

    100 and 100 expected, 80 and 110 came: off by 20 + 10 of 190, together by 10.

    >>> weeks = [Trial(Decimal(100), ZERO, Decimal(80)),
    ...          Trial(Decimal(100), Decimal(190), Decimal(110))]
    >>> [str(number) for number in error(weeks)]
    ['15.8', '5.3']
    >>> [str(number) for number in error(weeks, "on_due")]
    ['84.2', '0.0']
    >>> error([Trial(Decimal(100), ZERO, ZERO)])
    (None, None)
    """
    actual = sum((one.actual for one in trials), ZERO)
    if actual <= 0:
        return None, None
    off = [getattr(one, name) - one.actual for one in trials]
    absolute = sum((abs(one) for one in off), ZERO)
    return tuple(
        (value / actual * 100).quantize(PERCENT) for value in (absolute, sum(off, ZERO))
    )


def judged(off, off_due):
    """Whether the past says that a forecast is good, fair or bad, which is its colour.

    Red: due dates alone were nearer. Green: not further off than they, and at most a
    quarter. Between them: as near or nearer, yet no more than a direction.

    >>> [judged(*pair) for pair in ((25.0, 40.0), (25.1, 40.0), (69.0, 120.0))]
    ['good', 'fair', 'fair']

    As near as due dates is not worse; a tenth further is:

    >>> judged(20.0, 20.0), judged(20.1, 20.0)
    ('good', 'bad')
    """
    if off > off_due:
        return "bad"
    return "good" if off <= GOOD else "fair"
