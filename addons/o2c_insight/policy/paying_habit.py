"""When does a customer usually pay? Learned from payments and from what still waits.

A habit is the chance that an amount comes at most so many days after its due date. What
is open already counts too: a customer who leaves half of his invoices unpaid has no
habit of paying, however prompt the other half was. So amounts that still wait are
"censored" as statisticians call it: they count as long as they waited (Kaplan and
Meier, 1958, https://doi.org/10.1080/01621459.1958.10501452). Amounts count, not
numbers: it is about money.

A customer with few payments is judged by others like him: his own habit weighs
``count / (count + PRIOR)``, and nothing below ``LEAST`` payments.
"""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

ZERO, ONE = Decimal(0), Decimal(1)
#: Days before and after the due date beyond which nothing is told apart.
EARLIEST, LATEST = -60, 365
#: Payments from which a customer's own habit counts at all.
LEAST = 3
#: So many payments weigh as much as all that is known of customers like him.
PRIOR = 5
#: Payments from which a group has a habit; else the whole company speaks for it.
GROUP_LEAST = 20
#: Payments from which a weekday can be a habit, and the share of them it needs.
WEEKDAY_LEAST, WEEKDAY_SHARE = 5, Decimal("0.6")
TENTH = Decimal("0.1")
#: Chances are worked out to one in a thousand million.
CHANCE = Decimal("0.000000001")


@dataclass(frozen=True)
class Habit:
    """What payments told.

    ``late`` are days after the due date, ascending; ``known`` the chance that an amount
    comes at most so late. The chance that is left after the last one: never seen.
    """

    late: tuple = ()
    known: tuple = ()
    count: int = 0
    weekday: int | None = None
    #: What came so many days late; for the mean only.
    sums: tuple = ()

    @property
    def days(self):
        """Days late that an amount takes on average, weighted by amount; None."""
        return self._mean and self._mean[0].quantize(TENTH)

    @property
    def spread(self):
        """Standard deviation of those days; None."""
        return self._mean and self._mean[1].sqrt().quantize(TENTH)

    @cached_property
    def _mean(self):
        """Mean and variance; worked out when somebody looks, trials never do."""
        if not self.sums:
            return None
        total, rows = sum(self.sums), list(zip(self.late, self.sums, strict=True))
        days = sum(day * amount for day, amount in rows) / total
        return days, sum((day - days) ** 2 * amount for day, amount in rows) / total

    def by(self, days):
        """The chance that an amount comes at most so many days after its due date.

        >>> punctual = Habit((0, 10), (Decimal("0.75"), Decimal(1)))
        >>> [str(punctual.by(days)) for days in (-1, 0, 9, 10, 400)]
        ['0', '0.75', '0.75', '1', '1']
        """
        place = bisect_right(self.late, days)
        return self.known[place - 1] if place else ZERO


def learned(payments, waiting=()):
    """The habit that payments and open amounts show.

    :param payments: tuples of days late, amount and weekday (0 is Monday; None)
    :param waiting: tuples of days late so far and amount, of what is open
    :return: :class:`Habit`

    Three of four euros came on the due date, the fourth ten days late:

    >>> habit = learned([(0, Decimal(300), 4), (10, Decimal(100), 4)])
    >>> habit.late, [str(chance) for chance in habit.known]
    ((0, 10), ['0.750000000', '1.000000000'])
    >>> str(habit.days), str(habit.spread), habit.count
    ('2.5', '4.3', 2)

    As much again waits for 5 days now: it counts on the due date, when it did not come
    either, and no more on day 10, which it has not seen.

    >>> habit = learned([(0, Decimal(300), 4), (10, Decimal(100), 4)],
    ...                 [(5, Decimal(400))])
    >>> [str(round(chance, 3)) for chance in habit.known]
    ['0.375', '1.000']

    Waiting on day 10 itself, it was not paid on that day:

    >>> habit = learned([(0, Decimal(300), 4), (10, Decimal(100), 4)],
    ...                 [(10, Decimal(400))])
    >>> [str(round(chance, 3)) for chance in habit.known]
    ['0.375', '0.500']
    >>> learned([]).late, str(learned([]).by(0))
    ((), '0')
    """
    paid, count, weekdays = {}, 0, {}
    for late, amount, weekday in payments:
        if amount > 0:
            paid[late] = paid.get(late, ZERO) + amount
            count += 1
            if weekday is not None:
                weekdays[weekday] = weekdays.get(weekday, 0) + 1
    return habit_of(paid, count, waiting, usual_weekday(weekdays))


