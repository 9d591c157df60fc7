"""Seen from inside: the order's last stage, and the money on Today."""

from odoo import Command
from odoo.tests import tagged

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestThread(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.product = cls.env["product.product"].create(
            {
                "name": "Service",
                "type": "service",
                "invoice_policy": "order",
                "taxes_id": [Command.clear()],
            }
        )
        cls.order = cls._order(cls.sme, [(cls.product, 1, 500.0)])
        cls.order.action_confirm()

    def _stage(self):
        return next(
            stage for stage in self.order._o2c_stages() if stage["key"] == "paid"
        )

    def test_the_order_tells_how_far_the_payment_is(self):
        self.assertEqual(self._stage()["state"], "waiting")
        invoice = self.order._create_invoices()
        invoice.action_post()
        stage = self._stage()
        self.assertEqual(stage["state"], "current")
        self.assertEqual(stage["deadline"], invoice.invoice_date_due)
        self.assertNotIn("link", stage["waits_for"])
        link = self.links._for(invoice)
        self.assertIn("not opened", self._stage()["waits_for"])
        link.opened_at = "2026-03-01 12:00:00"
        self.assertIn("was opened", self._stage()["waits_for"])
        transaction = self._start(link)
        self._reported(transaction, "pending")
        self.assertIn("under way", self._stage()["waits_for"])
        self._reported(transaction)
        transaction._post_process()
        stage = self._stage()
        self.assertEqual((stage["state"], stage["name"]), ("done", "Paid online"))
        self.assertTrue(stage["date"])

    def test_today_shows_the_money_that_came_in_online(self):
        collector = self._user("cash", "o2c_base.group_collector")
        cards = self.env["o2c.today"].with_user(collector).with_company(self.company)

        def card():
            today = self.company._o2c_today()
            found = cards._cards(self.company, today)
            return next(one for one in found if one["key"] == "online_money")

        self.assertEqual(
            (card()["value"], card()["rows"]), ("0\N{NO-BREAK SPACE}€", [])
        )
        transaction = self._paid_online(
            self.links._for(self._invoice(self.sme, 1250.0, "2026-01-05"))
        )
        shown = card()
        self.assertEqual(shown["value"], "1,250\N{NO-BREAK SPACE}€")
        self.assertEqual(shown["rows"][0]["label"], self.sme.name)
        transaction.last_state_change = "2026-01-06 12:00:00"
        self.assertEqual(card()["rows"], [])

    def test_who_has_nothing_to_do_with_money_sees_no_card(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        today = self.company._o2c_today()
        cards = self.env["o2c.today"].with_user(seller)._cards(self.company, today)
        self.assertNotIn("online_money", [card["key"] for card in cards])
