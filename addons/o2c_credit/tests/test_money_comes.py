"""What is held for lack of money goes by itself when the money is there."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.payment.tests.common import PaymentCommon

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestMoneyComes(CreditCommon):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("o2c_credit.ir_cron_recheck")
        self.triggers = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.cron.id)]
        )

    def _triggered(self):
        return (
            self.env["ir.cron.trigger"].search([("cron_id", "=", self.cron.id)])
            - self.triggers
        )

    def _by_bank(self, invoice):
        """Money that the bank reported, matched with the invoice."""
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "payment_ref": invoice.name,
                "partner_id": invoice.partner_id.id,
                "amount": invoice.amount_residual,
                "date": self.today,
            }
        )
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = invoice.line_ids.account_id.filtered(
            lambda account: account.account_type == "asset_receivable"
        )
        owed = invoice.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        (suspense + owed).reconcile()

    def _held_by(self, invoice_date, amount=900):
        invoice = self._invoice(self.sme, amount, invoice_date)
        order = self._quote(self.sme, 500)
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id)
        return invoice, order, order.o2c_hold_id

    def _run(self):
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_a_matched_bank_line_asks_for_a_new_look(self):
        invoice, _order, _hold = self._held_by(self.today)
        self.assertFalse(self._triggered())
        self._by_bank(invoice)
        self.assertTrue(self._triggered())

    def test_money_of_a_customer_without_holds_asks_nothing(self):
        self._by_bank(self._invoice(self.corporate, 100, self.today))
        self.assertFalse(self._triggered())

    def test_an_order_held_for_the_amount_goes_when_the_bank_brought_the_money(self):
        invoice, order, hold = self._held_by(self.today)
        self._by_bank(invoice)
        self._run()
        self.assertEqual(order.state, "sale")
        self.assertEqual(hold.state, "resolved")
        self.assertFalse(hold.released_by_id)
        told = hold.message_ids.filtered(
            lambda one: self.controller.partner_id in one.partner_ids
        )
        self.assertIn("goes on by itself", told.body)

    def test_a_registered_payment_waits_for_the_bank(self):
        invoice, order, hold = self._held_by(self.today)
        payment = self._pay(invoice)
        # as with an outstanding account: posted, and no bank line seen
        payment.state = "in_process"
        self._run()
        self.assertEqual(order.state, "draft")
        self.company.o2c_trust_registered = True
        self._run()
        self.assertEqual(order.state, "sale")

    def test_when_a_person_must_say_so_the_owner_is_told_once(self):
        self.company.o2c_auto_release = "no"
        invoice, order, hold = self._held_by(self.today)
        self._by_bank(invoice)
        self._run()
        self._run()
        self.assertEqual((order.state, hold.state), ("draft", "open"))
        self.assertTrue(hold.may_pass)
        told = hold.message_ids.filtered(
            lambda one: self.controller.partner_id in one.partner_ids
        )
        self.assertEqual(len(told), 1)
        hold.with_user(self.controller).action_recheck()
        self.assertEqual(order.state, "sale", "a controller's look is a decision")

    def test_overdue_is_more_than_headroom(self):
        invoice, order, hold = self._held_by(self.today - timedelta(days=90), 300)
        self.assertEqual([one.code for one in hold._reasons()], ["overdue"])
        self.company.o2c_auto_release = "headroom"
        self._by_bank(invoice)
        self._run()
        self.assertTrue(hold.may_pass)
        self.company.o2c_auto_release = "money"
        self._run()
        self.assertEqual(order.state, "sale")

    def test_orders_of_one_customer_share_what_came_in(self):
        invoice, first, _hold = self._held_by(self.today)
        second = self._quote(self.sme, 600)
        second.action_confirm()
        self._by_bank(invoice)
        self._run()
        self.assertEqual((first.state, second.state), ("sale", "draft"))


@tagged("post_install", "-at_install")
class TestAskForPayment(CreditCommon, PaymentCommon):
    def _held(self, partner=None, amount=1800):
        order = self._quote(partner or self.sme, amount)
        order.action_confirm()
        return order, order.o2c_hold_id

    def _mail_of(self, action, order, user):
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        request.with_user(user).action_send()
        return order.message_ids[0]

    def test_the_customer_is_asked_for_exactly_what_is_missing(self):
        order, hold = self._held()
        action = hold.with_user(self.seller).action_ask_payment()
        self.assertEqual(hold.asked_amount, 800)
        self.assertEqual(order._get_prepayment_required_amount(), 800)
        self.assertTrue(order._has_to_be_paid())
        self.assertFalse(hold.asked_on, "nothing was sent yet")
        mail = self._mail_of(action, order, self.seller)
        self.assertTrue(hold.asked_on)
        self.assertEqual(mail.author_id, self.seller.partner_id)
        self.assertEqual(mail.partner_ids, self.sme_contact)
        self.assertIn("800.00", mail.body)
        self.assertIn(f"/my/orders/{order.id}", mail.body)
        for internal in ("limit", "hold", "grade", "over_limit"):
            self.assertNotIn(internal, mail.body)

    def test_paying_that_confirms_the_order(self):
        order, hold = self._held()
        hold.action_ask_payment()
        tx = self._create_transaction(
            "direct",
            amount=800,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=[Command.set(order.ids)],
            reference=f"{order.name}-1",
            state="done",
        )
        tx._post_process()
        self.assertEqual(order.state, "sale")
        self.assertEqual(hold.state, "resolved")

    def test_who_is_behind_is_asked_for_his_invoices_first(self):
        invoice = self._invoice(self.sme, 300, self.today - timedelta(days=90))
        order, hold = self._held(amount=500)
        action = hold.with_user(self.controller).action_ask_payment()
        self.assertEqual(hold.asked_amount, 300)
        mail = self._mail_of(action, order, self.controller)
        self.assertIn(invoice.name, mail.body)
        self.assertNotIn('href="#"', mail.body)
        self.assertFalse(order.require_payment)

    def _received(self, amount):
        """Money of the customer that nobody matched with an invoice yet."""
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.sme.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": amount,
                "date": self.today,
            }
        )
        payment.action_post()

    def test_the_mail_deducts_what_was_received_and_not_matched(self):
        old = self._invoice(self.sme, 300, self.today - timedelta(days=90))
        self._invoice(self.sme, 200, self.today - timedelta(days=80))
        self._received(155.18)
        order, hold = self._held(amount=500)
        action = hold.with_user(self.controller).action_ask_payment()
        ask = order._o2c_overdue_ask()
        self.assertEqual(
            ([row["amount"] for row in ask["rows"]], ask["received"], ask["to_pay"]),
            ([300, 200], 155.18, 344.82),
        )
        self.assertEqual((hold.asked_amount, hold.overdue), (344.82, 344.82))
        mail = self._mail_of(action, order, self.controller)
        for words in (old.name, "could not match yet", "155.18", "344.82"):
            self.assertIn(words, mail.body)
        self.assertIn("344.82", hold.message_ids[0].body, "the hold keeps a trace")

    def test_the_mail_says_what_makes_the_order_go(self):
        self._invoice(self.sme, 300, self.today - timedelta(days=90))
        order, hold = self._held(amount=500)
        action = hold.with_user(self.controller).action_ask_payment()
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        words = request.goes_when
        self.assertIn("300.00", words)
        self.assertIn(f"{hold.to_pay:.2f}", words)
        mail = self._mail_of(action, order, self.controller)
        self.assertIn(f"{hold.to_pay:.2f}", mail.body)

    def test_a_limit_that_was_exceeded_before_says_so(self):
        limit = self._limit(self.sme, 1000).limit_amount
        self._invoice(self.sme, 1200, self.today)
        _order, hold = self._held(amount=500)
        self.assertEqual(limit, 1000)
        for words in ("200.00", "over his limit already", "700.00"):
            self.assertIn(words, hold.reasons_text)

    def test_of_a_consumer_at_most_half_is_asked(self):
        self._limit(self.consumer, 1000)
        order, hold = self._held(self.consumer, 1900)
        hold.action_ask_payment()
        self.assertEqual(hold.asked_amount, 900)
        dear, hold = self._held(self.consumer, 2100)
        self.assertTrue(hold.capped)
        self.assertEqual(hold.to_pay, 1050)
        hold.action_ask_payment()
        self.assertEqual(hold.asked_amount, 1050)
        self.assertEqual(dear.prepayment_percent, 0.5)

    def test_card_hold_and_button_ask_a_consumer_the_same_half(self):
        self._limit(self.consumer, "cash")
        cell = self.env.ref("o2c_credit.o2c_credit_policy_unrated")
        cell.down_payment = 50
        order = self._quote(self.consumer, 470.69)
        card = str(order.o2c_verdict_card)
        self.assertIn("235.35", card)
        self.assertIn("7:26", card)
        self.assertNotIn("470.69 up front", card)
        self.assertNotIn("passes by itself", card)
        order.action_confirm()
        hold = order.o2c_hold_id
        self.assertEqual([one.code for one in hold._reasons()], ["cash_only"])
        self.assertIn("235.35", hold.reasons_text)
        self.assertNotIn("470.69", hold.reasons_text)
        hold.action_ask_payment()
        self.assertEqual(hold.asked_amount, 235.35)
        self.assertEqual(order._get_prepayment_required_amount(), 235.35)
        self._paid_online(order, 235.35)
        self.assertEqual((order.state, hold.state), ("draft", "open"))
        self.assertEqual((hold.to_pay, hold.capped), (0, True))
        order.invalidate_recordset(["o2c_verdict_card"])
        self.assertIn("A person decides", str(order.o2c_verdict_card))
        with self.assertRaisesRegex(UserError, "Money does not solve"):
            hold.action_ask_payment()
        hold.with_user(self.controller)._release("He pays at the door")
        self.assertEqual(order.state, "sale")

    def test_who_pays_all_of_his_own_will_passes(self):
        self._limit(self.consumer, "cash")
        order, hold = self._held(self.consumer, 470.69)
        self._paid_online(order, 470.69)
        self.assertEqual((order.state, hold.state), ("sale", "resolved"))

    def test_what_a_consumer_agreed_to_may_be_asked(self):
        self._limit(self.consumer, "cash").agreed_up_front = 100
        order, hold = self._held(self.consumer, 470.69)
        self.assertFalse(hold.capped)
        hold.action_ask_payment()
        self.assertEqual(order._get_prepayment_required_amount(), 470.69)

    def test_the_letter_names_one_amount(self):
        self.env.ref("o2c_credit.o2c_credit_policy_unrated").down_payment = 50
        self._limit(self.sme, "cash")
        _order, hold = self._held(amount=470.69)
        letter = self.env["o2c.decision.letter"]._main_reasons(hold, "refused")
        self.assertIn("up front", letter)
        self.assertNotIn("advance payment", letter)

    def _paid_online(self, order, amount):
        tx = self._create_transaction(
            "direct",
            amount=amount,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=[Command.set(order.ids)],
            reference=f"{order.name}-1",
            state="done",
        )
        tx._post_process()

    def test_another_seller_cannot_ask(self):
        _order, hold = self._held()
        other = self._user("other", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            hold.with_user(other).action_ask_payment()

    def test_a_contact_without_address_is_named_before_anything_leaves(self):
        order, hold = self._held()
        action = hold.action_ask_payment()
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        self.sme_contact.email = False
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            request.action_send()
        self.assertFalse(hold.asked_on)
