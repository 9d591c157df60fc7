"""The score card: whose it is, who changes it, and what a change does."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.o2c_credit.policy.score_card import ScoreCard

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestScoreCard(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cards = cls.env["o2c.score.card"]
        cls.card = cls.env.ref("o2c_credit.o2c_score_card_default")

    def _history(self, partner, count, late):
        day = self.today - timedelta(days=300)
        for number in range(count):
            invoice = self._invoice(partner, 100, day + timedelta(days=number))
            self._pay(invoice, None, invoice.invoice_date_due + timedelta(days=late))

    def _score(self, partner, days=0):
        day = self.today + timedelta(days=days)
        self.profiles._rescore(self.company, day, partner.ids)
        return partner._o2c_profile(self.company)

    def test_the_card_that_ships_says_what_the_policy_says(self):
        self.assertEqual(self.cards._policy_of(self.company), ScoreCard())

    def test_without_any_card_the_policy_has_its_own(self):
        self.card.unlink()
        self.assertEqual(self.cards._policy_of(self.company), ScoreCard())

    def test_a_company_can_have_a_card_of_its_own(self):
        self._history(self.sme, 6, 0)
        self.assertEqual(self._score(self.sme).grade, "A")
        own = self.card.with_user(self.manager).copy()
        self.assertEqual(own.company_id, self.company)
        self.assertEqual(self.cards._of(self.company), own)
        own.start = 20
        self.assertEqual(self.cards._policy_of(self.company).start, 20)
        self.assertEqual(self.card.start, 55)
        score = self._score(self.sme, 1).score
        self.assertEqual(score, 20 + 20 + 10 + 1)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.card.copy()

    def test_only_a_credit_manager_changes_it(self):
        card = self.card.with_user(self.controller)
        card.mapped("line_ids.reason")
        for change in (
            lambda: card.write({"start": 90}),
            lambda: card.line_ids[0].write({"best": 90}),
            lambda: card.line_ids[0].unlink(),
            lambda: card.copy(),
        ):
            with self.assertRaises(AccessError):
                change()
        with self.assertRaises(AccessError):
            self.card.with_user(self.seller).mapped("start")
        self.card.with_user(self.manager).write({"start": 56})

    def test_each_change_of_a_weight_stands_in_the_chatter(self):
        card = self.card.with_user(self.manager)
        line = card.line_ids.filtered(lambda one: one.reason == "relation")
        line.best = 12
        self.assertIn("5 → +12", card.message_ids[0].body)
        self.assertIn("5 → +8", card.message_ids[0].body)
        line.unlink()
        self.assertIn("no longer counts", card.message_ids[0].body)

    def test_a_reason_that_is_taken_off_gives_no_points(self):
        self._history(self.sme, 6, 0)
        self.assertIn("on_time", dict(self._score(self.sme).reasons))
        self.card.line_ids.filtered(lambda one: one.reason == "on_time").unlink()
        self.assertNotIn("on_time", dict(self._score(self.sme).reasons))

    def test_other_bounds_move_a_grade_only_after_two_nights(self):
        self._history(self.sme, 6, 0)
        profile = self._score(self.sme)
        self.assertEqual((profile.grade, profile.score), ("A", 86))
        self.card.write({"bound_a": 95})
        self.assertEqual(self._score(self.sme, 1).pending_grade, "B")
        self.assertEqual(profile.grade, "A")
        self.assertEqual(self._score(self.sme, 2).grade, "B")

    def test_bounds_descend_and_a_scale_has_a_length(self):
        for values in ({"bound_b": 80}, {"bound_a": 101}, {"bound_d": 0}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    self.card.write(values)
                    self.card.flush_recordset()
        line = self.card.line_ids[0]
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            line.write({"worst_at": line.best_at})
            line.flush_recordset()

    def test_where_a_reason_gives_no_points_is_shown(self):
        found = {one.reason: one.neutral_at for one in self.card.line_ids}
        self.assertEqual(found["bureau"], "50.0")
        self.assertEqual(found["overdue_now"], "")
