"""What was delivered before; the first batch; what goes back."""

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestBillingBacklog(BillingCommon):
    def _backlog(self, order):
        self.env.flush_all()
        return self.env["o2c.billing.backlog"].search([("order_id", "=", order.id)])

    def _old_delivery(self, hours=4):
        self._switch("off", "billing")
        order = self._service(10)
        order.order_line.qty_delivered = hours
        self._switch("live", "billing", start_date="2026-03-02")
        return order

    def test_the_backlog_is_shown_and_taken_along_once(self):
        order = self._old_delivery()
        row = self._backlog(order)
        self.assertEqual((row.quantity, row.amount), (4, 240.0))
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            row.with_user(user).action_take_along()
        approver = self._user("approver", "o2c_base.group_billing_approver")
        row.with_user(approver).action_take_along()
        self.assertFalse(self._backlog(order))
        event = self._events(order)
        self.assertEqual(
            (event.source, event.early, event.quantity), ("backlog", True, 4)
        )
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 240.0)
        self.assertFalse(self._backlog(order))

    def test_what_the_queue_has_is_no_backlog(self):
        order = self._old_delivery()
        order.order_line.qty_delivered = 7
        self.assertEqual(self._backlog(order).quantity, 4)

    def test_what_was_reported_while_watching_is_backlog_of_the_later_start(self):
        """Neither invoiced by itself nor forgotten."""
        self._switch("watch", "billing")
        order = self._service(10)
        order.order_line.qty_delivered = 4
        watched = self._events(order)
        tomorrow = fields.Date.add(self.company._o2c_today(), days=1)
        self.assertFalse(self._backlog(order), "the queue has it, as long as it runs")
        self._switch("live", "billing", start_date=tomorrow)
        row = self._backlog(order)
        self.assertEqual(row.quantity, 4)
        row.action_take_along()
        self.assertEqual(watched.state, "skipped")
        self.assertFalse(self._backlog(order))
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 240.0)

    def test_what_was_credited_is_marked_and_never_taken_by_itself(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        order.invoice_ids._reverse_moves(cancel=True)
        row = self._backlog(order)
        self.assertEqual((row.quantity, row.credited), (5, True))
        self.assertFalse(self._run_queue())

    # The first batch

    def test_going_on_by_itself_needs_somebody_who_saw_the_first_batch(self):
        self.company.sudo().o2c_billing_automatic = False
        approver = self._user(
            "approver", "o2c_base.group_billing_approver,base.group_system"
        )
        company = self.company.with_user(approver)
        with self.assertRaises(UserError):
            company.o2c_billing_automatic = True
        batches = self.env["o2c.first.batch"].with_user(approver).with_company(company)
        with self.assertRaises(UserError):
            batches.create({"seen": True}).action_approve()
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        self.assertEqual(order.invoice_ids.o2c_check_state, "to_check")
        order.invoice_ids.with_user(approver).action_o2c_approve()
        batch = batches.create({})
        with self.assertRaises(UserError):
            batch.action_approve()
        batch.seen = True
        batch.note = "Looked at price and VAT"
        batch.action_approve()
        self.assertTrue(self.company.o2c_billing_automatic)
        self.assertEqual(
            (batch.user_id, batch.move_ids, batch.amount),
            (approver, order.invoice_ids, 300.0),
        )
        with self.assertRaises(UserError):
            batch.note = "changed"
        with self.assertRaises(UserError):
            batch.sudo().unlink()
        company.o2c_billing_automatic = False
        company.o2c_billing_automatic = True

    def test_a_billing_user_does_not_approve_the_first_batch(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.env["o2c.first.batch"].with_user(user).create({"seen": True})

    # Returns

    def test_what_comes_back_is_taken_off_the_next_invoice(self):
        order = self._order(self.sme, [(self.hour, 5, 60.0), (self.hour, 9, 50.0)])
        order.action_confirm()
        first, second = order.order_line
        first.qty_delivered = 5
        self._run_queue()
        first.qty_delivered = 3
        second.qty_delivered = 4
        self._run_queue()
        later = order.invoice_ids.sorted("id")[-1]
        self.assertEqual((later.move_type, later.amount_untaxed), ("out_invoice", 80.0))
        self.assertEqual(sorted(later.invoice_line_ids.mapped("quantity")), [-2, 4])

    def test_more_comes_back_than_goes_out_becomes_a_credit_note_to_approve(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        invoice = order.invoice_ids
        order.order_line.qty_delivered = 3
        self._run_queue()
        credit = order.invoice_ids - invoice
        self.assertEqual(
            (credit.move_type, credit.amount_untaxed, credit.reversed_entry_id),
            ("out_refund", 120.0, invoice),
        )
        self.assertEqual(credit.o2c_check_state, "to_check")
        self._run_queue()
        self.assertEqual(len(order.invoice_ids), 2)
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_what_comes_back_after_it_was_credited_by_hand_is_settled(self):
        order = self._service()
        order.order_line.qty_delivered = 5
        self._run_queue()
        order.invoice_ids._reverse_moves(cancel=True)
        order.order_line.qty_delivered = 0
        self._run_queue()
        self.assertEqual(len(order.invoice_ids), 2)
        self.assertEqual(self._events(order).sorted("id")[-1].state, "skipped")

    def test_a_negative_event_is_taken_off_or_credited(self):
        events = self._report(
            {"key": "1", "description": "Trip", "price_unit": 100.0},
            {"key": "2", "description": "Refund", "price_unit": 30.0, "quantity": -1},
        )
        self._run_queue()
        self.assertEqual(events.move_id.amount_untaxed, 70.0)
        alone = self._report(
            {"key": "3", "description": "Refund", "price_unit": 30.0, "quantity": -1}
        )
        self._run_queue()
        credit = alone.move_id
        self.assertEqual((credit.move_type, credit.amount_untaxed), ("out_refund", 30))
        self.assertEqual(credit.o2c_check_state, "to_check")

    def test_charges_that_ride_along_go_with_the_first_invoice(self):
        """Delivery charges are never invoiced alone, nor twice."""
        order = self._service()
        freight = self._article("Vracht", 25.0, type="service", invoice_policy="order")
        order.order_line = [
            Command.create({"product_id": freight.id, "product_uom_qty": 1})
        ]
        charge = order.order_line.filtered(lambda line: line.product_id == freight)
        model = self.env.registry["sale.order.line"]
        original = model._can_be_invoiced_alone

        def alone(line):
            return line.id != charge.id and original(line)

        self.patch(model, "_can_be_invoiced_alone", alone)
        self.env["o2c.billing.event"].sudo().search(
            [("order_line_id", "=", charge.id)]
        ).state = "skipped"
        for hours in (2, 5):
            order.order_line[0].qty_delivered = hours
            self._run_queue()
        self.assertEqual(
            order.invoice_ids.sorted("id").mapped("amount_untaxed"), [145.0, 180.0]
        )
