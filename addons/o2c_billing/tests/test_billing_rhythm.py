"""When a customer is invoiced, and what stands together on an invoice."""

from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestBillingRhythm(SourceCommon):
    @classmethod
    def _rhythm(cls, **values):
        rhythm = cls.env["o2c.billing.rhythm"].create({"name": "Proef", **values})
        cls.sme.o2c_billing_rhythm_id = rhythm
        return rhythm

    def _delivered(self, day, hours=5, **values):
        """Hours worked at noon of a day."""
        with freeze_time(f"{day} 11:00:00"):
            order = self._service(hours, **values)
            order.order_line.filtered("product_id").qty_delivered = hours
        return order

    def _run_at(self, day):
        with freeze_time(f"{day} 04:00:00"):
            return self._run_queue(date.fromisoformat(day))

    def test_a_weekly_customer_gets_one_invoice_dated_on_the_closing_day(self):
        self._rhythm(kind="weekly", weekday="4", bundle="together")
        monday, friday = self._delivered("2026-03-02"), self._delivered("2026-03-06")
        later = self._delivered("2026-03-07")
        self.assertEqual(self._events(monday).planned_date, date(2026, 3, 6))
        self.assertEqual(self._events(later).planned_date, date(2026, 3, 13))
        with freeze_time("2026-03-05 10:00:00"):
            words = self._events(monday).waits_because
            self.assertIn("weekly invoice of Friday", words)
        self.assertFalse(self._run_at("2026-03-06"))
        self._run_at("2026-03-07")
        invoice = monday.invoice_ids
        self.assertEqual(invoice, friday.invoice_ids)
        self.assertEqual(
            (invoice.invoice_date, invoice.amount_untaxed), (date(2026, 3, 6), 600.0)
        )
        self.assertFalse(later.invoice_ids)

    def test_orders_and_other_events_come_on_the_same_invoice(self):
        self._rhythm(kind="monthly", bundle="together")
        order = self._delivered("2026-03-02")
        with freeze_time("2026-03-20 11:00:00"):
            self._send(self._row("1"), self._row("2", reference="PO 9"))
        self._run_at("2026-04-01")
        invoice = order.invoice_ids
        self.assertEqual((self._event("1") | self._event("2")).move_id, invoice)
        self.assertEqual(
            (invoice.invoice_date, invoice.amount_untaxed), (date(2026, 3, 31), 390.0)
        )
        line = self._event("2").invoice_line_id
        self.assertEqual((line.price_unit, line.move_id), (45.0, invoice))

    def test_per_reference(self):
        self._rhythm(kind="daily", bundle="reference")
        one = self._delivered("2026-03-02", client_order_ref="PO 1")
        two = self._delivered("2026-03-02", client_order_ref="PO 1")
        three = self._delivered("2026-03-02", client_order_ref="PO 2")
        with freeze_time("2026-03-02 11:00:00"):
            self._send(self._row("1", reference="PO 2"))
        self._run_at("2026-03-03")
        self.assertEqual(one.invoice_ids, two.invoice_ids)
        self.assertNotEqual(one.invoice_ids, three.invoice_ids)
        self.assertEqual(self._event("1").move_id, three.invoice_ids)
        self.assertEqual(three.invoice_ids.ref, "PO 2")

    def test_goods_and_services_apart(self):
        self._rhythm(bundle="together", split="kind")
        order = self._order(self.sme, [(self.hour, 2, 60.0), (self.wood, 3, 10.0)])
        order.action_confirm()
        for line in order.order_line:
            line.qty_delivered_method = "manual"
            line.qty_delivered = line.product_uom_qty
        self._send(self._row("1"))
        self._run_queue()
        invoices = order.invoice_ids.sorted("amount_untaxed")
        self.assertEqual(invoices.mapped("amount_untaxed"), [30.0, 165.0])
        self.assertEqual(self._event("1").move_id, invoices[1])

    def test_per_cost_centre(self):
        self._rhythm(bundle="together", split="cost_centre")
        self._send(
            self._row("1", cost_centre="100"),
            self._row("2", cost_centre="200"),
            self._row("3", cost_centre="100"),
        )
        self._run_queue()
        one, two, three = (self._event(key).move_id for key in "123")
        self.assertEqual(one, three)
        self.assertNotEqual(one, two)
        self.assertEqual(self._event("3").invoice_line_id.move_id, one)

    def test_a_small_amount_waits_for_more_but_not_beyond_its_day(self):
        self._rhythm(kind="daily", bundle="together", minimum=100.0, latest_days=10)
        with freeze_time("2026-03-02 11:00:00"):
            self._send(self._row("1"))
        event = self._event("1")
        self._run_at("2026-03-03")
        self.assertEqual(event.state, "waiting")
        self.assertIn("100.00", event.waits_because)
        with freeze_time("2026-03-04 11:00:00"):
            self._send(self._row("2", amount=60.0))
        self._run_at("2026-03-05")
        self.assertEqual(event.move_id.amount_untaxed, 105.0)
        with freeze_time("2026-03-06 11:00:00"):
            self._send(self._row("3"))
        self._run_at("2026-03-15")
        self.assertEqual(self._event("3").state, "waiting")
        self._run_at("2026-03-16")
        self.assertEqual(self._event("3").state, "posted")

    def test_a_locked_month_dates_the_invoice_on_today(self):
        self._rhythm(kind="monthly", bundle="together")
        order = self._delivered("2026-03-02")
        self.company.sale_lock_date = "2026-03-31"
        self._run_at("2026-04-02")
        self.assertEqual(order.invoice_ids.invoice_date, date(2026, 4, 2))

    def test_another_rhythm_plans_anew(self):
        rhythm = self._rhythm(kind="weekly")
        order = self._delivered("2026-03-02")
        event = self._events(order)
        self.sme.o2c_billing_rhythm_id = False
        self.assertEqual((event.planned_date, event.group_key), (False, f"o{order.id}"))
        self.sme.o2c_billing_rhythm_id = rhythm
        self.assertTrue(event.planned_date)
        rhythm.kind = "at_once"
        self.assertFalse(event.planned_date)

    def test_a_rhythm_is_per_company_and_follows_to_contacts(self):
        rhythm = self._rhythm(kind="weekly")
        other = self._create_company(name="Other")
        self.assertEqual(self.sme_contact.o2c_billing_rhythm_id, rhythm)
        self.assertFalse(self.sme.with_company(other).o2c_billing_rhythm_id)
        self.company.o2c_billing_rhythm_id = rhythm
        order = self._delivered("2026-03-02", partner=self.corporate)
        self.assertTrue(self._events(order).planned_date)

    def test_one_bad_line_of_a_shared_invoice_leaves_the_others(self):
        self._rhythm(bundle="together")
        self._send(*(self._row(str(number)) for number in range(5)))
        bad = self._event("3")
        model = self.env.registry["o2c.billing.event"]
        original = model._invoice_line_values
        closed = "The account was closed."

        def values(event, *args):
            if event.id == bad.id:
                raise UserError(closed)
            return original(event, *args)

        with patch.object(model, "_invoice_line_values", values):
            self._run_queue()
        good = self.env["o2c.billing.event"].search(
            [("source", "=", "customs"), ("id", "!=", bad.id)]
        )
        self.assertEqual(bad.state, "failed")
        self.assertEqual(bad.reason, closed)
        self.assertEqual(len(good.move_id), 1)
        self.assertEqual(good.move_id.amount_untaxed, 180.0)

    def test_invoice_by_is_the_fifteenth_of_the_next_month(self):
        order = self._delivered("2026-11-30")
        self.assertEqual(self._events(order).invoice_by, date(2026, 12, 15))

    def test_milestones_are_invoiced_as_they_are_confirmed(self):
        project = self._article("Mijlpaal", 1000.0, type="service")
        order = self._order(self.sme, [(project, 4, None)])
        order.action_confirm()
        for done in (1, 3):
            order.order_line.qty_delivered = done
            self._run_queue()
        self.assertEqual(
            order.invoice_ids.sorted("id").mapped("amount_untaxed"), [1000.0, 2000.0]
        )

    def test_midnight_belongs_to_the_day_in_utrecht(self):
        self._rhythm(kind="daily", bundle="together")
        event = self._report(
            {
                "key": "1",
                "price_unit": 1.0,
                "delivered_at": datetime(2026, 3, 1, 23, 30),
            }
        )
        self.assertEqual(event.date, fields.Date.to_date("2026-03-02"))
