"""Who sees and sets prices."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceAccess(BillingCommon):
    def setUp(self):
        super().setUp()
        self.agreement = self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0}, start=False
        )

    def test_a_seller_reads_and_does_not_set_prices(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        agreement = self.agreement.with_user(seller)
        self.assertEqual(agreement.line_ids.fixed_price, 9.0)
        with self.assertRaises(AccessError):
            agreement.line_ids.fixed_price = 1.0
        with self.assertRaises(AccessError):
            agreement.action_start()

    def test_a_billing_user_does_not_start_an_agreement(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.agreement.with_user(user).action_start()
        approver = self._user("approver", "o2c_base.group_billing_approver")
        self.agreement.with_user(approver).action_start()
        self.assertEqual(self.agreement.state, "running")

    def test_a_seller_quotes_the_agreed_price_and_sees_why(self):
        self.agreement.action_start()
        seller = self._user("seller", "sales_team.group_sale_salesman")
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .create(
                {
                    "partner_id": self.sme.id,
                    "order_line": [(0, 0, {"product_id": self.wood.id})],
                }
            )
        )
        self.assertEqual(order.order_line.price_unit, 9.0)
        self.assertEqual(len(order.order_line.o2c_price_explanation["steps"]), 2)

    def test_nobody_makes_up_why_a_price_is_what_it_is(self):
        forged = {"mode": "live", "manual": False, "steps": [], "floor": "0.01"}
        seller = self._user("seller_forger", "sales_team.group_sale_salesman")
        order = self._order(self.sme, [(self.wood, 1, None)], user_id=seller.id)
        line = order.order_line.with_user(seller)
        before = line.o2c_price_trace
        line.write({"o2c_price_trace": forged, "price_unit": 1.0})
        self.assertTrue(line.o2c_price_manual)
        self.assertNotEqual(line.o2c_price_trace, forged)
        line.with_context(o2c_price_writer=True).write({"o2c_price_trace": forged})
        self.assertNotIn("floor", line.o2c_price_trace)
        new = order.with_user(seller).order_line.create(
            {
                "order_id": order.id,
                "product_id": self.wood.id,
                "o2c_price_trace": forged,
            }
        )
        self.assertEqual(new.o2c_price_trace["steps"], before["steps"])
        biller = self._user("biller_forger", "o2c_base.group_billing_user")
        invoice = self._invoice(self.sme, 10, "2026-03-02", post=False)
        invoice = invoice.with_user(biller)
        invoice.invoice_line_ids.write({"o2c_price_trace": forged})
        self.assertFalse(invoice.invoice_line_ids.o2c_price_trace)
        copied = invoice.copy(
            {"invoice_line_ids": [(0, 0, {"name": "x", "o2c_price_trace": forged})]}
        )
        self.assertFalse(any(copied.invoice_line_ids.mapped("o2c_price_trace")))

    def test_a_credit_note_and_a_new_invoice_keep_the_reasons_of_the_prices(self):
        self.hour.invoice_policy = "order"
        order = self._order(self.sme, [(self.hour, 2, None)])
        order.action_confirm()
        invoice = order._create_invoices()
        trace = invoice.invoice_line_ids.o2c_price_trace
        self.assertTrue(trace)
        invoice.action_post()
        biller = self._user("biller_credits", "o2c_base.group_billing_approver")
        credit = invoice.with_user(biller)._reverse_moves()
        self.assertEqual(credit.invoice_line_ids.o2c_price_trace, trace)

    def test_another_company_does_not_see_the_agreement(self):
        other = self._create_company(name="Other")
        self.agreement.company_id = other
        approver = self._user("approver", "o2c_base.group_billing_approver")
        self.assertFalse(self.agreement.with_user(approver)._filtered_access("read"))
        self.assertFalse(
            self.agreement.line_ids.with_user(approver)._filtered_access("read")
        )

    def test_portal_users_see_no_agreements(self):
        user = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["o2c.price.agreement"].with_user(user).search([])
