"""The nightly run: one message per customer, once, at its highest step."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestRun(DunningCommon):
    def test_a_late_invoice_is_reminded_on_the_day_of_the_step(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.assertFalse(self._nightly("2026-03-03").o2c_notice_ids)
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.partner_id, self.sme)
        self.assertEqual(notice.state, "approved")
        self.assertEqual(notice.amount, 1000)
        self.assertEqual(notice.step_days, 3)
        self.assertEqual(notice.line_ids.move_id, invoice)
        self.assertEqual(notice.case_id.state, "open")
        self.assertEqual(notice.case_id.amount_due, 1000)

    def test_a_second_run_on_the_same_day_writes_nothing(self):
        self._due(self.sme, 1000, "2026-03-01")
        first = self._nightly("2026-03-04").o2c_notice_ids
        second = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(len(first), 1)
        self.assertFalse(second)

    def test_a_customer_gets_one_message_with_everything_at_the_highest_step(self):
        old = self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        new = self._due(self.sme, 500, "2026-03-15")
        notice = self._nightly("2026-03-18").o2c_notice_ids
        self.assertEqual(len(notice), 1)
        self.assertEqual(notice.step_days, 17)
        self.assertEqual(notice.amount, 1500)
        steps = {line.move_id: line.step_days for line in notice.line_ids}
        self.assertEqual(steps, {old: 17, new: 3})

    def test_an_item_that_was_never_reminded_starts_at_the_first_step(self):
        self._due(self.sme, 1000, "2026-01-01")
        notice = self._nightly("2026-06-01").o2c_notice_ids
        self.assertEqual(notice.step_days, 3)

    def test_the_next_step_counts_from_the_day_the_previous_one_was_sent(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self._deliver("2026-03-12")
        self.assertFalse(self._nightly("2026-03-18").o2c_notice_ids)
        self.assertFalse(self._nightly("2026-03-21").o2c_notice_ids)
        self.assertEqual(self._nightly("2026-03-22").o2c_notice_ids.step_days, 17)

    def test_a_reminder_that_did_not_leave_never_advances(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        self.assertFalse(self._nightly("2026-05-01").o2c_notice_ids)
        self.assertEqual(self._verdict(invoice).reason, "not_sent_yet")

    def test_a_skipped_fortnight_does_not_jump_a_step(self):
        self.sme.o2c_dunning_ladder_id = self.four
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-03")
        notice = self._remind("2026-05-20")
        self.assertEqual(notice.step_days, 18)

    def test_reminding_one_invoice_does_not_silence_the_others(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        later = self._due(self.sme, 500, "2026-03-02")
        notice = self._nightly("2026-03-05").o2c_notice_ids
        reminded = notice.line_ids.filtered(lambda line: line.kind == "remind")
        self.assertEqual(reminded.move_id, later)
        self.assertEqual(notice.amount, 1500)

    def test_credit_notes_and_unapplied_money_are_shown_and_netted(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 300, "2026-03-02", move_type="out_refund")
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.sme.id,
                "amount": 200,
                "date": "2026-03-02",
            }
        )
        payment.action_post()
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.amount, 500)
        kinds = {line.kind: line.amount for line in notice.line_ids}
        self.assertEqual(kinds, {"remind": 1000, "credit": -300, "payment": -200})

    def test_a_credit_note_that_covers_everything_means_silence(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 1000, "2026-03-02", move_type="out_refund")
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)
        self.assertEqual(self._verdict(invoice).reason, "credit_covers")

    def test_a_credit_larger_than_the_debt_is_no_debt(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 5000, "2026-03-02", move_type="out_refund")
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)

    def test_instalments_climb_one_by_one(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 30)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 1000, "2026-03-01", invoice_payment_term_id=term.id
        )
        invoice.is_move_sent = True
        first = self._remind("2026-03-04")
        self.assertEqual(first.line_ids.mapped("instalment"), [1])
        self.assertEqual(first.amount, 500)
        self.assertIn("(1)", first.line_ids.label)
        second = self._remind("2026-04-03")
        self.assertEqual(
            sorted(second.line_ids.mapped(lambda one: (one.instalment, one.step_days))),
            [(1, 17), (2, 3)],
        )

    def test_going_through_draft_does_not_start_again(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        invoice.button_draft()
        invoice.action_post()
        invoice.is_move_sent = True
        self.assertFalse(self._nightly("2026-03-05").o2c_notice_ids)
        self.assertEqual(notice.line_ids.move_id, invoice)
        self.assertEqual(notice.line_ids.amount, 1000)
        self.assertEqual(self._nightly("2026-03-18").o2c_notice_ids.step_days, 17)

    def test_a_later_due_date_starts_the_ladder_again(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        old = self._remind("2026-03-04")
        invoice.button_draft()
        invoice.invoice_date_due = "2026-04-01"
        invoice.action_post()
        invoice.is_move_sent = True
        notice = self._remind("2026-04-04")
        self.assertEqual(notice.step_days, 3)
        self.assertFalse(old.line_ids.live)
        self.assertEqual(old.line_ids.due.isoformat(), "2026-03-01")

    def test_another_ladder_does_not_go_back_to_the_start(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        self.sme.o2c_dunning_ladder_id = self.four
        self.assertEqual(self._nightly("2026-03-25").o2c_notice_ids.step_days, 18)

    def test_one_bad_customer_is_left_out_and_shown(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        original = type(self.cases)._notice_row
        bad = self.corporate.id

        def broken(cases, account, *args):
            if account.partner_id == bad:
                raise ValueError("broken customer")
            return original(cases, account, *args)

        with (
            patch.object(type(self.cases), "_notice_row", broken),
            self.assertLogs("odoo.addons.o2c_dunning", "ERROR"),
        ):
            run = self._nightly("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.partner_id, self.sme)
        self.assertEqual(run.state, "partly")
        self.assertEqual(run.failed_count, 1)
        errors = run.note_ids.filtered(lambda note: note.level == "error")
        self.assertEqual(errors.partner_id, self.corporate)
        self.assertEqual(
            self._nightly("2026-03-04").o2c_notice_ids.partner_id, self.corporate
        )

    def test_one_customer_that_cannot_be_judged_stops_nobody(self):
        bad = self._due(self.corporate, 1000, "2026-03-01")
        self._due(self.sme, 1000, "2026-03-01")
        original = type(self.cases)._judge_account

        def broken(cases, account, *args):
            if account.partner_id == self.corporate.id:
                raise ValueError("broken facts")
            return original(cases, account, *args)

        with (
            patch.object(type(self.cases), "_judge_account", broken),
            self.assertLogs("odoo.addons.o2c_dunning", "ERROR"),
        ):
            run = self._nightly("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.partner_id, self.sme)
        self.assertEqual(self._verdict(bad).reason, "failed")

    def test_the_first_run_of_a_company_waits_for_a_person(self):
        self.notices.search([("company_id", "=", self.company.id)]).flush_recordset()
        self.env.cr.execute("DELETE FROM o2c_dunning_notice")
        self.env.invalidate_all()
        self._due(self.sme, 1000, "2026-03-01")
        run = self._nightly("2026-03-04")
        self.assertEqual(run.state, "waiting")
        self.assertEqual(run.o2c_notice_ids.wait_reason, "first_run")
        self._deliver("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.state, "waiting")
        run.with_user(self.manager).action_o2c_approve()
        self.assertEqual(run.state, "done")
        self._deliver("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.state, "sent")

    def test_an_unusually_large_run_waits_for_a_person(self):
        self.company.o2c_dunning_max_notices = 1
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        run = self._nightly("2026-03-04")
        self.assertEqual(set(run.o2c_notice_ids.mapped("state")), {"waiting"})
        self.assertEqual(run.o2c_notice_ids[0].wait_reason, "large_run")

    def test_a_step_with_approval_waits_only_itself(self):
        self.standard.step_ids[0].approval = True
        self.corporate.o2c_dunning_ladder_id = self.four
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        notices = self._nightly("2026-03-04").o2c_notice_ids
        states = {notice.partner_id: notice.state for notice in notices}
        self.assertEqual(states, {self.sme: "waiting", self.corporate: "approved"})

    def test_a_new_invoice_joins_a_reminder_that_still_waits(self):
        self.standard.step_ids[0].approval = True
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        new = self._due(self.sme, 500, "2026-03-02")
        self.assertFalse(self._nightly("2026-03-05").o2c_notice_ids)
        self.assertEqual(self._verdict(new).reason, "waits_approval")
        notice.with_user(self.collector).action_approve()
        self._deliver("2026-03-05")
        self.assertEqual(notice.amount, 1500)

    def test_a_case_that_only_a_preview_saw_says_what_is_overdue(self):
        self._due(self.sme, 1000, "2026-02-20")
        self._nightly("2026-03-04", preview=True)
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(case.amount_due, 1000)

    def test_preview_writes_no_reminder_that_could_leave(self):
        self._due(self.sme, 1000, "2026-03-01")
        run = self._nightly("2026-03-04", preview=True)
        self.assertEqual(run.o2c_notice_ids.state, "preview")
        self._deliver("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.state, "preview")
        self.assertEqual(self._nightly("2026-03-04").o2c_notice_ids.state, "approved")

    def test_two_companies_remind_the_same_customer_each_for_its_own(self):
        other = self.setup_other_company(name="Tweede Test B.V.")["company"]
        self._switch("live", "dunning", company=other)
        self._first_run_done(other)
        self._due(self.sme, 1000, "2026-03-01")
        product = self.env["account.move"].with_company(other)
        invoice = product.create(
            {
                "move_type": "out_invoice",
                "company_id": other.id,
                "partner_id": self.sme.id,
                "invoice_date": "2026-02-01",
                "invoice_date_due": "2026-03-01",
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "x", "price_unit": 70, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        invoice.action_post()
        invoice.is_move_sent = True
        own = self._nightly("2026-03-04").o2c_notice_ids
        theirs = self._nightly("2026-03-04", other).o2c_notice_ids
        self.assertEqual((own.amount, theirs.amount), (1000, 70))
        self.assertEqual(theirs.company_id, other)
        self.assertNotEqual(own.case_id, theirs.case_id)

    def test_a_draft_that_was_only_previewed_can_be_deleted(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04", preview=True)
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.assertFalse(invoice.exists())

    def test_an_invoice_that_was_reminded_is_not_deleted(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        invoice.button_draft()
        with self.assertRaises(UserError):
            invoice.with_context(force_delete=True).unlink()

    def test_a_customer_without_address_is_asked_for_once(self):
        self.sme_contact.email = self.sme.email = False
        self._due(self.sme, 1000, "2026-03-01")
        self._nightly("2026-03-04")
        task = self.env["o2c.contact.task"].search([("partner_id", "=", self.sme.id)])
        task |= task.search([("partner_id", "=", self.sme_contact.id)])
        self.assertEqual(task.problem, "email_missing")
