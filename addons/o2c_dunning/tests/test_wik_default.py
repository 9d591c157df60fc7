"""What is shown of a 14-day letter is what leaves: one rule about default, twice."""

from datetime import datetime

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestWikDefault(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_term_agreed = "invoice"
        cls.env["res.lang"].sudo()._activate_lang("nl_NL")
        cls.consumer.lang = "nl_NL"
        first, second = cls.standard.step_ids.sorted("days")[:2]
        first.kind, second.kind = "reminder", "wik"
        second.approval = True

    def _two(self):
        """An invoice that is in default on 25 February, and one that is not."""
        old = self._due(self.consumer, 1000, "2026-01-15")
        new = self._due(self.consumer, 500, "2026-02-20")
        self._remind("2026-01-20")
        return old, new

    def test_the_letter_that_is_shown_is_the_letter_that_leaves(self):
        old, new = self._two()
        seen = self._nightly("2026-02-25", preview=True).o2c_notice_ids
        self.assertEqual((seen.line_ids.move_id, seen.amount), (old, 1000))
        letter = self._nightly("2026-02-25").o2c_notice_ids
        self.assertEqual((letter.state, letter.kind), ("waiting", "wik"))
        self.assertEqual((letter.line_ids.move_id, letter.amount), (old, 1000))
        self.assertFalse(letter.wik_check)
        self.assertEqual(self._verdict(new).reason, "not_in_default")
        shown = str(letter.shown)
        letter.action_approve()
        self._deliver("2026-02-25")
        self.assertEqual((letter.state, str(letter.content)), ("sent", shown))

    def test_what_a_run_by_hand_foresees_leaves_it_out_too(self):
        self._two()
        wizard = self.env["o2c.remind.now"].create(
            {"company_id": self.company.id, "partner_ids": self.consumer.ids}
        )
        today = datetime(2026, 2, 25).date()
        [(_account, message)] = self.cases._foresee(
            self.company, today, wizard._selection()
        )
        self.assertEqual(message.total, 1000)

    def test_it_is_judged_again_when_it_leaves(self):
        old, new = self._two()
        letter = self._nightly("2026-02-25").o2c_notice_ids
        letter.action_approve()
        # since then agreed on: both are in default
        self.company.o2c_term_agreed = "agreed"
        self._deliver("2026-02-26")
        self.assertEqual(letter.state, "sent", letter.failure_reason)
        self.assertEqual((letter.line_ids.move_id, letter.amount), (old + new, 1500))

    def test_interest_is_shown_before_it_leaves(self):
        self.company.o2c_wik_interest = True
        self.company.o2c_term_agreed = "agreed"
        self._due(self.consumer, 1000, "2025-02-01")
        self._remind("2025-02-05")
        letter = self._nightly("2025-03-05").o2c_notice_ids
        shown = str(letter.shown)
        self.assertIn("wettelijke rente", shown)
        letter.action_approve()
        self._deliver("2025-03-05")
        self.assertEqual((letter.state, str(letter.content)), ("sent", shown))

    def test_without_anything_in_default_it_waits_and_says_so(self):
        invoice = self._due(self.consumer, 1000, "2026-03-01")
        self._remind("2026-03-04")
        letter = self._nightly("2026-03-18").o2c_notice_ids
        self.assertEqual(letter.kind, "wik")
        self.assertIn(f"{invoice.name}: not in default yet", letter.wik_check)
        self.assertIn("waits for that day", letter.wik_check)
