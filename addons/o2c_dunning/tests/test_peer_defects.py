"""Failures of the Odoo add-ons that others use to remind: none may exist here.

CC is account_credit_control, OR account_invoice_overdue_reminder, OW
account_invoice_overdue_warn; the numbers are those of the project's list of peers.
"""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestPeerDefects(DunningCommon):
    def test_b10_cc_an_invoice_paid_between_run_and_sending_is_not_reminded(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(invoice, date="2026-03-04")
        self._deliver("2026-03-04")
        self.assertFalse(self._mails)
        self.assertEqual(notice.state, "withdrawn")

    def test_b10_cc_a_part_payment_is_not_asked_again(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self._pay(invoice, 999, "2026-03-04")
        self.company.o2c_dunning_tolerance = 0
        self._deliver("2026-03-04")
        self.assertIn("1.00", self._mails[0]["subject"])
        self.assertNotIn("1,000.00", self._mails[0]["body"])

    def test_b11_cc_an_open_credit_note_counts(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 1000, "2026-03-01", move_type="out_refund")
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)

    def test_b11_or_a_credit_note_made_after_the_run_counts(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._due(self.sme, 300, "2026-03-30", date="2026-03-04", move_type="out_refund")
        self._deliver("2026-03-04")
        self.assertEqual(notice.amount, 700)

    def test_b11_or_a_cancelled_credit_note_is_neither_named_nor_counted(self):
        self._due(self.sme, 1000, "2026-03-01")
        refund = self._due(self.sme, 300, "2026-03-02", move_type="out_refund")
        refund.button_draft()
        refund.button_cancel()
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.amount, 1000)
        self.assertEqual(set(notice.line_ids.mapped("kind")), {"remind"})

    def test_b11_or_a_partly_paid_invoice_is_not_skipped(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._pay(invoice, 400, "2026-03-02")
        self.assertEqual(self._nightly("2026-03-04").o2c_notice_ids.amount, 600)

    def test_b12_cc_what_was_not_sent_never_escalates(self):
        self.standard.step_ids.approval = True
        self._due(self.sme, 1000, "2026-03-01")
        first = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(first.state, "waiting")
        for day in ("2026-03-18", "2026-04-30"):
            self.assertFalse(self._nightly(day).o2c_notice_ids)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_b12_cc_a_mail_error_never_escalates(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        with patch.object(
            type(self.env["ir.mail_server"]), "_connect__", side_effect=OSError("down")
        ):
            self._deliver("2026-03-04")
        self.assertEqual(notice.state, "failed")
        self.assertFalse(self._nightly("2026-04-30").o2c_notice_ids)

    def test_b12_cc_the_date_of_sending_is_kept_and_counts(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertFalse(notice.sent_on)
        self._deliver("2026-03-20")
        self.assertEqual(notice.sent_on.isoformat(), "2026-03-20")
        self.assertFalse(self._nightly("2026-03-21").o2c_notice_ids)

    def test_b13_cc_the_tolerance_is_not_turned_round_in_another_currency(self):
        yen = self.setup_other_currency("JPY", rates=[("2020-01-01", 150.0)])
        self.company.o2c_dunning_tolerance = 10
        for partner, amount in ((self.sme, 100), (self.corporate, 1400)):
            self._due(partner, amount, "2026-03-01", currency_id=yen.id)
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)
        self._due(self.public_body, 1600, "2026-03-01", currency_id=yen.id)
        notice = self._nightly("2026-03-05").o2c_notice_ids
        self.assertEqual(notice.partner_id, self.public_body)

    def test_b14_cc_two_invoices_at_two_steps_are_one_mail(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        self._due(self.sme, 500, "2026-03-15")
        self._remind("2026-03-18")
        self.assertEqual(len(self._mails), 1)
        self.assertIn("1,500.00", self._mails[0]["subject"])

    def test_b14_cc_every_mail_stays_with_its_lines(self):
        self._due(self.sme, 1000, "2026-03-01")
        first = self._remind("2026-03-04")
        second = self._remind("2026-03-18")
        self.assertEqual(first.line_ids.step_days, 3)
        self.assertEqual(second.line_ids.step_days, 17)
        self.assertNotEqual(first.mail_message_id, second.mail_message_id)
        self.assertTrue(first.mail_message_id and second.mail_message_id)

    def test_b15_cc_reset_to_draft_loses_no_history_and_asks_nothing(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        invoice.button_draft()
        self.assertFalse(self._nightly("2026-03-18").o2c_notice_ids)
        self.assertEqual((notice.state, notice.line_ids.amount), ("sent", 1000))
        with self.assertRaises(UserError):
            invoice.with_context(force_delete=True).unlink()

    def _cost(self, customers, lines):
        """Statements of a run over new customers with so many lines each."""
        for number in range(customers):
            partner = self._customer(f"Klant {customers} {number}", "sme")
            for _line in range(lines):
                self._due(partner, 100, "2026-03-01")
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run = self._nightly("2026-03-04")
        self.env.flush_all()
        return self.env.cr.sql_log_count - before, run

    def test_b16_cc_no_search_per_line_and_no_pdf_in_a_run(self):
        few, _run = self._cost(2, 1)
        with patch.object(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            side_effect=AssertionError("a PDF in a run"),
        ):
            many, run = self._cost(6, 5)
            self.assertEqual(run.done_count, 6)
            self._deliver("2026-03-04")
        self.assertEqual(run.failed_count, 0)
        self.assertLessEqual(many, few + 5)

    def test_b16_cc_one_text_that_fails_takes_nobody_else_back(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        notices = self._nightly("2026-03-04").o2c_notice_ids
        original = type(self.notices)._rendered

        def broken(notice, *args, **kwargs):
            if notice.partner_id == self.corporate:
                raise ValueError("broken")
            return original(notice, *args, **kwargs)

        with (
            patch.object(type(self.notices), "_rendered", broken),
            self.assertLogs("odoo.addons.o2c_dunning", "ERROR"),
        ):
            self._deliver("2026-03-04")
        states = {notice.partner_id: notice.state for notice in notices}
        self.assertEqual(states, {self.sme: "sent", self.corporate: "failed"})

    def test_b17_cost_of_the_verdict_is_bounded_by_sets_not_customers(self):
        for number in range(12):
            self._due(self._customer(f"Klant {number}", "sme"), 100, "2026-03-01")
        self.env.flush_all()
        counts = []
        for some in (1, 12):
            partners = self.env["res.partner"].search(
                [("name", "like", "Klant")], limit=some
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.cases._open_accounts(self.company, self._today(), partners.ids)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def _today(self):
        return self.env["o2c.run"]._fields["date"].to_date("2026-03-04")

    def test_b18_ow_an_instalment_that_is_overdue_counts_alone(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 60)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        invoice.is_move_sent = True
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual((notice.amount, notice.case_id.amount_due), (500, 500))

    def test_b19_or_reminding_one_invoice_does_not_silence_the_others(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        later = self._due(self.sme, 500, "2026-03-02")
        notice = self._nightly("2026-03-05").o2c_notice_ids
        reminded = notice.line_ids.filtered(lambda line: line.kind == "remind")
        self.assertEqual(reminded.move_id, later)

    def test_b19_or_a_preview_takes_nobodys_work_away(self):
        self._due(self.sme, 1000, "2026-03-01")
        waiting = self._nightly("2026-03-04").o2c_notice_ids
        self._nightly("2026-03-04", preview=True)
        self.assertTrue(waiting.exists())
        self.assertEqual(waiting.state, "approved")
