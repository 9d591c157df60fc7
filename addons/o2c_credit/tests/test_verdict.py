"""What seller and controller see before anyone clicks."""

from datetime import timedelta

from odoo.tests import Form, tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestVerdict(CreditCommon):
    def test_the_seller_reads_plain_words_before_he_clicks(self):
        order = self._quote(self.sme, 1500).with_user(self.seller)
        self.assertEqual(order.o2c_verdict, "hold")
        card = order.o2c_verdict_card
        self.assertIn("will wait for a decision", card)
        self.assertIn("500.00", card)
        self.assertIn("up front", card)
        for jargon in ("exposure", "receivable", "headroom", "score"):
            self.assertNotIn(jargon, card.lower())

    def test_the_card_follows_what_is_typed(self):
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.sme
            with form.order_line.new() as line:
                line.product_id = self.service
                line.price_unit = 900
            self.assertEqual(form.o2c_verdict, "pass")
            with form.order_line.edit(0) as line:
                line.price_unit = 1200
            self.assertEqual(form.o2c_verdict, "hold")

    def test_an_order_without_lines_promises_nothing(self):
        self._limit(self.sme, "cash")
        card = self._order(self.sme, []).with_user(self.seller).o2c_verdict_card
        self.assertIn("Nothing ordered yet", card)
        self.assertNotIn("You can confirm", card)

    def test_no_card_when_the_part_is_off_or_the_order_is_confirmed(self):
        order = self._quote(self.sme, 100)
        order.action_confirm()
        self.assertFalse(order.o2c_verdict)
        self._switch("off", "credit")
        self.assertFalse(self._quote(self.sme, 5000).o2c_verdict)

    def test_a_verdict_is_asked_for_any_order_by_code(self):
        decision = self._quote(self.sme, 1500)._o2c_verdict()
        self.assertEqual(decision.verdict, "hold")
        self.assertEqual(float(decision.headroom), 1000)
        self.assertEqual(decision.codes, ("over_limit",))

    def test_the_policy_of_grade_and_segment_decides(self):
        cells = self.env["o2c.credit.policy"]
        cells.create(
            {
                "grade": "unrated",
                "segment_id": self.sme.o2c_segment_id.id,
                "over_limit": "warn",
                "down_payment": 40,
            }
        )
        order = self._quote(self.sme, 1500)
        decision = order._o2c_verdict()
        self.assertEqual(decision.verdict, "hold", "what is required is required")
        self.assertEqual(decision.codes, ("over_limit", "down_payment"))
        self.assertEqual(
            [reason.verdict for reason in decision.reasons], ["warn", "hold"]
        )
        self.assertEqual(float(decision.to_pay), 600)
        cells.search([("down_payment", "=", 40)]).down_payment = 0
        order = self._quote(self.sme, 1500)
        order.action_confirm()
        self.assertEqual(order.state, "sale", "a warning stops nothing")

    def test_consumers_are_asked_for_half_at_most(self):
        cell = self.env.ref("o2c_credit.o2c_credit_policy_unrated")
        cell.down_payment = 80
        order = self._quote(self.consumer, 100)
        self.assertEqual(float(order._o2c_verdict().to_pay), 50)
        order = self._quote(self.corporate, 100)
        self.assertEqual(float(order._o2c_verdict().to_pay), 80)

    def test_the_badge_on_customer_and_contact(self):
        for partner in (self.sme, self.sme_contact):
            badge = partner.with_user(self.seller)
            self.assertIn("You can still sell", badge.o2c_credit_line)
            self.assertEqual(badge.o2c_headroom, 1000)
        self._limit(self.sme, "cash")
        self.sme.invalidate_recordset()
        self.assertEqual(self.sme.o2c_credit_line, "Pays up front")
        self.assertFalse(self.corporate.o2c_credit_line, "nothing is known of him yet")
        self.corporate.customer_rank = 1
        self.corporate.invalidate_recordset()
        self.assertEqual(self.corporate.o2c_credit_line, "No limit set")
        self._invoice(self.corporate, 80, self.today - timedelta(days=90))
        self.corporate.invalidate_recordset()
        self.assertEqual(self.corporate.o2c_overdue, 80)
        self._switch("off", "credit")
        self.corporate.invalidate_recordset()
        self.assertFalse(self.corporate.o2c_credit_line)

    def test_a_list_of_customers_costs_one_statement(self):
        partners = self.sme | self.corporate | self.public_body | self.consumer
        partners.mapped("o2c_grade")
        partners.invalidate_recordset(["o2c_grade"])
        with self.assertQueryCount(1):
            partners.mapped("o2c_grade")

    def test_the_order_page_tells_where_it_stands(self):
        order = self._quote(self.sme, 1500)
        keys = [stage["key"] for stage in order._o2c_stages()]
        self.assertEqual(keys[:4], ["quoted", "verdict", "confirmed", "delivered"])
        order.action_confirm()
        stages = {stage["key"]: stage for stage in order._o2c_stages()}
        self.assertEqual(stages["verdict"]["state"], "blocked")
        self.assertEqual(stages["verdict"]["owner"], self.controller.name)
        self.assertEqual(stages["verdict"]["deadline"], order.o2c_hold_id.deadline)
        self.assertIn("Open", order.o2c_stages_html)
        order.o2c_hold_id.with_user(self.controller)._release("fine")
        stages = {stage["key"]: stage for stage in order._o2c_stages()}
        self.assertEqual(stages["verdict"]["state"], "done")
        self.assertEqual(stages["verdict"]["owner"], self.controller.name)
        self.assertEqual(stages["confirmed"]["state"], "done")
        self.assertIn(stages["delivered"]["state"], ("current", "waiting"))
        order.order_line.qty_delivered = 1
        stages = {stage["key"]: stage for stage in order._o2c_stages()}
        self.assertEqual(stages["delivered"]["state"], "done")
        self.assertEqual(
            order.with_user(self.seller).action_o2c_order_to_cash()["res_id"], order.id
        )


@tagged("post_install", "-at_install")
class TestSpeed(CreditCommon):
    """SPEED targets: at most three statements over the bare confirmation."""

    def _queries(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        orders.mapped("order_line.product_id.name")
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        orders.action_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _quotes(self, count):
        orders = self.env["sale.order"]
        for _number in range(count):
            orders |= self._quote(self.corporate, 10)
        return orders

    def _measure(self, count):
        """Statements without and with the check, both warm."""
        self._switch("off", "credit")
        self._queries(self._quotes(1))
        bare = self._queries(self._quotes(count))
        self._switch("live", "credit")
        self._queries(self._quotes(1))
        return bare, self._queries(self._quotes(count))

    def test_one_order_costs_at_most_three_statements_more(self):
        bare, checked = self._measure(1)
        collecting = "o2c.dunning.case" in self.env  # asks for broken promises
        self.assertLessEqual(
            checked, bare + 3 + collecting, f"{bare} bare, {checked} checked"
        )

    def test_a_hundred_orders_cost_at_most_ten_statements_more(self):
        bare, checked = self._measure(30)
        self.assertLessEqual(checked, bare + 10, f"{bare} bare, {checked} checked")
