"""What is delivered is recorded once, from the start date on."""

from datetime import datetime

from odoo import fields
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestBillingEvents(BillingCommon):
    def test_hours_reported_as_delivered_become_an_event(self):
        order = self._service()
        self.assertFalse(self._events(order))
        order.order_line.qty_delivered = 3
        event = self._events(order)
        self.assertEqual((event.quantity, event.amount), (3, 180.0))
        self.assertEqual(event.user_id, order.user_id)

    def test_a_correction_before_invoicing_corrects_the_event(self):
        order = self._service()
        order.order_line.qty_delivered = 3
        order.order_line.qty_delivered = 5
        self.assertEqual(self._events(order).quantity, 5)
        order.order_line.qty_delivered = 0
        self.assertEqual(self._events(order).state, "skipped")

    def test_what_is_added_after_invoicing_is_invoiced_by_itself(self):
        order = self._service()
        order.order_line.qty_delivered = 3
        self._run_queue()
        order.order_line.qty_delivered = 5
        self.assertEqual(self._events(order).mapped("quantity"), [3, 2])
        self._run_queue()
        self.assertEqual(
            order.invoice_ids.sorted("id").mapped("amount_untaxed"), [180.0, 120.0]
        )

    def test_a_service_charged_when_ordered_is_invoiced_at_confirmation(self):
        yearly = self._article("Jaarabonnement", 600, type="service")
        yearly.invoice_policy = "order"
        order = self._order(self.sme, [(yearly, 1, None)])
        order.action_confirm()
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 600.0)
        order.order_line.qty_delivered = 1
        self._run_queue()
        self.assertEqual(len(order.invoice_ids), 1)

    def test_the_same_key_is_recorded_once(self):
        first = self._report({"key": "A1", "description": "Import 1", "price_unit": 75})
        again = self._report({"key": "A1", "description": "Import 1", "price_unit": 75})
        self.assertEqual((len(first), len(again)), (1, 0))

    def test_watching_records_and_invoices_nothing(self):
        self._switch("watch", "billing")
        order = self._service()
        order.order_line.qty_delivered = 3
        self.assertEqual(self._events(order).state, "waiting")
        self.assertFalse(self._run_queue())
        self.assertFalse(order.invoice_ids)

    def test_switched_off_nothing_is_recorded(self):
        self._switch("off", "billing")
        order = self._service()
        order.order_line.qty_delivered = 3
        self.assertFalse(self._events(order))

    def test_what_was_delivered_before_the_start_date_is_left_alone(self):
        self._switch("live", "billing", start_date="2026-03-02")
        # 23:30 on 1 March in Utrecht, and half an hour after midnight.
        early = self._report(
            {"key": "1", "delivered_at": datetime(2026, 3, 1, 22, 30)}, price_unit=1
        )
        late = self._report(
            {"key": "2", "delivered_at": datetime(2026, 3, 1, 23, 30)}, price_unit=1
        )
        self.assertFalse(early)
        self.assertEqual(late.date, fields.Date.to_date("2026-03-02"))
