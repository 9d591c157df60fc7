"""The same books give the same figures, in whatever order they are read."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.o2c_credit.policy.credit_decision import decide_order
from odoo.addons.o2c_credit.policy.credit_facts import CreditFacts, CreditRules

from ..policy.replay import replay
from ..policy.scenario import Claim, Customer, Order, Terms
from .what_if_common import WhatIfCommon

MARCH = date(2026, 3, 1), date(2026, 3, 31)


def day(number):
    return date(2026, 3, number)


def claim(issued, amount, *payments):
    """An invoice of so much, due after 14 days, with its (day, amount) payments."""
    paid = tuple((day(when), Decimal(part), True) for when, part in payments)
    return Claim(
        day(issued), day(issued) + timedelta(days=14), Decimal(amount), payments=paid
    )


def order(key, number, amount, *claims, hour=10):
    moment = datetime(2026, 3, number, hour)
    return Order(key, day(number), Decimal(amount), claims, moment)


def told(orders, claims=(), limit=1000, **terms):
    facts = CreditFacts(limit_kind="amount", limit=Decimal(limit))
    who = Customer(facts, CreditRules(overdue="ignore"), tuple(orders), tuple(claims))
    return replay(who, Terms(**terms), *MARCH, decide_order)


@tagged("post_install", "-at_install")
class TestReplayOrder(BaseCase):
    """The policy alone: the order in which it is handed over means nothing."""

    def test_all_money_of_a_day_counts_before_anybody_passes(self):
        """1,000 owed, 600 and 100 wait; 100 and 500 come on one day. Who waited longest
        passes first, whichever payment stands first in the books."""
        small, big = claim(1, 100, (10, 100)), claim(1, 900, (10, 500))
        orders = [order(1, 3, 600), order(2, 4, 100)]
        for claims in ((small, big), (big, small)):
            outcome = told(orders, claims)
            self.assertEqual((outcome.waited, outcome.person), ({1: 7}, {2: 27}))

    def test_of_two_orders_of_a_day_the_earlier_one_is_judged_first(self):
        early, late = order(9, 3, 700, hour=9), order(1, 3, 600, hour=15)
        for orders in ((early, late), (late, early)):
            self.assertEqual(list(told(orders).person), [1])

    def test_an_invoice_above_its_order_takes_nothing_of_another_order(self):
        """150 invoiced on an order of 100: the open order of 800 still counts whole."""
        orders = [
            order(1, 2, 800),
            order(2, 3, 100, claim(4, 150, (5, 150))),
            order(3, 6, 250),
        ]
        self.assertEqual(list(told(orders).person), [3])

    def test_a_shuffled_book_gives_the_same_outcome(self):
        chance = random.Random(20261128)
        orders, loose = [order(99, 5, 2000)], []
        for key in range(40):
            number, amount = chance.randint(1, 20), chance.randint(50, 900)
            parts = [
                (min(number + chance.randint(0, 9), 31), amount // 2),
                (min(number + chance.randint(0, 9), 31), amount - amount // 2),
            ]
            bill = claim(number, amount, *parts)
            if key % 4:
                orders.append(order(key, number, amount, bill, hour=key % 24))
            else:
                loose.append(bill)
        terms = {"term_days": 10, "remind_now": 3, "remind_then": 1}
        first = told(orders, loose, 1500, **terms)
        self.assertTrue(first.waited and first.person)
        for _time in range(25):
            chance.shuffle(orders)
            chance.shuffle(loose)
            self.assertEqual(told(orders, loose, 1500, **terms), first)


@tagged("post_install", "-at_install")
class TestReplayAgain(WhatIfCommon):
    """A study, replayed more than once."""

    def _figures(self, study):
        """All that a replay keeps, as plain values."""
        held = self.env["o2c.what.if.held"].search([("study_id", "=", study.id)])
        weeks = self.env["o2c.what.if.week"].search([("study_id", "=", study.id)])
        names = "order_count", "held_count", "person_count", "held_amount", "owed"
        names += "came", "paid", "paid_days", "cost"
        return (
            [
                (row.rules, row.segment_id.id, *(row[name] for name in names))
                for row in study.result_ids
            ],
            sorted((one.rules, one.order_id.id, one.outcome, one.days) for one in held),
            [(one.rules, one.week, one.owed, one.came) for one in weeks],
        )

    def _busy_book(self):
        """Several customers and segments with orders and payments on the same days."""
        for number, kind in enumerate(("corporate", "sme", "sme", "public")):
            customer = self._customer(f"Druk {number}", kind)
            profile = self.env["o2c.risk.profile"].sudo()
            profile._ensure(self.company, customer).write(
                {"limit_kind": "amount", "limit_amount": 800}
            )
            for amount in (500, 300.33, 250.1):
                self._sold(amount, "2026-03-04", "2026-03-05", "2026-03-20", customer)

    def test_books_read_in_another_order_give_the_same_figures(self):
        self._busy_book()
        study = self._study(
            {"change_term": True, "term_days": 10},
            {"limit_change": "factor", "limit_percent": 70},
        )
        study.action_replay()
        first = self._figures(study)
        model, chance = self.env.registry["o2c.what.if"], random.Random(11)
        rows, claims = model._order_rows, model._claims_by_order
        facts = self.env.registry["o2c.risk.profile"]._credit_facts

        def mixed(things):
            things = list(things)
            chance.shuffle(things)
            return things

        for _time in range(4):
            with (
                patch.object(model, "_order_rows", lambda one: mixed(rows(one))),
                patch.object(
                    model,
                    "_claims_by_order",
                    lambda one: {
                        key: mixed(some) for key, some in mixed(claims(one).items())
                    },
                ),
                patch.object(
                    self.env.registry["o2c.risk.profile"],
                    "_credit_facts",
                    lambda *args: dict(mixed(facts(*args).items())),
                ),
            ):
                study.action_replay()
            self.assertEqual(self._figures(study), first)
        self.assertIn("Nothing changed since the replay", study.changes)

    def test_what_changed_in_between_is_named(self):
        study = self._study({"limit_change": "factor", "limit_percent": 80})
        study.action_replay()
        self.assertFalse(study.changes, "a first replay has nothing before it")
        other = self._customer("Tussendoor B.V.", "sme")
        self._invoice(other, 99, "2026-03-04")
        study.action_replay()
        self.assertIn("invoices or payments of Tussendoor B.V.", study.changes)
        self.assertIn("limit, grade or policy of Tussendoor B.V.", study.changes)
        self.assertNotIn(self.sme.name, study.changes)
        self.env["o2c.risk.profile"].sudo()._ensure(self.company, self.sme).write(
            {"limit_amount": 2000}
        )
        study.cost_percent = 5
        study.action_replay()
        self.assertRegex(
            study.changes,
            rf"the question: .*; limit, grade or policy of {self.sme.name}",
        )
        self.assertNotIn("Tussendoor", study.changes)
        self.assertEqual(study.with_user(self.clerk).changes, study.changes)

    def test_many_changed_customers_are_counted(self):
        study = self._study({"limit_change": "factor"})
        study.action_replay()
        for number in range(6):
            self._invoice(self._customer(f"Nieuw {number}", "sme"), 10, "2026-03-04")
        study.action_replay()
        self.assertIn("Nieuw 3 and 2 more", study.changes)

    def test_a_replay_that_somebody_else_runs_is_told(self):
        study = self._study({"limit_change": "factor"})
        model = self.env.registry["o2c.what.if"]
        with (
            patch.object(model, "try_lock_for_update", lambda one: one.browse()),
            self.assertRaisesRegex(UserError, "Proef is being replayed at this moment"),
        ):
            study.action_replay()
        self.assertFalse(study.result_ids)
