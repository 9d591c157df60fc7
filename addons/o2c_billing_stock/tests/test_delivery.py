"""From the delivery to the invoice."""

from odoo.tests import tagged

from odoo.addons.o2c_billing.tests.common import BillingCommon


@tagged("post_install", "-at_install")
class TestDelivery(BillingCommon):
    def _confirmed(self, quantity, **values):
        order = self._order(self.sme, [(self.wood, quantity, 10.0)], **values)
        order.action_confirm()
        return order

    def _deliver(self, order, quantity):
        picking = order.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking._action_done()
        return picking

    def _events(self, order):
        return self.env["o2c.billing.event"].search([("order_id", "=", order.id)])

    def test_a_delivery_becomes_an_event_and_then_an_invoice(self):
        order = self._confirmed(10)
        self.assertFalse(self._events(order))
        self._deliver(order, 10)
        event = self._events(order)
        self.assertEqual(
            (event.quantity, event.amount, event.state, event.source),
            (10, 100.0, "waiting", "delivery"),
        )
        self.assertFalse(order.invoice_ids)
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 100.0)
        self.assertEqual(event.move_id, order.invoice_ids)

    def test_each_part_delivery_is_invoiced_by_itself(self):
        order = self._confirmed(10)
        self._deliver(order, 4)
        self._run_queue()
        self._deliver(order, 6)
        self._run_queue()
        self.assertEqual(
            order.invoice_ids.sorted("id").mapped("amount_untaxed"), [40.0, 60.0]
        )

    def test_the_same_delivery_is_reported_once(self):
        order = self._confirmed(10)
        picking = self._deliver(order, 10)
        order.order_line._o2c_record_deltas(
            "delivery", {order.order_line: 10}, key=picking.id
        )
        self.assertEqual(len(self._events(order)), 1)

    def test_goods_that_come_back_become_a_credit_note_to_approve(self):
        order = self._confirmed(10)
        picking = self._deliver(order, 10)
        self._run_queue()
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=picking.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 3
        back = self.env["stock.picking"].browse(
            wizard.action_create_returns()["res_id"]
        )
        back.move_ids.quantity = 3
        back.move_ids.picked = True
        back._action_done()
        event = self._events(order).filtered(lambda e: e.quantity < 0)
        self.assertEqual(event.quantity, -3)
        self._run_queue()
        credit = event.move_id
        self.assertEqual((event.state, credit.state), ("to_approve", "draft"))
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 30))
        invoice = order.invoice_ids - credit
        self.assertEqual(credit.reversed_entry_id, invoice)
        self.assertIn("Credit note", credit.o2c_check_words)
        self._run_queue()
        self.assertEqual(len(order.invoice_ids), 2)

    def test_a_delivery_before_the_start_date_makes_no_event(self):
        self._switch("live", "billing", start_date="2099-01-01")
        order = self._confirmed(10)
        self._deliver(order, 10)
        self.assertFalse(self._events(order))

    def test_goods_delivered_without_an_order_are_reported_with_their_own_line(self):
        order = self._confirmed(10)
        extra = self._article("Extra", 5.0)
        picking = order.picking_ids
        self.env["stock.move"].create(
            {
                "product_id": extra.id,
                "product_uom_qty": 2,
                "picking_id": picking.id,
                "location_id": picking.location_id.id,
                "location_dest_id": picking.location_dest_id.id,
            }
        )
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking._action_done()
        self.assertEqual(self._events(order).product_id, self.wood | extra)

    def test_off_nothing_is_reported_and_the_warehouse_works(self):
        self._switch("off", "billing")
        order = self._confirmed(10)
        self._deliver(order, 10)
        self.assertFalse(self._events(order))
        self.assertEqual(order.order_line.qty_delivered, 10)

    def test_a_draft_that_is_wrong_about_the_delivery_goes_to_the_warehouse(self):
        warehouse = self._user("warehouse", "stock.group_stock_user")
        order = self._confirmed(10)
        picking = self._deliver(order, 10)
        picking.user_id = warehouse
        self.env["o2c.draft.check.rule"].create({"kind": "amount", "amount": 1})
        self._run_queue()
        invoice = order.invoice_ids
        self.assertEqual(invoice.o2c_check_state, "to_check")
        self.assertEqual(invoice._o2c_mender("delivery"), warehouse)
        self.assertEqual(invoice._o2c_mender("line"), order.order_line.create_uid)
