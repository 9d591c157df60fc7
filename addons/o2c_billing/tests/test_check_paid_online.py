"""An online payment of a draft is never stopped half way."""

from odoo import Command
from odoo.tests import tagged

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckPaidOnline(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._rule("amount", amount=100)
        journal = cls.company_data["default_journal_bank"]
        cls.provider = (
            cls.env["payment.provider"]
            .sudo()
            .create({"name": "Proef", "code": "none", "company_id": cls.company.id})
        )
        cls.provider.journal_id = journal
        underway = cls.env["account.account"].create(
            {
                "name": "Online underway",
                "code": "129999",
                "account_type": "asset_current",
                "reconcile": True,
            }
        )
        journal.inbound_payment_method_line_ids[0].write(
            {
                "payment_provider_id": cls.provider.id,
                "payment_account_id": underway.id,
            }
        )

    def _transaction(self, invoices, amount, state="done"):
        return self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.env["payment.method"].search([], limit=1).id,
                "reference": f"O2C-{amount}-{state}-{invoices.ids}",
                "amount": amount,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.sme.id,
                "invoice_ids": [Command.set(invoices.ids)],
                "operation": "online_direct",
                "state": state,
            }
        )

    def _waiting(self, amount=500.0):
        draft = self._draft(amount)
        draft.action_o2c_ask_approval()
        return draft

    def test_a_part_paid_draft_is_posted_and_the_payment_booked(self):
        draft = self._waiting()
        transaction = self._transaction(draft, 200)
        transaction._post_process()
        self.assertEqual((draft.state, draft.o2c_approval), ("posted", "paid_online"))
        self.assertTrue(transaction.payment_id)
        self.assertEqual(draft.amount_residual, 300)

    def test_a_transaction_that_is_not_done_approves_nothing(self):
        draft = self._waiting()
        for state in ("draft", "pending", "cancel", "error"):
            with self.subTest(state):
                transaction = self._transaction(draft, 500, state)
                transaction._o2c_approve_invoices()
                self.assertEqual(
                    (draft.state, draft.o2c_check_state), ("draft", "to_check")
                )

    def test_paid_while_returned_it_is_posted_and_nobody_mends(self):
        draft = self._waiting()
        draft.with_user(self.approver)._o2c_return(self.billing, "other", "Wrong")
        self._transaction(draft, 500)._post_process()
        self.assertEqual((draft.state, draft.payment_state), ("posted", "paid"))
        self.assertFalse(draft.activity_ids)

    def test_paid_while_nobody_asked_for_it_yet(self):
        draft = self._draft(500)
        self._transaction(draft, 500)._post_process()
        self.assertEqual((draft.state, draft.payment_state), ("posted", "paid"))
        self.assertEqual(draft.o2c_approval, "paid_online")

    def test_several_drafts_in_one_payment_are_posted_together(self):
        drafts = self._waiting(150) | self._waiting(250)
        self._transaction(drafts, 400)._post_process()
        self.assertEqual(set(drafts.mapped("payment_state")), {"paid"})

    def test_after_processing_twice_nothing_happens_twice(self):
        draft = self._waiting()
        transaction = self._transaction(draft, 500)
        transaction._post_process()
        payment = transaction.payment_id
        transaction._post_process()
        self.assertEqual(transaction.payment_id, payment)
        self.assertEqual(draft.payment_state, "paid")
