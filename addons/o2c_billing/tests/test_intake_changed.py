"""An order number that came in before: the same is known, another quantity is told."""

from odoo.tests import tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeChanged(IntakeCommon):
    def test_another_quantity_is_told_and_settled_by_changing_the_order(self):
        first = self._take(self._csv("W1;K100;BALK-44;3;;;"))
        order = first.order_ids.order_id
        again = self._take(self._csv("W1;K100;BALK-44;30;;;", "W2;K100;BALK-44;1;;;"))
        self.assertEqual(self._states(again), {"W1": "mend", "W2": "made"})
        self.assertEqual((again.state, again.mend_count), ("mend", 1))
        self._asked(again, f"({order.name}, [BALK-44]")
        self._asked(again, "3 there, 30 in this file")
        self.assertEqual(order.order_line.product_uom_qty, 3)
        order.order_line.product_uom_qty = 30
        again.action_retry()
        self.assertEqual(self._states(again), {"W1": "known", "W2": "made"})
        self.assertEqual(again.state, "done")

    def test_an_article_that_was_added_is_told(self):
        self._take(self._csv("W1;K100;BALK-44;3;;;"))
        again = self._take(
            self._csv("W1;K100;BALK-44;3;;;", "W1;K100;8712345678906;2;;;")
        )
        self.assertEqual(self._states(again), {"W1": "mend"})
        self._asked(again, "0 there, 2 in this file")

    def test_who_sends_his_open_orders_every_day_is_not_asked_every_day(self):
        first = self._take(self._csv("W1;K100;BALK-44;3;;;"))
        order = first.order_ids.order_id
        order.order_line.product_uom_qty = 5
        freight = order.order_line.create(
            {"order_id": order.id, "product_id": self.hour.id, "product_uom_qty": 1}
        )
        again = self._take(self._csv("W1;K100;BALK-44;3;;;", "W2;K100;BALK-44;1;;;"))
        self.assertEqual(self._states(again), {"W1": "known", "W2": "made"})
        self.assertTrue(freight.exists())

    def test_what_a_person_set_aside_does_not_count_as_sent(self):
        self._take(self._csv("W1;K100;BALK-44;3;;;"))
        wrong = self._take(self._csv("W1;K100;BALK-44;30;;;"))
        wrong.order_ids.action_drop()
        self.assertEqual(wrong.state, "done")
        again = self._take(self._csv("W1;K100;BALK-44;30;;;", "W2;K100;BALK-44;1;;;"))
        self.assertEqual(self._states(again)["W1"], "mend")

    def test_a_box_of_twelve_is_twelve(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        first = self._take(self._csv("W1;K100;BALK-44;12;;;"))
        line = first.order_ids.order_id.order_line
        line.write({"product_uom_id": dozen.id, "product_uom_qty": 1})
        again = self._take(self._csv("W1;K100;BALK-44;12;;;", "W2;K100;BALK-44;1;;;"))
        self.assertEqual(self._states(again)["W1"], "known")

    def test_the_endpoint_tells_it_too(self):
        self._switch("live", "billing")
        intakes = self.env["o2c.order.intake"]
        said = {
            "reference": "S1",
            "customer": "K100",
            "lines": [{"article": "BALK-44", "quantity": 2}],
        }
        made = intakes.o2c_take_orders([said])["results"][0]
        said["lines"][0]["quantity"] = 9
        told = intakes.o2c_take_orders([said])["results"][0]
        self.assertEqual((made["status"], told["status"]), ("made", "mend"))
        self.assertEqual(told["order"], made["order"])
        self.assertIn("2 there, 9 in this file", told["problems"][0])

    def test_who_brings_a_file_looks_after_it(self):
        self.company.o2c_responsible_id = self.env.ref("base.user_admin")
        mine = self._take(self._csv("W1;K100;BALK-44;3;;;"))
        self.assertEqual(mine.user_id, self.env.user)
