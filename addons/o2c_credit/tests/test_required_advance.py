"""What must be paid before an order goes: by provider, by bank, to the cent."""

from odoo import Command
from odoo.tests import tagged

from odoo.addons.payment.tests.common import PaymentCommon

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestRequiredAdvance(CreditCommon, PaymentCommon):
    """What the policy requires up front is there before the order is confirmed."""

    def setUp(self):
        super().setUp()
        self.cell = self.env["o2c.credit.policy"].create(
            {"grade": "unrated", "company_id": self.company.id, "down_payment": 40}
        )
        self._limit(self.sme, None)
        self.order = self._quote(self.sme, 1000)

    def _credit(self, text, amount=400):
        """Money on the bank that nobody matched with an invoice."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "payment_ref": text,
                "partner_id": self.sme.id,
                "amount": amount,
                "date": self.today,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.sme.property_account_receivable_id

    def test_a_seller_cannot_confirm_before_it_is_paid(self):
        self.assertEqual(self.order.prepayment_percent, 0.4)
        self.order.with_user(self.seller).action_confirm()
        hold = self.order.o2c_hold_id
        self.assertEqual([one.code for one in hold._reasons()], ["down_payment"])
        self.assertEqual(hold.to_pay, 400)

    def test_paid_online_and_booked_it_passes(self):
        self.order.action_confirm()
        tx = self._create_transaction(
            "direct",
            amount=400,
            currency_id=self.order.currency_id.id,
            partner_id=self.sme.id,
            sale_order_ids=[Command.set(self.order.ids)],
            reference=f"{self.order.name}-1",
            state="done",
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.sme.id,
                "amount": 400,
                "memo": tx.reference,
                "journal_id": self.company_data["default_journal_bank"].id,
                "outstanding_account_id": self.company_data["default_account_assets"]
                .copy({"reconcile": True})
                .id,
            }
        )
        payment.action_post()
        self.assertTrue(payment.move_id, "it is in the books by now")
        tx.payment_id = payment
        tx._check_amount_and_confirm_order()
        self.assertEqual(self.order.state, "sale")

    def test_a_transfer_that_names_the_order_meets_it(self):
        self._credit(f"Vooruitbetaling {self.order.name.lower()}, dank")
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_a_cent_less_or_another_number_does_not(self):
        self._credit(f"{self.order.name}", 399.99)
        self._credit(f"{self.order.name}0")
        self._credit("zonder nummer")
        self.order.action_confirm()
        self.assertEqual(self.order.o2c_hold_id.to_pay, 0.01)

    def test_a_manager_lowers_it_and_the_order_passes(self):
        self.order.with_user(self.manager).sudo().write({"require_payment": False})
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_what_the_house_asks_beyond_the_policy_is_the_sellers(self):
        self.cell.down_payment = 0
        order = self._quote(
            self.sme, 1000, require_payment=True, prepayment_percent=1.0
        )
        order.action_confirm()
        self.assertEqual(order.state, "sale")
