from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import StoryCase


@tagged("post_install", "-at_install")
class TestOverTheLimit(StoryCase):
    def test_held_released_with_a_reason_delivered_and_invoiced(self):
        profile = self.env["o2c.risk.profile"]._ensure(self.company, self.sme)
        profile.write({"limit_kind": "amount", "limit_amount": 1000.0})
        order = self._order_arrives(20, "WEB-1003")

        self._sign_on_a_phone(order)
        self.assertTrue(order.signature)
        self.assertNotEqual(order.state, "sale")
        hold = order.o2c_hold_id
        self.assertEqual(hold.state, "open")
        self.assertTrue(hold.user_id)
        self.assertFalse(order.picking_ids)

        order.with_user(self.seller).write({"state": "sale"})
        self.assertNotEqual(order.state, "sale", "writing the state is no way around")
        with self.assertRaises(AccessError):
            hold.with_user(self.seller)._release("my best customer")
        with self.assertRaises(AccessError):
            hold.with_user(self.seller).write({"state": "released"})
        self.assertEqual(order.o2c_hold_id, hold)

        hold.with_user(self.controller)._release("Order of a known project")
        self.assertEqual(order.state, "sale")
        self.assertEqual(hold.released_by_id, self.controller)
        self.assertEqual(hold.release_reason, "Order of a known project")

        self._deliver(order)
        self._bill()
        self.assertEqual(order.invoice_ids.state, "posted")
        self._pay_on_a_phone(self._link_of(order.invoice_ids))
        self.assertEqual(order.invoice_ids.payment_state, "paid")
        names = [stage["key"] for stage in order._o2c_stages()]
        self.assertEqual(len(names), len(set(names)))

    def _sign_on_a_phone(self, order):
        """The customer accepts the quote in the portal, and reads that it waits."""
        order.write({"state": "sent", "require_signature": True})
        with self._phone(order.get_portal_url()) as page:
            page.locator("[data-bs-target='#modalaccept']").first.click()
            page.locator("#modalaccept .o_portal_sign_submit").click()
            waits = page.locator("[name=o2c_order_waits]")
            waits.wait_for(timeout=60000)
            for word in ("limiet", "krediet", "blokk", "limit", "credit", "hold"):
                self.assertNotIn(word, waits.inner_text().lower())
