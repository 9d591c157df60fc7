"""Who looks before an invoice leaves."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestDraftCheck(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.approver = cls._user("approver", "o2c_base.group_billing_approver")
        cls.billing = cls._user("billing", "o2c_base.group_billing_user")

    def _rule(self, kind, **values):
        return self.env["o2c.draft.check.rule"].create(
            {"company_id": self.company.id, "kind": kind, **values}
        )

    def _delivered(self, hours=5, price=60.0, partner=None):
        order = self._order(partner or self.sme, [(self.hour, hours, price)])
        order.action_confirm()
        order.order_line.qty_delivered = hours
        return order

    def _queued(self, **kwargs):
        order = self._delivered(**kwargs)
        self._run_queue()
        return order.invoice_ids

    def test_without_rules_a_draft_is_posted_by_itself(self):
        invoice = self._queued()
        self.assertEqual(
            (invoice.state, invoice.o2c_check_state), ("posted", "not_needed")
        )

    def test_the_first_batch_waits_for_a_person(self):
        self.company.o2c_billing_automatic = False
        invoice = self._queued()
        self.assertEqual(
            (invoice.state, invoice.o2c_check_state), ("draft", "to_check")
        )
        self.assertIn("First batch", invoice.o2c_check_words)
        invoice.with_user(self.approver).action_o2c_approve()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.o2c_event_ids.state, "posted")

    def test_a_large_amount_waits_for_an_approver(self):
        self._rule("amount", amount=299.99)
        invoice = self._queued()
        self.assertEqual(invoice.o2c_event_ids.state, "to_approve")
        with self.assertRaises(AccessError):
            invoice.with_user(self.billing).action_o2c_approve()
        with self.assertRaises(UserError):
            invoice.with_user(self.approver).action_post()
        invoice.with_user(self.approver).action_o2c_approve()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.o2c_approved_by_id, self.approver)

    def test_at_the_amount_itself_nobody_has_to_look(self):
        self._rule("amount", amount=300)
        self.assertEqual(self._queued().state, "posted")

    def test_the_first_invoice_of_a_customer_waits_the_second_does_not(self):
        self._rule("first")
        first = self._queued()
        self.assertEqual(first.o2c_check_state, "to_check")
        first.with_user(self.approver).action_o2c_approve()
        self.assertEqual(self._queued().state, "posted")
        self.assertEqual(self._queued(partner=self.corporate).state, "draft")

    def test_the_credit_policy_can_ask_for_a_look(self):
        cell = self.env.ref("o2c_credit.o2c_credit_policy_d").sudo()
        cell.o2c_draft_check = True
        profile = self.env["o2c.risk.profile"]._ensure(self.company, self.sme)
        profile.sudo().grade = "D"
        invoice = self._queued()
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self.assertIn("credit policy", invoice.o2c_check_words)
        self.assertIn("Drafts are checked", [e["text"] for e in cell._effects()])
        self.assertEqual(self._queued(partner=self.corporate).state, "posted")

    def test_a_price_set_by_hand_is_looked_at(self):
        self._rule("manual")
        self.assertEqual(self._queued().state, "posted")
        self.assertEqual(self._queued(price=59.0).state, "draft")

    def test_a_full_sample_takes_every_draft(self):
        self._rule("sample", percentage=100)
        self.assertEqual(self._queued().state, "draft")

    def test_rules_hold_for_invoices_made_by_hand_too(self):
        self._rule("amount", amount=100)
        invoice = self._invoice(self.sme, 500, "2026-03-01", post=False)
        with self.assertRaises(UserError):
            invoice.action_post()
        invoice.action_o2c_ask_approval()
        self.assertEqual(invoice.o2c_check_state, "to_check")
        invoice.with_user(self.approver).action_o2c_approve()
        self.assertEqual(invoice.state, "posted")

    def test_nobody_approves_his_own_draft(self):
        self._rule("amount", amount=100)
        invoice = self._invoice(self.sme, 500, "2026-03-01", post=False)
        invoice.with_user(self.approver).action_o2c_ask_approval()
        with self.assertRaisesRegex(UserError, "Four eyes"):
            invoice.with_user(self.approver).action_o2c_approve()

    def test_what_changes_after_approval_is_looked_at_again(self):
        self._rule("amount", amount=100)
        invoice = self._queued()
        invoice.with_user(self.approver).action_o2c_approve()
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 6000
        with self.assertRaises(UserError):
            invoice.action_post()

    def test_no_context_and_no_sudo_opens_the_gate(self):
        self._rule("amount", amount=100)
        invoice = self._queued()
        with self.assertRaises(UserError):
            invoice.sudo().with_context(
                skip_check=True, o2c_quantities={}, o2c_bypass=True
            )._post(soft=False)

    def test_a_returned_draft_goes_to_the_one_who_mends_it(self):
        self._rule("amount", amount=100)
        invoice = self._queued()
        wizard = (
            self.env["o2c.draft.return"]
            .with_user(self.approver)
            .with_context(active_ids=invoice.ids)
            .create({"user_id": self.billing.id, "note": "Half is missing"})
        )
        wizard.action_return()
        self.assertEqual(invoice.o2c_check_state, "returned")
        self.assertEqual(invoice.activity_ids.user_id, self.billing)
        with self.assertRaises(UserError):
            invoice.with_user(self.billing).action_post()

    def test_a_draft_paid_online_is_posted_without_being_stopped(self):
        self._rule("amount", amount=100)
        invoice = self._queued()
        provider = self.env["payment.provider"].search([], limit=1)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"].search([], limit=1).id,
                "reference": "O2C-TEST",
                "amount": invoice.amount_total,
                "currency_id": invoice.currency_id.id,
                "partner_id": self.sme.id,
                "invoice_ids": [(6, 0, invoice.ids)],
                "state": "pending",
            }
        )
        transaction._o2c_approve_invoices()
        self.assertEqual(invoice.o2c_check_state, "to_check")
        transaction.state = "done"
        transaction._o2c_approve_invoices()
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")
        self.assertEqual(invoice.o2c_approval, "paid_online")

    def test_where_billing_only_watches_no_gate_stands(self):
        self._rule("amount", amount=100)
        self._switch("watch", "billing")
        self._invoice(self.sme, 500, "2026-03-01")
