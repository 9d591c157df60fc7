"""From amounts and habits to weeks: what is set off or promised, what comes when."""

from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import timedelta
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from odoo import api, models

from ...policy.cash_outlook import Expected, Outlook
from ...policy.cash_parts import by_instalment, from_the_first
from ...policy.paying_habit import LEAST, Habit, group_habit, habit_of, learned
from .o2c_cash_forecast_facts import HISTORY, Amount

ZERO, ONE = Decimal(0), Decimal(1)
NO_HABIT = Habit()
PAID_ON = attrgetter("paid_on")


class Looked(NamedTuple):
    """An amount, what money is expected for, when, and whose habits said so."""

    amount: Amount
    counted: Decimal
    expected: Expected | None
    own: Habit
    group_code: str
    group: Habit
    kept: Decimal


class Known(NamedTuple):
    """What is read once, of all days that are looked at."""

    payments: list
    agreed: list
    settled: list


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _look(self, amounts, known, day, days=True):
        """When each amount comes, from what was known on a morning.

        :param amounts: :class:`Amount` objects, oldest first
        :param Known known: payments, promises and plans
        :param date day: first day of the first week
        :param bool days: False: the weeks are enough
        :return: list of :class:`Looked`
        """
        self._set_off(amounts)
        self._agree(amounts, known.agreed, day)
        own, segments, company = self._habits(amounts, known.payments, day)
        groups = {
            segment: group_habit((("segment", habit), ("company", company)))
            for segment, habit in segments.items()
        }
        outlook, kept = Outlook(day), self._kept_chance(known.settled, day)
        found = []
        for one in amounts:
            habit = own.get(one.partner_id, NO_HABIT)
            code, group = groups.get(one.segment_id) or ("company", company)
            counted, expected = one.counted, None
            self._name_basis(one, habit, code)
            if counted > 0:
                expected = outlook.expected(
                    one.due, habit, group, one.dated, kept, days
                )
            found.append(Looked(one, counted, expected, habit, code, group, kept))
        return found

    @api.model
    def _name_basis(self, one, habit, code):
        """What the day of an amount follows from, or why there is none."""
        if one.amount < 0:
            one.basis = "credit"
        elif one.away:
            one.basis = "away"
        elif one.counted <= 0:
            one.basis = "disputed" if one.disputed >= one.set_off else "covered"
        elif not one.dated:
            one.basis = "own" if habit.count >= LEAST else code

    @api.model
    def _set_off(self, amounts):
        """Credit of a customer is taken off his oldest invoices."""
        credits, debts = defaultdict(list), defaultdict(list)
        for one in amounts:
            if one.amount < 0:
                credits[one.partner_id].append(one)
            elif not one.away:
                debts[one.partner_id].append(one)
        for partner_id, ones in credits.items():
            owed = debts.get(partner_id, [])
            left = [max(ZERO, one.amount - one.disputed) for one in owed]
            parts = from_the_first(left, -sum(one.amount for one in ones))
            for one, part in zip(owed, parts, strict=True):
                one.set_off = part
            used = from_the_first([-one.amount for one in ones], sum(parts, ZERO))
            for one, part in zip(ones, used, strict=True):
                one.set_off = -part

    @api.model
    def _agree(self, amounts, agreed, day):
        """Days that were promised, or on which instalments fall.

        Of an amount in a plan nothing is promised beside it.
        """
        by_move = defaultdict(list)
        for one in amounts:
            if one.move_id and one.counted > 0:
                by_move[one.move_id].append(one)
        standing = sorted(
            (one for one in agreed if one.holds(day)), key=lambda one: one.kind
        )
        planned = set()
        for agreement in standing:  # plans come before promises
            ones = [one for move in agreement.moves for one in by_move.get(move, ())]
            ones = [one for one in ones if one.key not in planned]
            if not ones:
                continue
            ones.sort(key=lambda one: (one.due, one.key))
            if agreement.kind == "plan":
                planned |= {one.key for one in ones}
                self._plan(ones, agreement)
            else:
                self._promise(ones, agreement)

    @api.model
    def _plan(self, ones, plan):
        rate = ones[0].rate
        parts = by_instalment(
            [one.counted for one in ones],
            [(day, amount * rate) for day, amount in plan.days],
        )
        for one, dated in zip(ones, parts, strict=True):
            one.dated, one.basis = list(dated), "plan"

    @api.model
    def _promise(self, ones, promise):
        """What is left of the promise after what was paid since, oldest first."""
        [(promised, amount)] = promise.days
        rate = ones[0].rate
        open_now = sum((one.counted + one.disputed for one in ones), ZERO)
        paid = max(ZERO, promise.before * rate - open_now) if promise.before else ZERO
        free = [
            one.counted * (ONE - sum((share for _day, share in one.dated), ZERO))
            for one in ones
        ]
        parts = from_the_first(free, amount * rate - paid)
        for one, part in zip(ones, parts, strict=True):
            if part > 0:
                one.dated.append((promised, part / one.counted))
                one.basis = "promise"

    @api.model
    def _habits(self, amounts, payments, day):
        """Habits as known on a morning: per customer, per segment, of the company.

        :param payments: :class:`Payment` objects in the order of their days
        :return: dict of customer id, dict of segment id, and a :class:`Habit`
        """
        own = {one.partner_id: [] for one in amounts}
        groups, counts = defaultdict(Counter), Counter()
        first = bisect_left(payments, day - timedelta(days=HISTORY), key=PAID_ON)
        for one in payments[first : bisect_left(payments, day, key=PAID_ON)]:
            groups[one.segment_id][one.late] += one.amount
            counts[one.segment_id] += 1
            if one.partner_id in own:
                own[one.partner_id].append(
                    (one.late, one.amount, one.paid_on.weekday())
                )
        his, theirs, every = defaultdict(list), defaultdict(list), []
        for one in amounts:
            waiting = one.amount - one.disputed - one.set_off
            if one.kind == "invoice" and waiting > 0:
                row = (day - one.due).days - 1, waiting
                his[one.partner_id].append(row)
                theirs[one.segment_id].append(row)
                every.append(row)
        together = Counter()
        for paid in groups.values():
            together.update(paid)
        return (
            {key: learned(rows, his[key]) for key, rows in own.items() if rows},
            {
                key: habit_of(paid, counts[key], theirs[key])
                for key, paid in groups.items()
                if key  # who has no segment is like nobody in particular
            },
            habit_of(together, counts.total(), every),
        )
