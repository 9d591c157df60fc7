"""In which week will an open amount come, and on which day most likely?

A week runs from Monday to Sunday; the first one begins on the day of the forecast.
What is open today was not paid before today, so of a habit only the days from today on
count, and they are scaled up to the whole. What no habit reaches comes *later*: after
the last week, or never.

Days follow the weekday on which a customer pays, when he has one: the nearest one, for
the days late that he was seen to take contain the wait for it already. Without one,
Saturday counts as Friday and Sunday as Monday.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .paying_habit import LATEST, ONE, ZERO, Habit, weight

#: Calendar weeks of a forecast, the present one included.
WEEKS = 13
#: Shares are told to one in ten thousand.
SHARE = Decimal("0.0001")
#: Chances of the band: one week in ten is lower, one in ten higher.
EARLY, MIDDLE, LATE = Decimal("0.1"), Decimal("0.5"), Decimal("0.9")
#: What is left of a habit below this chance says nothing.
NOTHING = Decimal("0.00001")
NO_HABIT, NO_SHARE = Habit(), ZERO.quantize(SHARE)


@dataclass(frozen=True)
class Expected:
    """When an amount comes.

    ``shares`` has a share per week and one for later, together 1. ``likely`` is the day
    on which the chance that it came passes one half; ``early`` and ``late`` those of
    one and nine tenths; None: after the last day that any habit knows.
    """

    shares: tuple
    likely: date | None = None
    early: date | None = None
    late: date | None = None


def monday(day):
    """The Monday of the week of a day.

    >>> monday(date(2026, 11, 29)), monday(date(2026, 11, 30))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 30))
    """
    return day - timedelta(days=day.weekday())


def week_starts(start, weeks=WEEKS):
    """The first days of the weeks: the day of the forecast, then Mondays.

    >>> [day.isoformat() for day in week_starts(date(2026, 11, 27), 3)]
    ['2026-11-27', '2026-11-30', '2026-12-07']
    """
    first = monday(start)
    return [max(start, first + timedelta(days=7 * number)) for number in range(weeks)]


def week_number(day, start, weeks=WEEKS):
    """The week in which a day falls; what is past counts as now, ``weeks`` as later.

    >>> friday = date(2026, 11, 27)
    >>> [week_number(date(2026, 11, day), friday) for day in (1, 27, 29, 30)]
    [0, 0, 0, 1]
    >>> week_number(date(2027, 2, 21), friday), week_number(date(2027, 2, 22), friday)
    (12, 13)
    """
    return max(0, min(weeks, (day - monday(start)).days // 7))


def paying_day(day, weekday=None, start=None):
    """The day on which money comes: the nearest usual weekday, not before ``start``.

    A Thursday and a Monday of somebody who pays on Fridays; a weekend:

    >>> paying_day(date(2026, 12, 3), 4), paying_day(date(2026, 12, 7), 4)
    (datetime.date(2026, 12, 4), datetime.date(2026, 12, 4))
    >>> paying_day(date(2026, 12, 5)), paying_day(date(2026, 12, 6))
    (datetime.date(2026, 12, 4), datetime.date(2026, 12, 7))

    Never in the past: on Monday, and on a Saturday, the last Friday is gone.

    >>> paying_day(date(2026, 12, 7), 4, start=date(2026, 12, 7))
    datetime.date(2026, 12, 11)
    >>> paying_day(date(2026, 12, 5), start=date(2026, 12, 5))
    datetime.date(2026, 12, 7)
    """
    if weekday is None:
        move = {5: -1, 6: 1}.get(day.weekday(), 0)
        moved, next_one = day + timedelta(days=move), 3
    else:
        move = (weekday - day.weekday() + 3) % 7 - 3
        moved, next_one = day + timedelta(days=move), 7
    if start and moved < start:
        moved += timedelta(days=next_one)
    return moved


class Outlook:
    """The weeks from one day on, and what habits say about them.

    It remembers what it worked out for a group of customers: thousands of amounts ask
    for the same days.
    """

    def __init__(self, start, weeks=WEEKS):
        self.start = start
        self.weeks = weeks
        self._edges = {day: self._last_days(day) for day in (None, *range(7))}
        self._kept = {}
        self._told = {}

    def _last_days(self, weekday):
        """Of each week the last day, counted from the start, whose money comes in it
        when it comes on this weekday.

        >>> Outlook(date(2026, 11, 30), 2)._last_days(None)
        [5, 12]
        >>> Outlook(date(2026, 11, 30), 2)._last_days(4)
        [7, 14]

        On Saturday the Friday of this week is gone, and all working days are:

        >>> Outlook(date(2026, 12, 5), 2)._last_days(4)
        [-1, 9]
        >>> Outlook(date(2026, 12, 5), 2)._last_days(None)
        [-1, 7]
        """
        today = self.start.weekday()
        reach = 5 if weekday is None else weekday + 3
        days = [reach - today + 7 * number for number in range(self.weeks)]
        if today > (4 if weekday is None else weekday):
            days[0] = -1
        return days

    def expected(self, due, own, group, dated=(), kept=ONE, days=True):
        """When an amount comes.

        :param date due: its due date
        :param Habit own: what is known of the customer
        :param Habit group: what is known of customers like him
        :param dated: tuples of a day and the share of the amount that was promised for
            it, or that is an instalment of that day
        :param Decimal kept: the chance that such a day is kept
        :param bool days: False leaves the days out; only the weeks are asked for
        :return: :class:`Expected`

        Monday 30 November. Due that day, of a group of which half pays on the due date
        and half two weeks later:

        >>> group = Habit((0, 14), (Decimal("0.5"), ONE), count=100)
        >>> outlook, today = Outlook(date(2026, 11, 30), 3), date(2026, 11, 30)
        >>> found = outlook.expected(today, Habit(), group)
        >>> [str(share) for share in found.shares], found.likely.isoformat()
        (['0.5000', '0.0000', '0.5000', '0.0000'], '2026-11-30')

        A day late already, it is one of those that come after two weeks, here on a
        Sunday; more than two weeks late, nobody was seen to pay:

        >>> found = outlook.expected(date(2026, 11, 29), Habit(), group)
        >>> [str(share) for share in found.shares], found.likely.isoformat()
        (['0.0000', '0.0000', '1.0000', '0.0000'], '2026-12-14')
        >>> found = outlook.expected(date(2026, 11, 15), Habit(), group)
        >>> [str(share) for share in found.shares], found.likely
        (['0.0000', '0.0000', '0.0000', '1.0000'], None)

        Five payments of his own, all a week late, weigh as much as the group:

        >>> own = Habit((7,), (ONE,), count=5)
        >>> found = outlook.expected(today, own, group)
        >>> [str(share) for share in found.shares], found.likely.isoformat()
        (['0.2500', '0.5000', '0.2500', '0.0000'], '2026-12-07')

        Promised for Friday 11 December, as nine in ten keep; who does not, follows the
        habit after that day:

        >>> promised = [(date(2026, 12, 11), ONE)]
        >>> found = outlook.expected(today, Habit(), group, promised, Decimal("0.9"))
        >>> [str(share) for share in found.shares], found.likely.isoformat()
        (['0.0000', '0.9000', '0.1000', '0.0000'], '2026-12-11')
        """
        if not dated and not weight(own.count):
            own = NO_HABIT
        key = id(own), id(group), due, days
        if not dated and key in self._told:
            return self._told[key]
        view = _View(self, due, own, group)
        shares = [ZERO] * self.weeks
        free = ONE
        for day, share in dated:
            free -= share
            number = week_number(paying_day(day, start=self.start), self.start)
            if number < self.weeks:
                shares[number] += share * kept
            if kept < ONE:
                since = max(view.age, (day - due).days + 1)
                _add(shares, view.shares(since), share * (ONE - kept))
        if free > 0:
            _add(shares, view.shares(view.age), free)
        told = [share.quantize(SHARE) if share else NO_SHARE for share in shares]
        over = sum(told) - ONE
        if over > 0:  # rounding up must not make more than the whole
            told[told.index(max(told))] -= over
        shares = (*told, max(ZERO, -over).quantize(SHARE))
        found = Expected(shares, *(self._days(view, dated, kept) if days else ()))
        if not dated:
            self._told[key] = found
        return found

    def _days(self, view, dated, kept):
        """Likely, early and late day."""
        promised = sum((share for _day, share in dated), ZERO)
        if promised < MIDDLE:
            return tuple(view.day(view.age, chance) for chance in (MIDDLE, EARLY, LATE))
        ordered = sorted(dated)
        day, reached = ordered[-1][0], ZERO
        for one, share in ordered:
            reached += share
            if reached >= MIDDLE:
                day = one
                break
        likely = paying_day(day, start=self.start)
        late = likely if ordered[-1][0] <= day else ordered[-1][0]
        if kept < LATE:
            since = max(view.age, (ordered[-1][0] - view.due).days + 1)
            late = view.day(since, (LATE - kept) / (ONE - kept))
        return likely, paying_day(ordered[0][0], start=self.start), late


class _View:
    """One amount seen through the habits that speak about it."""

    def __init__(self, outlook, due, own, group):
        self.outlook = outlook
        self.due = due
        self.own = own
        self.group = group
        self.weight = weight(own.count)
        self.weekday = own.weekday if self.weight else None
        self.age = (outlook.start - due).days

    def by(self, late):
        """The chance that it is paid at most so many days late."""
        if not self.weight:
            return self.group.by(late)
        mixed = self.weight * self.own.by(late)
        return mixed + (ONE - self.weight) * self.group.by(late)

    def shares(self, since):
        """Share of each week, when it is not paid earlier than ``since`` days late."""
        outlook = self.outlook
        of_group = self._group_chances(since)
        if not self.weight:
            before, *by = of_group
        else:
            before, *by = self._mixed_chances(since, of_group)
        left = ONE - before
        if left < NOTHING:
            return [ZERO] * outlook.weeks
        found, last = [], before
        for chance in by:
            found.append((chance - last) / left if chance != last else ZERO)
            last = chance
        return found

    def _mixed_chances(self, since, of_group):
        """The same of his own habit and the group's, each by its weight."""
        late, known, first = self.own.late, self.own.known, since - 1
        weight, rest, age = self.weight, ONE - self.weight, self.age
        days = [first, *(age + edge for edge in self.outlook._edges[self.weekday])]
        found, place, end = [], 0, len(late)
        for day, chance in zip(days, of_group, strict=True):
            if place < end:  # days only grow
                place = bisect_right(late, max(day, first), place)
            mixed = rest * chance
            found.append(mixed + weight * known[place - 1] if place else mixed)
        return found

    def _group_chances(self, since):
        """The group's chance before ``since`` and until the end of each week."""
        kept = self.outlook._kept
        key = id(self.group), self.weekday, self.age, since
        if key not in kept:
            by = self.group.by
            edges = self.outlook._edges[self.weekday]
            kept[key] = [
                by(since - 1),
                *(by(max(self.age + edge, since - 1)) for edge in edges),
            ]
        return kept[key]

    def day(self, since, chance):
        """The day on which the chance that it came passes a number."""
        before = self.by(since - 1)
        wanted = before + chance * (ONE - before)
        if ONE - before < NOTHING or self.by(LATEST) < wanted:
            return None
        days = range(since, max(since, LATEST) + 1)
        late = days[bisect_left(days, wanted, key=self.by)]
        day = self.due + timedelta(days=late)
        return paying_day(day, self.weekday, self.outlook.start)


def _add(shares, more, part):
    """Add a part of other shares to the shares, in place."""
    for number, share in enumerate(more):
        shares[number] += share * part


__all__ = [
    "EARLY",
    "LATE",
    "WEEKS",
    "Expected",
    "Habit",
    "Outlook",
    "monday",
    "paying_day",
    "week_number",
    "week_starts",
]
