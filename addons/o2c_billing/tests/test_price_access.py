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
