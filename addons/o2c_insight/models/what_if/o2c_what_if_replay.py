"""The replay itself: each customer under each set of rules, and the rows of it."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.o2c_credit.policy.credit_decision import decide_order

from ...policy.over_time import average, weekly
from ...policy.replay import replay

ZERO = Decimal(0)
SUMS = ("orders", "ordered", "held_amount", "person_amount", "paid", "paid_days")
MAPPED = {"orders": "order_count"}


class O2cWhatIf(models.Model):
    _inherit = "o2c.what.if"

    def _replay(self, today):
        """Replay under today's rules and each scenario; earlier figures make room.

        :param date today: the day whose limits, grades and policy are today's
        """
        self.ensure_one()
        self.check_access("write")
        self._alone()
        customers = self._customers(today)
        self._forget()
        for scenario in [self.scenario_ids.browse(), *self.scenario_ids]:
            self._replay_scenario(scenario, customers)
        self._note_basis(customers)
        self.replayed_at = fields.Datetime.now()

    def _alone(self):
        """Two replays of one study at once would write its figures twice."""
        if not self.try_lock_for_update():
            raise UserError(
                self.env._(
                    "%(study)s is being replayed at this moment by somebody else. Wait "
                    "until that is done and look at its figures, or copy the what-if "
                    "to ask another question.",
                    study=self.name,
                )
            )

    def _forget(self):
        for model in ("o2c.what.if.result", "o2c.what.if.held", "o2c.what.if.week"):
            self.env[model].sudo().search([("study_id", "=", self.id)]).unlink()

    def _replay_scenario(self, scenario, customers):
        """One set of rules for everybody; an empty scenario is today's."""
        grace = self.company_id.o2c_overdue_days
        terms, sums = {}, defaultdict(lambda: defaultdict(Decimal))
        owed, came = defaultdict(_book), defaultdict(_book)
        held = []
        for partner, (customer, segment, grade) in customers.items():
            if (segment, grade) not in terms:
                rules = scenario or self.env["o2c.what.if.scenario"]
                terms[segment, grade] = rules._terms_of(
                    segment, grade, self.remind_days, grace
                )
            told = replay(
                customer,
                terms[segment, grade],
                self.date_from,
                self.date_to,
                decide_order,
                self.release_days if self.released else None,
            )
            for name in SUMS:
                sums[segment][MAPPED.get(name, name)] += getattr(told, name)
            self._count(sums[segment], told)
            held += self._held_rows(told, customer, partner, segment)
            for book, changes in ((owed, told.owed), (came, told.came)):
                for day, amount in changes.items():
                    book[segment][day] += amount
        self._keep(scenario, sums, owed, came, held)

    def _name_of_today(self):
        """Kept with the rows, so in the language of the company, not of who replays."""
        language = self.company_id.partner_id.lang or self.env.lang
        return self.with_context(lang=language).env._("Today's rules")

    def _count(self, sums, told):
        sums["passed_count"] += len(told.waited)
        sums["waited_days"] += sum(told.waited.values())
        sums["person_count"] += len(told.person)
        sums["held_count"] += len(told.waited) + len(told.person)

    def _held_rows(self, told, customer, partner, segment):
        """The orders that waited, as rows."""
        waited = told.waited | told.person
        return [
            {
                "order_id": order.key,
                "partner_id": partner,
                "segment_id": segment,
                "day": order.day,
                "amount": float(order.amount),
                "outcome": "person" if order.key in told.person else "money",
                "days": waited[order.key],
            }
            for order in customer.orders
            if order.key in waited
        ]

    def _keep(self, scenario, sums, owed, came, held):
        """Write the rows of one scenario."""
        shared = {
            "study_id": self.id,
            "company_id": self.company_id.id,
            "scenario_id": scenario.id,
            "rules": scenario.name or self._name_of_today(),
        }
        period = self.date_from, self.date_to
        days = (self.date_to - self.date_from).days + 1
        share = Decimal(str(self.cost_percent)) / 100 * days / 365
        rows = []
        for segment, figures in sorted(sums.items(), key=lambda one: one[0] or 0):
            standing = average(owed[segment], *period)
            rows.append(
                shared
                | {name: float(value) for name, value in figures.items()}
                | {
                    "segment_id": segment,
                    "owed": float(standing),
                    "came": float(sum(came[segment].values(), ZERO)),
                    "cost": float(standing * share),
                }
            )
        self.env["o2c.what.if.result"].sudo().create(rows)
        self.env["o2c.what.if.held"].sudo().create([shared | row for row in held])
        stands = weekly(_together(owed), *period)
        comes = weekly(_together(came), *period, add_up=False)
        self.env["o2c.what.if.week"].sudo().create(
            [
                shared | {"week": week, "owed": float(left), "came": float(money)}
                for (week, left), (_week, money) in zip(stands, comes, strict=True)
            ]
        )


def _book():
    return defaultdict(Decimal)


def _together(books):
    """The changes of all segments in one."""
    total = _book()
    for book in books.values():
        for day, amount in book.items():
            total[day] += amount
    return total