def habit_of(paid, count, waiting=(), weekday=None):
    """The habit that sums per day late show: what :func:`learned` does with payments.

    :param paid: mapping of days late to what came so late
    :param int count: number of payments
    :param waiting: tuples of days late so far and amount
    :return: :class:`Habit`

    Beyond a year late nothing is told apart, nor more than sixty days early:

    >>> habit_of({-90: Decimal(1), -60: Decimal(1), 365: Decimal(1), 900: Decimal(1)}, 4
    ...          ).late
    (-60, 365)
    """
    if not count:
        return Habit()
    paid, still = _told_apart(paid.items()), _told_apart(waiting)
    late = tuple(sorted(paid))
    return Habit(
        late=late,
        known=_chances(late, paid, still),
        count=count,
        weekday=weekday,
        sums=tuple(map(paid.get, late)),
    )


def _told_apart(rows):
    """Sums per day late, within the days that are told apart."""
    sums = {}
    for late, amount in rows:
        if amount > 0:
            if not EARLIEST <= late <= LATEST:
                late = EARLIEST if late < EARLIEST else LATEST
            sums[late] = sums.get(late, ZERO) + amount
    return sums


def _chances(late, paid, still):
    """Kaplan-Meier: of what was not paid before a day, the part that is paid on it."""
    waits = sorted(still.items())
    risk = sum(paid.values()) + sum(still.values())
    left, known, gone = ONE, [], 0
    for day in late:
        while gone < len(waits) and waits[gone][0] < day:
            risk -= waits[gone][1]
            gone += 1
        left = (left * (ONE - paid[day] / risk)).quantize(CHANCE)
        risk -= paid[day]
        known.append(ONE - left)
    return tuple(known)


def usual_weekday(weekdays):
    """The weekday on which somebody pays, if there is one.

    :param weekdays: mapping of weekday (0 is Monday) to number of payments

    >>> usual_weekday({4: 3, 1: 2}), usual_weekday({4: 5, 1: 5})
    (4, None)

    Four payments are too few to know, all of them on Friday or not:

    >>> usual_weekday({4: 4}), usual_weekday({4: 5})
    (None, 4)
    >>> usual_weekday({})
    """
    count = sum(weekdays.values())
    if count < WEEKDAY_LEAST:
        return None
    weekday, times = max(weekdays.items(), key=lambda item: (item[1], -item[0]))
    return weekday if times >= WEEKDAY_SHARE * count else None


@lru_cache(maxsize=1000)
def weight(count):
    """How much a customer's own habit counts beside that of customers like him.

    >>> [str(weight(count)) for count in (0, 2, 5, 45)]
    ['0', '0', '0.5', '0.9']
    >>> weight(3)
    Decimal('0.375')
    """
    if count < LEAST:
        return ZERO
    return round(Decimal(count) / (count + PRIOR), 6).normalize()


def group_habit(groups):
    """The first habit with enough payments: of the segment, else of the company.

    :param groups: tuples of a code and a :class:`Habit`, narrow to wide
    :return: the tuple; the last one when none has enough

    >>> segment, company = Habit(count=GROUP_LEAST - 1), Habit(count=400)
    >>> group_habit([("segment", segment), ("company", company)])[0]
    'company'
    >>> group_habit([("segment", Habit(count=GROUP_LEAST)), ("company", company)])[0]
    'segment'
    """
    enough = [group for group in groups if group[1].count >= GROUP_LEAST]
    return (enough or groups[-1:])[0]
