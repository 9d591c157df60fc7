"""A draft invoice that is too much says so, and can be spread."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestDraftInvoice(CreditCommon):
    def _draft(self, amount, partner=None):
        return self._invoice(partner or self.sme, amount, self.today, post=False)

    def test_exactly_the_limit_says_nothing_and_a_cent_more_does(self):
        self.assertFalse(self._draft(1000).o2c_draft_warning)
        over = self._draft(0.01)
        self.assertEqual(over.o2c_over_limit, 0.01)
        self.assertIn("instalments", over.o2c_draft_warning)

    def test_no_limit_set_says_nothing(self):
        self.assertFalse(self._draft(99999, self.corporate).o2c_draft_warning)

    def test_who_pays_up_front_is_told_apart(self):
        self._limit(self.sme, "cash")
        self.assertIn("pays up front", self._draft(10).o2c_draft_warning)

    def test_an_invoice_that_is_not_saved_yet_counts_too(self):
        with Form(
            self.env["account.move"].with_context(default_move_type="out_invoice")
        ) as form:
            form.partner_id = self.sme
            with form.invoice_line_ids.new() as line:
                line.name = "Test"
                line.price_unit = 1500
                line.tax_ids.clear()
            self.assertEqual(form.o2c_over_limit, 500)

    def test_off_says_nothing_and_posted_says_nothing(self):
        move = self._draft(2000)
        self._switch("off", "credit")
        move.invalidate_recordset()
        self.assertFalse(move.o2c_draft_warning)
        self._switch("live", "credit")
        move.action_post()
        self.assertFalse(move.o2c_draft_warning)

    def _spread(self, move, **values):
        return self.env["o2c.draft.terms"].create({"move_id": move.id, **values})

    def test_a_part_at_once_is_what_is_missing_rounded_up(self):
        move = self._draft(1500)
        wizard = self._spread(move)
        self.assertEqual(wizard.percent, 35)
        wizard.action_apply()
        due = move.line_ids.filtered("date_maturity").sorted("date_maturity")
        self.assertEqual(due.mapped("balance"), [525, 975])
        self.assertEqual(
            due.mapped("date_maturity"), [self.today, self.today + timedelta(days=30)]
        )
        again = self._draft(1500)
        self._spread(again, percent=35).action_apply()
        self.assertEqual(again.invoice_payment_term_id, move.invoice_payment_term_id)
        self.assertFalse(move.invoice_payment_term_id.active)

    def test_when_all_of_it_is_missing_it_is_due_at_once(self):
        self._draft(1000)
        move = self._draft(500)
        wizard = self._spread(move)
        self.assertEqual(wizard.percent, 100)
        wizard.action_apply()
        self.assertEqual(move.invoice_date_due, self.today)

    def test_instalments_add_up_to_the_cent(self):
        move = self._draft(1000.01)
        self._spread(move, kind="instalments", count=3).action_apply()
        due = move.line_ids.filtered("date_maturity")
        self.assertEqual(len(due), 3)
        self.assertEqual(round(sum(due.mapped("balance")), 2), 1000.01)

    def test_absurd_figures_are_refused_in_words(self):
        move = self._draft(1500)
        for values in (
            {"percent": 0},
            {"percent": 100.5},
            {"rest_days": 0},
            {"kind": "instalments", "count": 1},
            {"kind": "instalments", "count": 13},
            {"kind": "instalments", "days_between": 0},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self._spread(move, **values).action_apply()
        move.action_post()
        with self.assertRaisesRegex(UserError, "plan"):
            self._spread(move).action_apply()

    def test_a_seller_cannot_spread(self):
        move = self._draft(1500)
        with self.assertRaises(AccessError):
            self.env["o2c.draft.terms"].with_user(self.seller).create(
                {"move_id": move.id}
            )
