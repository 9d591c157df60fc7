"""Signed or paid online, and held: nothing is lost, the customer reads calm words."""

from odoo import Command
from odoo.tests import HttpCase, tagged

from odoo.addons.payment.tests.common import PaymentCommon

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestPaidAndHeld(CreditCommon, PaymentCommon):
    def _paid(self, order, amount, state="done"):
        tx = self._create_transaction(
            "direct",
            amount=amount,
            currency_id=order.currency_id.id,
            partner_id=order.partner_id.id,
            sale_order_ids=[Command.set(order.ids)],
            reference=f"paid-{order.id}",
            state=state,
        )
        return tx

    def test_a_paid_order_is_held_and_its_payment_is_not_rolled_back(self):
        order = self._quote(
            self.sme, 2000, require_payment=True, prepayment_percent=0.1
        )
        tx = self._paid(order, 200)
        confirmed = tx._check_amount_and_confirm_order()
        self.assertFalse(confirmed)
        self.assertEqual(order.state, "draft")
        hold = order.o2c_hold_id
        self.assertEqual(hold.amount, 1800, "what is paid adds no risk")
        self.assertEqual(hold.to_pay, 800)

    def test_paid_in_full_it_passes_whatever_the_limit(self):
        self._limit(self.sme, "cash")
        order = self._quote(self.sme, 2000, require_payment=True)
        tx = self._paid(order, 2000)
        self.assertEqual(tx._check_amount_and_confirm_order(), order)
        self.assertEqual(order.state, "sale")

    def test_paying_the_missing_part_lets_the_order_pass(self):
        order = self._quote(
            self.sme, 2000, require_payment=True, prepayment_percent=0.5
        )
        order.action_confirm()
        hold = order.o2c_hold_id
        self.assertEqual(hold.to_pay, 1000)
        tx = self._paid(order, 1000)
        tx._check_amount_and_confirm_order()
        self.assertEqual(order.state, "sale")
        self.assertEqual(hold.state, "resolved")

    def test_release_makes_the_invoice_that_the_payment_would_have_made(self):
        self.env["ir.config_parameter"].sudo().set_param("sale.automatic_invoice", True)
        order = self._quote(
            self.sme, 2000, require_payment=True, prepayment_percent=0.1
        )
        tx = self._paid(order, 200, "done")
        tx._check_amount_and_confirm_order()
        order.o2c_hold_id.with_user(self.controller)._release("known customer")
        self.assertEqual(order.state, "sale")
        self.assertEqual(tx.invoice_ids.state, "posted")


@tagged("post_install", "-at_install")
class TestSignedAndHeld(CreditCommon, HttpCase):
    def test_signing_never_raises_and_the_page_says_we_are_checking(self):
        order = self._quote(self.sme, 2000, require_signature=True)
        order.action_quotation_sent()
        token = order._portal_ensure_token()
        pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="  # noqa: E501
        result = self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": token, "name": "P. Proef", "signature": pixel},
        )
        self.assertNotIn("error", result)
        order.invalidate_recordset()
        self.assertEqual(order.state, "sent")
        self.assertTrue(order.signature, "the signature is kept")
        self.assertTrue(order.o2c_hold_id)
        page = self.url_open(order.get_portal_url()).text
        self.assertIn("We are checking it", page)
        for internal in ("On hold until", "over_limit", "more than this customer"):
            self.assertNotIn(internal, page)
        order.o2c_hold_id.with_user(self.controller)._release("fine")
        self.assertEqual(order.state, "sale")
        self.assertNotIn(
            "We are checking it", self.url_open(order.get_portal_url()).text
        )
