"""Money came in: cases close, reminders stop, and nothing is done twice."""

from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestPaid(DunningCommon):
    def test_payment_closes_the_case_and_the_next_run_is_silent(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        case = self._remind("2026-03-04").case_id
        self._pay(invoice, date="2026-03-10")
        self.assertEqual(case.state, "closed")
        self.assertEqual(case.amount_due, 0)
        self.assertFalse(self._nightly("2026-03-18").o2c_notice_ids)

    def test_a_case_with_another_overdue_invoice_stays_open(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 200, "2026-03-02")
        case = self._remind("2026-03-05").case_id
        self._pay(invoice, date="2026-03-10")
        self.assertEqual((case.state, case.amount_due), ("open", 200))

    def test_a_waiting_reminder_goes_when_everything_is_paid(self):
        self.standard.step_ids[0].approval = True
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(invoice, date="2026-03-05")
        self.assertEqual(notice.state, "withdrawn")

    def test_calling_the_hook_again_changes_nothing(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        case = self._remind("2026-03-04").case_id
        self._pay(invoice, date="2026-03-10")
        closed_on, write_date = case.closed_on, case.write_date
        invoice._invoice_paid_hook()
        self.assertEqual((case.closed_on, case.write_date), (closed_on, write_date))

    def test_a_credited_invoice_closes_the_case_at_night(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-03-05"})
        )
        reversal.refund_moves()
        reversal.new_move_ids.action_post()
        if invoice.payment_state != "reversed":
            (invoice + reversal.new_move_ids).line_ids.filtered(
                lambda line: line.account_type == "asset_receivable"
            ).reconcile()
        self.assertFalse(self._nightly("2026-03-18").o2c_notice_ids)
        self.assertEqual(notice.case_id.state, "closed")
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.line_ids.amount, 1000)

    def test_a_payment_that_is_undone_goes_on_where_it_was(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        first = self._remind("2026-03-04")
        payment = self._pay(invoice, date="2026-03-10")
        invoice.line_ids.remove_move_reconcile()
        payment.action_draft()
        notice = self._nightly("2026-03-20").o2c_notice_ids
        self.assertEqual(notice.step_days, 17)
        self.assertNotEqual(notice.case_id, first.case_id)

    def test_the_order_shows_that_it_was_reminded_and_paid(self):
        self.env.user.group_ids += self.env.ref("sales_team.group_sale_manager")
        product = self.env["product.product"].create(
            {"name": "Brood", "invoice_policy": "order", "type": "service"}
        )
        order = self._order(self.sme, [(product, 1, 1000)])
        order.sudo().action_confirm()
        invoice = order._create_invoices()
        invoice.write(
            {
                "invoice_date": "2026-02-01",
                "invoice_payment_term_id": False,
                "invoice_date_due": "2026-03-01",
            }
        )
        invoice.action_post()
        invoice.is_move_sent = True
        self._remind("2026-03-04")
        stages = {stage["key"]: stage for stage in order.sudo()._o2c_stages()}
        self.assertEqual(stages["reminded"]["state"], "current")
        self.assertEqual(stages["paid"]["state"], "current")
        self._pay(invoice, date="2026-03-10")
        stages = {stage["key"]: stage for stage in order.sudo()._o2c_stages()}
        self.assertEqual(stages["reminded"]["state"], "done")
        self.assertEqual(stages["paid"]["state"], "done")
        self.assertEqual(stages["paid"]["date"].isoformat(), "2026-03-10")
