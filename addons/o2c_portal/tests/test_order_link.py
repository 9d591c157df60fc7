"""An order on hold asks its customer for exactly what it lacks, on a durable page."""

from decimal import Decimal

from odoo.tests import tagged

from odoo.addons.o2c_credit.tests.common import CreditCommon

from ..policy import offer
from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestOrderLink(CreditCommon, PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_pay_links = True

    def _held(self, amount=1800):
        order = self._quote(self.sme, amount)
        order.action_confirm()
        order.o2c_hold_id.action_ask_payment()
        return order, self.links._for(order)

    def test_the_mail_carries_button_and_code_of_the_durable_page(self):
        order = self._quote(self.sme, 1800)
        order.action_confirm()
        action = order.o2c_hold_id.with_user(self.seller).action_ask_payment()
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        url = self.links._for(order)._url()
        self.assertIn(f'href="{url}"', request.body)
        self.assertIn(f'src="{url}/qr.png"', request.body)

    def test_without_the_switch_cores_page_of_the_order_is_used(self):
        self.company.o2c_pay_links = False
        order = self._quote(self.sme, 1800)
        order.action_confirm()
        action = order.o2c_hold_id.action_ask_payment()
        request = self.env["o2c.payment.request"].browse(action["res_id"])
        self.assertIn(f"/my/orders/{order.id}", request.body)
        self.assertNotIn("/pay/", request.body)

    def test_the_page_asks_exactly_what_is_missing_and_tells_the_order(self):
        order, link = self._held()
        text = self._text(self._open_page(link))
        self.assertIn(f"Advance payment for order {order.name}", text)
        self.assertIn("800.00", text)
        self.assertNotIn("1,800.00", text)
        self.assertNotIn("Choose invoices", text)
        for internal in ("limit", "hold", "grade"):
            self.assertNotIn(internal, text.lower())

    def test_money_by_bank_lowers_it_to_the_rest(self):
        order, link = self._held()
        entry = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.sme.id,
                "amount": 300.0,
                "memo": order.name,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        entry.action_post()
        self.assertEqual(link._choose().amount, Decimal("500.00"))

    def test_paying_lets_the_order_go_on_and_the_page_says_so(self):
        order, link = self._held()
        self._start_over_http(link, amount=800.0)
        transaction = link.transaction_ids
        self.assertEqual(transaction.sale_order_ids, order)
        self.assertIn(order.name, transaction.reference)
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(order.state, "sale")
        text = self._text(self._open_page(link))
        self.assertIn("Paid, thank you", text)
        self.assertIn(f"Order {order.name} goes on now", text)
        self.assertEqual(transaction.payment_id.amount, 800.0)

    def test_money_by_bank_and_the_rest_online_is_enough(self):
        order, link = self._held()
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.sme.id,
                "amount": 300.0,
                "memo": order.name,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        ).action_post()
        transaction = self._paid_online(link)
        self.assertEqual(transaction.amount, 500.0)
        self.assertEqual(order.state, "sale")

    def test_no_other_amount_and_never_twice_at_once(self):
        order, link = self._held()
        self.assertEqual(link._choose(amount="10").reason, offer.ONLY_WHOLE)
        self.assertEqual(link._choose(keys=[(1, 1)]).reason, offer.UNKNOWN_ITEM)
        self.assertIn("one amount", self._refused(link, "all~10", amount=10.0))
        self.assertIn("changed", self._refused(link, amount=1.0))
        transaction = self._start(link)
        self._reported(transaction, "pending")
        self.assertEqual(link._choose().reason, offer.UNDER_WAY)
        self.assertIn("A payment is under way", self._text(self._open_page(link)))
        self.assertIn("under way", self._refused(link, amount=800.0))

    def test_a_cancelled_order_asks_nothing(self):
        order, link = self._held()
        order._action_cancel()
        text = self._text(self._open_page(link))
        self.assertIn("Nothing to pay now", text)
        self.assertNotIn("800", text)
