"""What was not understood at first: mended, tried again, or set aside."""

from odoo.tests import freeze_time, tagged

from .intake_common import IntakeCommon


@tagged("post_install", "-at_install")
class TestIntakeMending(IntakeCommon):
    def test_what_people_write_is_used_at_the_next_try(self):
        intake = self._take(
            self._csv(
                "W1;K999;GEEN;veel;;;",
                "W1;K999;GEEN;2;;;",
                "W2;K999;BALK-44;1;;;",
            )
        )
        self.assertEqual(intake.mend_count, 2)
        at = {(one.number, one.field): one for one in intake.problem_ids}
        at[2, "quantity"].right_value = "3"
        at[2, "customer"].partner_id = self.sme
        intake.action_retry()
        self.assertEqual(self._states(intake), {"W1": "mend", "W2": "made"})
        wrong = {one.field for one in intake.problem_ids if not one.solved}
        self.assertEqual(wrong, {"article"})
        intake.problem_ids.filtered(lambda one: one.field == "article")[
            0
        ].product_id = self.wood
        intake.action_retry()
        self.assertEqual((intake.state, intake.made_count), ("done", 2))
        lines = intake.order_ids.sorted("number")[0].order_id.order_line
        self.assertEqual(lines.mapped("product_uom_qty"), [3, 2])

    def test_what_is_added_meanwhile_is_found(self):
        intake = self._take(self._csv("W1;K777;BALK-44;1;;;"))
        self.corporate.ref = "K777"
        intake.action_retry()
        self.assertEqual(intake.order_ids.order_id.partner_id, self.corporate)

    def test_a_customer_is_found_by_his_exact_name_when_nobody_shares_it(self):
        self.corporate.name, self.sme.name = "Kade en Zoon", "Twee Broers"
        self.sme.copy({"name": "Twee Broers"})
        intake = self._take(
            self._csv("W1;Kade en Zoon;BALK-44;1;;;", "W2;Twee Broers;BALK-44;1;;;")
        )
        made = intake.order_ids.filtered(lambda one: one.state == "made")
        self.assertEqual(made.order_id.partner_id, self.corporate)
        self.assertEqual(self._states(intake), {"W1": "made", "W2": "mend"})

    def test_a_line_that_belongs_to_a_made_order_is_not_lost(self):
        intake = self._take(self._csv("W1;K100;BALK-44;1;;;", ";K100;BALK-44;2;;;"))
        intake.problem_ids.right_value = "W1"
        intake.action_retry()
        self._asked(intake, "Line 3, order_reference: order W1 is a quotation already")
        self.assertEqual(len(intake.order_ids.order_id.order_line), 1)

    def test_a_line_of_another_customer_gets_an_order_number_of_its_own(self):
        self.corporate.ref = "K200"
        intake = self._take(self._csv("W1;K100;BALK-44;1;;;", "W1;K200;BALK-44;2;;;"))
        self._asked(
            intake,
            "Line 3, customer: “K200”: an order has one customer",
            "Line 3, order_reference: if this line belongs to another order than “W1”",
        )
        at = {one.field: one for one in intake.problem_ids}
        at["order_reference"].right_value = "W2"
        intake.action_retry()
        self.assertEqual(self._states(intake), {"W1": "made", "W2": "made"})
        self.assertEqual(
            intake.order_ids.sorted("reference").mapped("customer_id"),
            self.sme | self.corporate,
        )

    def test_or_the_customer_of_the_whole_order_is_written(self):
        self.corporate.ref = "K200"
        intake = self._take(self._csv("W1;K100;BALK-44;1;;;", "W1;K200;BALK-44;2;;;"))
        at = {one.field: one for one in intake.problem_ids}
        at["customer"].right_value = "K200"
        intake.action_retry()
        self.assertEqual(self._states(intake), {"W1": "made"})
        self.assertEqual(intake.order_ids.customer_id, self.corporate)
        self.assertEqual(len(intake.order_ids.order_id.order_line), 2)

    @freeze_time("2026-03-10 09:00:00")
    def test_a_requested_day_that_has_passed_is_named(self):
        intake = self._take(
            self._csv(
                "W1;K100;BALK-44;1;;2026-03-09;",
                "W2;K100;BALK-44;1;;2026-03-10;",
                "W3;K100;BALK-44;1;;;",
            )
        )
        self.assertEqual(set(self._states(intake).values()), {"made"})
        late, in_time, none = intake.order_ids.sorted("reference")
        self.assertIn("delivery on 03/09/2026, and that day has passed", late.remark)
        for order in (in_time, none):
            self.assertNotIn("passed", order.remark or "")

    def test_one_order_or_all_of_it_is_set_aside(self):
        intake = self._take(
            self._csv("W1;K100;BALK-44;1;;;", "W2;x;BALK-44;1;;;", "W3;x;BALK-44;1;;;")
        )
        intake.order_ids.filtered(lambda one: one.reference == "W2").action_drop()
        self.assertEqual((intake.state, intake.mend_count), ("mend", 1))
        intake.action_drop()
        self.assertEqual((intake.state, intake.mend_count), ("done", 0))
        nothing = self._take(self._csv("W9;x;BALK-44;1;;;"))
        nothing.action_drop()
        self.assertEqual(nothing.state, "dropped")
