"""How long a draft waits in working hours, and who is asked next."""

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckWaiting(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.responsible = cls._user("boss", "o2c_base.group_billing_user")
        cls.company.write(
            {"o2c_responsible_id": cls.responsible.id, "o2c_check_hours": 8}
        )
        cls.rule = cls._rule(
            "amount", (cls.approver, 1000), (cls.chief, None), amount=100
        )

    def _waiting(self, at="2026-03-06 15:00:00", amount=500.0):
        # Friday 16:00 in the Netherlands
        with freeze_time(at):
            draft = self._draft(amount)
            draft.action_o2c_ask_approval()
        return draft

    def _look(self, at):
        with (
            patch.object(self.env.registry["ir.cron"], "_commit_progress", _no_commit),
            freeze_time(at),
        ):
            self.env["account.move"]._o2c_escalate_checks(
                self.company, datetime.fromisoformat(at)
            )

    def _asked(self, draft):
        return draft.activity_ids.filtered(
            lambda one: one.activity_type_id
            == self.env.ref("o2c_billing.o2c_check_activity_type")
        )

    def test_a_weekend_is_no_waiting(self):
        draft = self._waiting()
        with freeze_time("2026-03-09 09:30:00"):
            self.env.invalidate_all()
            # an hour on Friday, an hour and a half on Monday
            self.assertEqual(draft.o2c_check_hours, 2.5)
            self.assertEqual(draft.o2c_check_mood, "fresh")
        with freeze_time("2026-03-09 15:00:00"):
            self.env.invalidate_all()
            self.assertEqual(draft.o2c_check_mood, "late")
        with freeze_time("2026-03-10 15:00:00"):
            self.env.invalidate_all()
            self.assertEqual(draft.o2c_check_mood, "very_late")

    def test_the_office_hours_are_the_company_s_own(self):
        draft = self._waiting()
        self.company.write({"o2c_office_from": 8.0, "o2c_office_to": 16.5})
        with freeze_time("2026-03-09 09:30:00"):
            self.env.invalidate_all()
            self.assertEqual(draft.o2c_check_hours, 3.0)

    def test_before_the_hours_are_over_nobody_else_is_asked(self):
        draft = self._waiting()
        self._look("2026-03-09 14:59:00")
        self.assertEqual(draft.o2c_check_level, 0)
        self.assertFalse(self._asked(draft))

    def test_the_next_approver_is_asked_once_per_level(self):
        draft = self._waiting()
        self._look("2026-03-09 15:00:00")
        self.assertEqual(draft.o2c_check_level, 1)
        self.assertEqual(draft.o2c_approver_id, self.chief)
        self.assertEqual(self._asked(draft).user_id, self.chief)
        self._look("2026-03-09 16:00:00")
        self._look("2026-03-10 14:59:00")
        self.assertEqual(len(self._asked(draft)), 1, "one activity per level")
        self._look("2026-03-10 15:00:00")
        self.assertEqual(draft.o2c_check_level, 2)
        self.assertEqual(draft.o2c_approver_id, self.responsible)
        self.assertEqual(len(self._asked(draft)), 2)
        for day in ("11", "12", "13", "16"):
            self._look(f"2026-03-{day} 15:30:00")
        self.assertEqual(draft.o2c_check_level, 2, "nobody stands above")
        self.assertEqual(len(self._asked(draft)), 2)

    def test_a_decision_ends_the_asking(self):
        draft = self._waiting()
        self._look("2026-03-09 15:00:00")
        draft.with_user(self.approver).action_o2c_approve()
        self.assertEqual(draft.state, "posted", "who was asked first still may")
        self.assertFalse(self._asked(draft))

    def test_a_rule_without_names_goes_to_who_is_responsible(self):
        self.rule.authority_ids.unlink()
        draft = self._waiting()
        self.assertFalse(draft.o2c_approver_id)
        self._look("2026-03-09 15:00:00")
        self.assertEqual(draft.o2c_approver_id, self.responsible)
        with self.assertRaises(UserError):
            draft.with_user(self.approver)._post()

    def test_zero_hours_means_never(self):
        self.company.o2c_check_hours = 0
        draft = self._waiting()
        self._look("2026-06-01 15:00:00")
        self.assertEqual(draft.o2c_check_level, 0)

    def test_a_company_that_is_not_live_asks_nobody(self):
        draft = self._waiting()
        self._switch("watch", "billing")
        self._look("2026-06-01 15:00:00")
        self.assertEqual(draft.o2c_check_level, 0)

    def test_a_returned_draft_is_not_escalated(self):
        draft = self._waiting()
        draft.with_user(self.approver)._o2c_return(self.billing, "other", "Wrong")
        self._look("2026-06-01 15:00:00")
        self.assertEqual(draft.o2c_check_level, 0)

    @mute_logger("odoo.addons.o2c_billing.models.check.account_move_escalation")
    def test_one_that_fails_does_not_stop_the_others(self):
        first, second = self._waiting(), self._waiting()
        own = type(first)._o2c_ask_next

        def fails(move, now):
            if move == first:
                raise ValueError("not this one")
            return own(move, now)

        with patch.object(self.env.registry["account.move"], "_o2c_ask_next", fails):
            self._look("2026-03-09 15:00:00")
        self.assertEqual((first.o2c_check_level, second.o2c_check_level), (0, 1))

    def test_today_shows_what_waits_for_me(self):
        draft = self._waiting()
        other = self._waiting(amount=5000.0)
        with freeze_time("2026-03-10 12:00:00"):
            cards = {
                user: {
                    card["key"]: card
                    for card in self.env["o2c.today"]
                    .with_user(user)
                    ._cards(self.company, self.company._o2c_today())
                }
                for user in (self.approver, self.chief, self.billing)
            }
        mine = cards[self.approver]["billing_to_approve"]
        self.assertEqual(mine["value"], "1")
        self.assertEqual(mine["rows"][0]["action"]["res_id"], draft.id)
        self.assertIn("For colleagues: 1", mine["hint"])
        board = (draft + other).with_user(self.approver)
        self.assertEqual(board.mapped("o2c_check_mine"), [True, False])
        mine = cards[self.chief]["billing_to_approve"]
        self.assertEqual(mine["rows"][0]["action"]["res_id"], other.id)
        self.assertNotIn("billing_to_mend", cards[self.billing])
        draft.with_user(self.approver)._o2c_return(self.billing, "other", "Wrong sum")
        card = {
            card["key"]: card
            for card in self.env["o2c.today"]
            .with_user(self.billing)
            ._cards(self.company, self.company._o2c_today())
        }["billing_to_mend"]
        self.assertEqual(card["value"], "1")
        self.assertIn("Wrong sum", card["rows"][0]["label"])


def _no_commit(cron, *args, **kwargs):
    """The progress of a scheduled job, without its commit."""
    return float("inf")
