"""Goods leave only when nothing new stands against the customer."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.o2c_credit.tests.common import CreditCommon


@tagged("post_install", "-at_install")
class TestDeliveryGate(CreditCommon):
    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref("stock.group_stock_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls._user("clerk", "stock.group_stock_user")
        cls.goods.is_storable = False

    def _confirmed(self, amount=100, partner=None):
        order = self._quote(partner or self.sme, amount, self.goods)
        order.action_confirm()
        return order

    def _fall_behind(self, amount=500):
        return self._invoice(self.sme, amount, self.today - timedelta(days=90))

    def test_a_held_order_makes_no_delivery_and_its_release_makes_it(self):
        order = self._confirmed(2000)
        self.assertFalse(order.picking_ids)
        order.o2c_hold_id.with_user(self.controller)._release("ok")
        self.assertEqual(len(order.picking_ids), 1)

    def test_nothing_new_means_the_goods_leave(self):
        order = self._confirmed()
        order.picking_ids.with_user(self.clerk).button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        self.assertFalse(order.o2c_hold_ids)

    def test_a_customer_who_fell_behind_keeps_his_goods_here(self):
        order = self._confirmed()
        self._fall_behind()
        picking = order.picking_ids.with_user(self.clerk)
        action = picking.button_validate()
        self.assertEqual(action["tag"], "display_notification")
        self.assertNotEqual(picking.state, "done")
        hold = order.o2c_hold_id
        self.assertEqual((hold.kind, hold.state), ("delivery", "open"))
        self.assertEqual(hold.user_id, self.controller)
        self.assertEqual(hold.amount, 100)
        with self.assertRaises(UserError):
            picking._action_done()
        with self.assertRaises(UserError):
            picking.sudo().with_context(skip_sanity_check=True)._action_done()
        hold.with_user(self.controller)._release("paid on the phone")
        picking.button_validate()
        self.assertEqual(picking.state, "done", "what was accepted does not hold again")

    def test_money_that_came_in_solves_it(self):
        order = self._confirmed()
        invoice = self._fall_behind()
        order.picking_ids.button_validate()
        self._pay(invoice)
        hold = order.o2c_hold_id
        hold.with_user(self.controller).action_recheck()
        self.assertEqual(hold.state, "resolved")
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")

    def test_what_was_accepted_at_confirmation_does_not_stop_the_goods(self):
        self._fall_behind()
        order = self._confirmed()
        order.o2c_hold_id.with_user(self.controller)._release("known")
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")

    def test_in_a_batch_only_the_held_one_stays(self):
        order, other = self._confirmed(), self._confirmed(50, self.corporate)
        self._fall_behind()
        (order | other).picking_ids.button_validate()
        self.assertNotEqual(order.picking_ids.state, "done")
        self.assertEqual(other.picking_ids.state, "done")

    def test_growth_on_hold_keeps_the_goods_too(self):
        order = self._confirmed(900)
        order.order_line.write({"product_uom_qty": 3, "price_unit": 900})
        self.assertEqual(order.o2c_hold_id.kind, "growth")
        order.picking_ids.button_validate()
        self.assertNotIn("done", order.picking_ids.mapped("state"))
        order.o2c_hold_id.with_user(self.controller)._release("agreed")
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")

    def test_returns_and_receipts_are_never_held(self):
        order = self._confirmed()
        order.picking_ids.button_validate()
        self._fall_behind()
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=order.picking_ids.id, active_model="stock.picking")
            .create({"picking_id": order.picking_ids.id})
        )
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.button_validate()
        self.assertEqual(back.state, "done")

    def test_watch_notes_and_stops_nothing(self):
        order = self._confirmed()
        self._switch("watch", "credit")
        self._fall_behind()
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        self.assertEqual(order.o2c_hold_ids.state, "watch")
        self.assertEqual(order.o2c_hold_ids.kind, "delivery")

    def test_off_looks_at_nothing(self):
        order = self._confirmed()
        self._switch("off", "credit")
        self._fall_behind()
        order.picking_ids.button_validate()
        self.assertEqual(order.picking_ids.state, "done")
        self.assertFalse(order.o2c_hold_ids)

    def test_a_dropshipped_delivery_is_a_delivery(self):
        order = self._confirmed()
        self._fall_behind()
        picking = order.picking_ids
        selection = self.env["stock.picking.type"]._fields["code"].get_values(self.env)
        if "dropship" in selection:
            picking.picking_type_id.code = "dropship"
        self.assertTrue(picking._o2c_leaves_the_house())
        self.assertEqual(picking._o2c_held(), picking)

    def test_the_order_page_points_at_the_delivery(self):
        order = self._confirmed()
        stage = order._o2c_stage_delivered()
        self.assertEqual(stage["action"]["res_id"], order.picking_ids.id)
        self.assertEqual(stage["state"], "current")
        self._fall_behind()
        order.picking_ids.button_validate()
        self.assertEqual(order._o2c_stage_delivered()["state"], "blocked")
        order.o2c_hold_id.with_user(self.controller)._release("ok")
        order.picking_ids.button_validate()
        stage = order._o2c_stage_delivered()
        self.assertEqual(stage["state"], "done")
        self.assertEqual(stage["date"], order.picking_ids.date_done.date())

    def test_the_warehouse_sees_that_it_waits_but_not_why(self):
        order = self._confirmed()
        self._fall_behind()
        picking = order.picking_ids.with_user(self.clerk)
        picking.button_validate()
        values = picking.web_read(
            {"o2c_hold_id": {"fields": {"display_name": {}}}, "o2c_hold_deadline": {}}
        )
        self.assertTrue(values[0]["o2c_hold_deadline"])
        found = picking.search([("sale_id.o2c_hold_id", "!=", False)])
        self.assertIn(picking, found)
        with self.assertRaises(AccessError):
            self.env["o2c.credit.hold"].with_user(self.clerk).search([])


@tagged("post_install", "-at_install")
class TestPickAndShip(CreditCommon):
    """Two steps inside the house, and goods that are reserved."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref("stock.group_stock_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.goods.is_storable = True
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.company.id)], limit=1
        )
        cls.warehouse.delivery_steps = "pick_ship"
        cls.env["stock.quant"]._update_available_quantity(
            cls.goods, cls.warehouse.lot_stock_id, 1
        )

    def _confirmed(self):
        order = self._quote(self.sme, 100, self.goods)
        order.action_confirm()
        order.picking_ids.action_assign()
        [pick] = order.picking_ids.filtered(
            lambda picking: picking.picking_type_code == "internal"
        )
        return order, pick

    def _fall_behind(self):
        return self._invoice(self.sme, 500, self.today - timedelta(days=90))

    def test_picking_for_who_fell_behind_is_stopped(self):
        order, pick = self._confirmed()
        self._fall_behind()
        pick.button_validate()
        self.assertNotEqual(pick.state, "done")
        self.assertEqual(order.o2c_hold_id.kind, "delivery")

    def test_a_pick_that_was_begun_is_finished_with_a_warning_and_goes_no_further(self):
        order, pick = self._confirmed()
        pick.do_print_picking()
        self._fall_behind()
        pick.button_validate()
        self.assertEqual(pick.state, "done")
        self.assertIn("do not leave the house", pick.message_ids[0].body)
        ship = order.picking_ids - pick
        ship.button_validate()
        self.assertNotEqual(ship.state, "done")

    def test_at_night_what_leaves_soon_is_held_before_anyone_picks(self):
        order, _pick = self._confirmed()
        self._fall_behind()
        later, _pick = self._quote(self.corporate, 5, self.goods), None
        later.action_confirm()
        holds = self.env["o2c.credit.hold"]
        orders = holds._orders_leaving_soon(self.company, self.today)
        self.assertEqual(orders & (order | later), order | later)
        orders._o2c_hold_deliveries()
        self.assertEqual(order.o2c_hold_id.kind, "delivery")
        self.assertFalse(later.o2c_hold_id)

    def test_goods_stay_reserved_for_some_days_and_are_reserved_again(self):
        order, pick = self._confirmed()
        self.assertEqual(pick.state, "assigned")
        self._fall_behind()
        pick.button_validate()
        hold = order.o2c_hold_id
        holds = self.env["o2c.credit.hold"]
        days = self.company.o2c_reservation_days
        holds._end_reservations(self.company, self.today + timedelta(days=days - 1))
        self.assertEqual(pick.state, "assigned")
        ended = holds._end_reservations(
            self.company, self.today + timedelta(days=days + 1)
        )
        self.assertEqual(ended, hold)
        self.assertEqual(pick.state, "confirmed")
        pick.action_assign()
        self.assertEqual(pick.state, "confirmed", "no job takes them back meanwhile")
        hold.with_user(self.controller)._release("paid by phone")
        self.assertEqual(pick.state, "assigned")
        self.assertFalse(hold.reservation_ended)

    def test_money_that_came_in_reserves_again(self):
        order, pick = self._confirmed()
        invoice = self._fall_behind()
        pick.button_validate()
        hold = order.o2c_hold_id
        self.env["o2c.credit.hold"]._end_reservations(
            self.company, self.today + timedelta(days=30)
        )
        self._pay(invoice)
        hold.with_user(self.controller).action_recheck()
        self.assertEqual(hold.state, "resolved")
        self.assertEqual(pick.state, "assigned")

    def test_the_job_lets_goods_and_growth_go_that_money_solved(self):
        order, pick = self._confirmed()
        invoice = self._fall_behind()
        pick.button_validate()
        other = self._invoice(self.corporate, 500, self.today)
        self._limit(self.corporate, 700)
        grown = self._quote(self.corporate, 100)
        grown.action_confirm()
        grown.order_line.price_unit = 300
        self.assertEqual(grown.o2c_hold_id.kind, "growth")
        self.env.flush_all()
        holds = order.o2c_hold_id | grown.o2c_hold_id
        self.assertFalse(holds._solved_by_money(self.company))
        self._pay(invoice | other)
        self.assertEqual(holds._solved_by_money(self.company), holds)
        for hold in holds:
            hold.sudo()._pass_by_itself()
        self.assertEqual(set(holds.mapped("state")), {"resolved"})
