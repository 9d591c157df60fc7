"""What was said stays said: draft, cancel, credit, write-off and un-reconcile."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestHistory(DunningCommon):
    def _reminded(self, amount=1000):
        invoice = self._due(self.sme, amount, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "sent")
        return invoice, notice

    def _told(self, notice):
        """What the customer was told, as the notice keeps it."""
        return notice.read(["content_hash", "amount", "sent_on", "state"]), [
            (line.label, line.due, line.amount, line.step_days)
            for line in notice.line_ids
        ]

    def test_reset_to_draft_keeps_what_was_said(self):
        invoice, notice = self._reminded()
        told = self._told(notice)
        invoice.button_draft()
        self.assertEqual(self._told(notice), told)
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        invoice.action_post()
        invoice.is_move_sent = True
        self.assertEqual(self._nightly("2026-03-26").o2c_notice_ids.step_days, 17)

    def test_a_draft_takes_back_the_reminder_that_has_not_left(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        invoice.button_draft()
        self._deliver("2026-03-04")
        self.assertFalse(self._mails)
        self.assertEqual(notice.state, "withdrawn")

    def test_cancel_keeps_what_was_said_and_closes_the_case(self):
        invoice, notice = self._reminded()
        told = self._told(notice)
        invoice.button_draft()
        invoice.button_cancel()
        self._nightly("2026-03-25")
        self.assertEqual(self._told(notice), told)
        self.assertEqual(notice.case_id.state, "closed")
        self.assertEqual(notice.line_ids.move_id, invoice)

    def test_a_credit_note_of_half_leaves_the_other_half_at_its_step(self):
        invoice, notice = self._reminded()
        told = self._told(notice)
        self._credit(invoice, 400)
        again = self._nightly("2026-03-18").o2c_notice_ids
        self.assertEqual((again.step_days, again.amount), (17, 600))
        self.assertEqual(self._told(notice), told)

    def _credit(self, invoice, amount):
        refund = self._invoice(
            self.sme, amount, "2026-03-05", move_type="out_refund"
        )
        lines = (invoice + refund).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        lines.reconcile()
        return refund

    def test_a_full_credit_closes_the_case_without_a_word(self):
        invoice, notice = self._reminded()
        self._credit(invoice, 1000)
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        self.assertEqual(notice.case_id.state, "closed")
        self.assertEqual(notice.amount, 1000)

    def test_a_write_off_ends_the_reminders_and_keeps_the_history(self):
        invoice, notice = self._reminded()
        told = self._told(notice)
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(
                {
                    "payment_date": "2026-03-10",
                    "amount": 990,
                    "payment_difference_handling": "reconcile",
                    "writeoff_account_id": self.company_data[
                        "default_account_expense"
                    ].id,
                    "writeoff_label": "Small difference",
                }
            )
        )
        wizard._create_payments()
        self.assertEqual(invoice.amount_residual, 0)
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        self.assertEqual(self._told(notice), told)
        self.assertEqual(notice.case_id.state, "closed")

    def test_un_reconcile_goes_on_where_it_was(self):
        invoice, notice = self._reminded()
        self._pay(invoice, date="2026-03-10")
        self._nightly("2026-03-11")
        self.assertEqual(notice.case_id.state, "closed")
        lines = invoice.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        payment = invoice._get_reconciled_payments()
        lines.remove_move_reconcile()
        payment.action_draft()
        payment.action_cancel()
        again = self._nightly("2026-03-25").o2c_notice_ids
        self.assertEqual(again.step_days, 17, "not from the start, not twice")
        self.assertEqual(again.case_id.partner_id, self.sme)
        self.assertTrue(notice.line_ids.live)

    def test_deleting_what_was_reminded_is_refused(self):
        invoice, _notice = self._reminded()
        invoice.button_draft()
        with self.assertRaises(UserError):
            invoice.with_context(force_delete=True).unlink()

    def test_a_back_dated_run_doubles_nothing_and_goes_no_step_back(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        self._remind("2026-03-18")
        before = self.notices.search_count([("partner_id", "=", self.sme.id)])
        self.assertFalse(self._nightly("2026-03-10").o2c_notice_ids)
        self.assertFalse(self._nightly("2026-02-01").o2c_notice_ids)
        after = self.notices.search_count([("partner_id", "=", self.sme.id)])
        self.assertEqual(before, after)

    def test_a_month_without_nights_takes_one_step_per_interval(self):
        self.sme.o2c_dunning_ladder_id = self.four
        self._due(self.sme, 1000, "2026-03-01")
        steps = []
        for day in ("2026-03-03", "2026-06-01", "2026-06-02", "2026-06-15"):
            steps += self._remind(day).mapped("step_days")
        self.assertEqual(steps, [2, 18, 34])

    def test_a_run_that_was_interrupted_another_day_is_closed_and_lost_nothing(self):
        self._due(self.sme, 1000, "2026-03-01")
        old = self.env["o2c.run"]._start("dunning", self.company, self._day("2026-03-03"))
        run = self._nightly("2026-03-04")
        self.assertEqual(old.state, "partly")
        self.assertNotEqual(run, old)
        self.assertEqual(len(run.o2c_notice_ids), 1)

    def _day(self, text):
        return self.env["o2c.run"]._fields["date"].to_date(text)

    def test_instalments_stay_apart_when_one_is_paid(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Two halves",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 10)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        invoice.is_move_sent = True
        self._remind("2026-03-04")
        self._pay(invoice, 500, "2026-03-05")
        notice = self._remind("2026-03-18")
        self.assertEqual(
            [(line.instalment, line.step_days) for line in notice.line_ids], [(2, 3)]
        )
