"""Who sees and works the queue."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestBillingAccess(BillingCommon):
    def setUp(self):
        super().setUp()
        order = self._order(self.sme, [(self.hour, 5, 60.0)])
        order.action_confirm()
        order.order_line.qty_delivered = 5
        self.event = self._events(order)

    def test_a_seller_sees_the_queue_and_works_nothing(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        event = self.event.with_user(seller)
        self.assertEqual(event.state, "waiting")
        for action in (event.action_skip, event.action_retry):
            with self.assertRaises(AccessError):
                action()

    def test_states_are_never_written_by_hand(self):
        approver = self._user("approver", "o2c_base.group_billing_approver")
        event = self.event.with_user(approver)
        for values in ({"state": "sent"}, {"quantity": 1}, {"move_id": False}):
            with self.assertRaises(AccessError):
                event.write(values)
        event.user_id = approver
        with self.assertRaises(AccessError):
            event.unlink()
        with self.assertRaises(UserError):
            self.event.sudo().unlink()

    def test_a_billing_user_sets_aside_and_tries_again(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        event = self.event.with_user(user)
        event.action_skip()
        self.assertEqual(event.state, "skipped")
        self.assertFalse(self._run_queue())
        event.action_retry()
        self.assertTrue(self._run_queue())
        self.assertEqual(event.state, "posted")
        event.action_retry()
        self.assertEqual(event.state, "posted")

    def test_another_company_stays_out_of_sight(self):
        other = self._create_company(name="Other")
        self._switch("live", "billing", company=other)
        event = self.env["o2c.billing.event"]._record(
            [
                {
                    "company_id": other.id,
                    "source": "x",
                    "key": "1",
                    "partner_id": self.sme.id,
                    "quantity": 1,
                    "price_unit": 1,
                    "description": "x",
                    "delivered_at": "2026-03-01 10:00:00",
                }
            ]
        )
        rule = self.env["o2c.draft.check.rule"].create(
            {"company_id": other.id, "kind": "first"}
        )
        user = self._user("approver", "o2c_base.group_billing_approver")
        for record in (event, rule):
            self.assertFalse(record.with_user(user)._filtered_access("read"))

    def test_a_billing_user_does_not_change_the_rules(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.env["o2c.draft.check.rule"].with_user(user).create({"kind": "first"})

    def test_portal_users_see_no_events(self):
        user = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["o2c.billing.event"].with_user(user).search([])
