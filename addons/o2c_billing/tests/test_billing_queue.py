"""What was delivered becomes an invoice: once, and whatever else goes wrong."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BillingCommon

QUEUE = "odoo.addons.o2c_billing.models.billing"


@tagged("post_install", "-at_install")
class TestBillingQueue(BillingCommon):
    def test_the_invoice_is_posted_and_the_event_follows(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        today = fields.Date.to_date("2026-03-04")
        run = self._run_queue(today)
        event = self._events(order)
        invoice = order.invoice_ids
        self.assertEqual((invoice.state, invoice.invoice_date), ("posted", today))
        self.assertEqual(event.invoice_line_id, invoice.invoice_line_ids)
        self.assertEqual((run.state, run.done_count, run.failed_count), ("done", 1, 0))
        self.assertTrue(event.drafted_at and event.posted_at)

    def test_a_second_run_makes_no_second_invoice(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        self.assertFalse(self._run_queue())
        self.assertEqual(len(order.invoice_ids), 1)

    def test_older_backlog_of_the_order_stays_out(self):
        self._switch("off", "billing")
        order = self._service(10)
        order.order_line.qty_delivered = 4
        self._switch("live", "billing")
        order.order_line.qty_delivered = 7
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 180.0)
        self.assertEqual(order.order_line.qty_to_invoice, 4)

    def test_an_order_fully_credited_is_not_invoiced_again(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        order.invoice_ids._reverse_moves(cancel=True)
        self.assertEqual(order.order_line.qty_to_invoice, 5)
        self.assertFalse(self._run_queue())
        self.assertEqual(len(order.invoice_ids), 2)

    def test_invoiced_and_credited_by_hand_is_not_invoiced_again(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        invoice = order._create_invoices()
        self.assertEqual(self._events(order).move_id, invoice)
        invoice.action_post()
        invoice._reverse_moves(cancel=True)
        self.assertFalse(self._run_queue())
        self.assertEqual(len(order.invoice_ids), 2)

    def test_an_invoice_made_by_hand_for_a_part_leaves_the_rest(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        invoice = order._create_invoices()
        # Taken in full; the draft is deleted and a part is invoiced instead.
        invoice.unlink()
        event = self._events(order)
        self.assertEqual(event.state, "failed")
        self.assertIn("deleted", event.reason)
        event.action_retry()
        event.sudo()._split(2)
        self.assertEqual(self._events(order).mapped("quantity"), [2, 3])
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 300.0)

    def test_a_cancelled_draft_asks_a_person(self):
        self.company.o2c_billing_automatic = False
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        order.invoice_ids.button_cancel()
        event = self._events(order)
        self.assertEqual((event.state, event.next_try), ("failed", False))
        event.action_retry()
        self._run_queue()
        live = order.invoice_ids.filtered(lambda move: move.state == "draft")
        self.assertEqual(event.move_id, live)

    def test_one_bad_event_does_not_stop_the_others(self):
        good, bad, other = (
            self._service(),
            self._service(partner=self.corporate),
            self._service(partner=self.public_body),
        )
        for order in good | bad | other:
            order.order_line.qty_delivered = 5
        model = self.env.registry["sale.order"]
        original = model._prepare_invoice

        missing = "The cost centre is missing."

        def prepare(order):
            if order.id == bad.id:
                raise UserError(missing)
            return original(order)

        with patch.object(model, "_prepare_invoice", prepare):
            run = self._run_queue()
        self.assertEqual((run.done_count, run.failed_count), (2, 1))
        self.assertEqual(run.state, "partly")
        self.assertEqual((good | other).invoice_ids.mapped("state"), ["posted"] * 2)
        event = self._events(bad)
        self.assertEqual(event.state, "failed")
        self.assertIn("cost centre", event.reason)
        self.assertGreater(event.next_try, fields.Datetime.now())
        self.assertFalse(self._run_queue())
        event.action_retry()
        self._run_queue()
        self.assertEqual(bad.invoice_ids.state, "posted")

    @mute_logger(f"{QUEUE}.o2c_billing_outcome")
    def test_a_failed_event_is_tried_again_later(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        model = self.env.registry["sale.order"]
        with patch.object(model, "_prepare_invoice", side_effect=ValueError("boom")):
            self._run_queue()
        event = self._events(order)
        self.assertIn("boom", event.reason)
        event.sudo().next_try = fields.Datetime.now() - timedelta(seconds=1)
        self._run_queue()
        self.assertEqual((event.state, event.attempts), ("posted", 1))
        self.assertFalse(event.reason)

    def test_a_draft_that_cannot_be_posted_keeps_its_reason(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        model = self.env.registry["account.move"]
        with patch.object(model, "action_post", side_effect=UserError("Locked month")):
            self._run_queue()
        event = self._events(order)
        self.assertEqual((event.state, event.move_id.state), ("drafted", "draft"))
        self.assertIn("Locked month", event.reason)
        event.sudo().next_try = fields.Datetime.now() - timedelta(seconds=1)
        self._run_queue()
        self.assertEqual((event.state, event.move_id.state), ("posted", "posted"))

    def test_a_down_payment_larger_than_the_delivery_asks_a_person(self):
        order = self._service(10)
        self._down_payment(order, 300)
        order.order_line.filtered("product_id")[0].qty_delivered = 2
        self._run_queue()
        event = self._events(order)
        self.assertEqual(event.state, "failed")
        self.assertIn("down payment", event.reason)

    def test_the_invoice_deducts_the_down_payment(self):
        order = self._service(10)
        self._down_payment(order, 300)
        order.order_line.filtered("product_id")[0].qty_delivered = 10
        self._run_queue()
        invoice = self._events(order).move_id
        self.assertEqual(invoice.amount_untaxed, 300.0)
        self.assertEqual(invoice.state, "posted")

    def _down_payment(self, order, amount):
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": amount})
        )
        invoice = wizard._create_invoices(order)
        invoice.action_post()
        return invoice

    def test_a_discount_on_the_order_goes_with_its_first_invoice(self):
        order = self._service()
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": 50,
            }
        ).action_apply_discount()
        order.order_line[0].qty_delivered = 5
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 250.0)

    def test_sections_of_other_lines_stay_out(self):
        order = self._order(self.sme, [])
        order.order_line = [
            Command.create({"display_type": "line_section", "name": "Later"}),
            Command.create({"product_id": self.hour.id, "product_uom_qty": 1}),
            Command.create({"display_type": "line_section", "name": "Now"}),
            Command.create({"product_id": self.hour.id, "product_uom_qty": 2}),
        ]
        order.action_confirm()
        order.order_line[3].qty_delivered = 2
        self._run_queue()
        self.assertEqual(order.invoice_ids.invoice_line_ids.mapped("name")[0], "Now")
        self.assertEqual(len(order.invoice_ids.invoice_line_ids), 2)

    # Events of other systems

    def test_events_of_another_system_become_one_invoice_per_reference(self):
        events = self._report(
            {"key": "1", "description": "Invoerrechten", "price_unit": 250.0},
            {"key": "2", "description": "Afhandeling", "price_unit": 45.0},
            {"key": "3", "description": "Andere zending", "price_unit": 45.0},
        )
        events[:2].sudo().write({"reference": "PO 1"})
        self._run_queue()
        invoices = events.move_id.sorted("amount_untaxed")
        self.assertEqual(invoices.mapped("amount_untaxed"), [45.0, 295.0])
        self.assertEqual(invoices[1].ref, "PO 1")
        self.assertEqual(invoices.mapped("state"), ["posted", "posted"])

    def test_another_system_may_leave_the_price_to_the_agreement(self):
        self._agreement(
            {"product_id": self.hour.id, "fixed_price": 55.0}, partner_id=self.sme.id
        )
        event = self._report({"key": "1", "product_id": self.hour.id, "quantity": 2})
        self._run_queue()
        self.assertEqual(event.move_id.amount_untaxed, 110.0)
        self.assertTrue(event.invoice_line_id.o2c_price_trace)

    # Cost

    def test_a_hundred_orders_cost_little_more_than_core(self):
        def orders():
            found = self.env["sale.order"]
            for _number in range(20):
                found |= self._service()
            for line in found.order_line:
                line.qty_delivered = 5
            self.env.flush_all()
            return found

        def queries(action):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            action()
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        def core(found):
            found._create_invoices(grouped=True).action_post()

        core(orders())
        self._switch("off", "billing")
        base = orders()
        expected = queries(lambda: core(base))
        self._switch("live", "billing")
        ours = orders()
        events = self._events_of(ours)
        today = self.company._o2c_today()
        queue = self.company._o2c_job(events)
        used = queries(lambda: queue.browse(events.ids)._work(self.company, today))
        self.assertEqual(ours.invoice_ids.mapped("state"), ["posted"] * 20)
        self.assertLessEqual(used, expected + 20 + 40)

    def _events_of(self, orders):
        return self.env["o2c.billing.event"].search([("order_id", "in", orders.ids)])
