"""The order page and the Today screen tell where an order stands."""

from lxml import etree

from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestThread(BillingCommon):
    def _stages(self, order):
        return {stage["key"]: stage for stage in order._o2c_stages()}

    def _card(self, user, key):
        screen = self.env["o2c.today"].with_user(user).get_today()
        cards = {c["key"]: c for s in screen["sections"] for c in s["cards"]}
        return cards.get(key)

    def setUp(self):
        super().setUp()
        self.order = self._order(self.sme, [(self.hour, 5, 60.0)])
        self.order.action_confirm()
        self.billing = self._user("billing", "o2c_base.group_billing_approver")

    def test_the_page_follows_the_order_to_its_sending(self):
        self.assertEqual(self._stages(self.order)["invoiced"]["state"], "waiting")
        self.order.order_line.qty_delivered = 5
        self.assertEqual(self._stages(self.order)["invoiced"]["state"], "current")
        self.env["o2c.draft.check.rule"].create(
            {"company_id": self.company.id, "kind": "first"}
        )
        self._run_queue()
        stages = self._stages(self.order)
        self.assertEqual(stages["invoiced"]["state"], "done")
        self.assertEqual(stages["checked"]["state"], "blocked")
        self.assertIn("First invoice", stages["checked"]["waits_for"])
        self.order.invoice_ids.with_user(self.billing).action_o2c_approve()
        stages = self._stages(self.order)
        self.assertEqual(stages["checked"]["owner"], self.billing.name)
        self.assertEqual(stages["sent"]["state"], "current")
        self.order.invoice_ids._o2c_mark_sent()
        self.assertEqual(self._stages(self.order)["sent"]["state"], "done")

    def test_the_page_names_what_an_invoice_waits_for(self):
        self.order.order_line.qty_delivered = 5
        self._run_queue()
        self.order.invoice_ids._o2c_block_sending("No e-mail address.")
        stage = self._stages(self.order)["sent"]
        self.assertEqual(stage["state"], "blocked")
        self.assertIn("e-mail", stage["waits_for"])

    def test_a_seller_reads_the_page(self):
        seller = self._user("seller", "sales_team.group_sale_manager")
        self.order.order_line.qty_delivered = 5
        self._run_queue()
        keys = self._stages(self.order.with_user(seller))
        self.assertLessEqual({"quoted", "invoiced", "checked", "sent"}, keys.keys())

    def test_a_seller_opens_the_invoice_of_his_order(self):
        seller = self._user("seller", "sales_team.group_sale_salesman_all_leads")
        self.order.order_line.qty_delivered = 5
        self._run_queue()
        invoice = self.order.invoice_ids.with_user(seller)
        self.env.flush_all()
        self.env.invalidate_all()
        arch = etree.fromstring(invoice.get_view(view_type="form")["arch"])
        names = {
            node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")
        }
        self.assertTrue(invoice.web_read({name: {} for name in names}))

    def test_today_counts_what_waits(self):
        self.order.order_line.qty_delivered = 5
        card = self._card(self.billing, "billing_waiting")
        self.assertIn("300", card["value"])
        self.assertEqual(len(card["rows"]), 1)
        self.env["o2c.draft.check.rule"].create(
            {"company_id": self.company.id, "kind": "first"}
        )
        self._run_queue()
        self.assertEqual(self._card(self.billing, "billing_to_approve")["value"], "1")
        self.order.invoice_ids.with_user(self.billing).action_o2c_approve()
        self.order.invoice_ids._o2c_block_sending("No e-mail address.")
        self.assertEqual(self._card(self.billing, "billing_not_sent")["value"], "1")

    def test_switched_off_today_shows_no_billing(self):
        self._switch("off", "billing")
        self.assertIsNone(self._card(self.billing, "billing_waiting"))
