"""What goes wrong around the queue waits with a reason, and goes on by itself."""

from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestBillingFaults(SourceCommon):
    def _delivered(self, day="2026-03-31"):
        with freeze_time(f"{day} 11:00:00"):
            order = self._service()
            order.order_line.qty_delivered = 5
        return order

    def test_a_locked_month_books_in_the_first_open_one(self):
        """The invoice keeps its date; the ledger takes it after the lock."""
        order = self._delivered()
        self.company.sale_lock_date = "2026-03-31"
        with freeze_time("2026-04-02 05:00:00"):
            self._run_queue(date(2026, 4, 2))
        invoice = order.invoice_ids
        self.assertEqual((invoice.state, invoice.date), ("posted", date(2026, 4, 2)))

    def test_a_period_that_is_closed_today_waits_with_the_reason(self):
        order = self._delivered()
        event = self._events(order)
        original = type(self.env["account.move"])._post
        reason = "The period is locked until 31 March 2026."

        def closed(moves, soft=True):
            raise UserError(reason)

        with freeze_time("2026-03-31 20:00:00"):
            with patch.object(type(self.env["account.move"]), "_post", closed):
                self._run_queue(date(2026, 3, 31))
            self.assertEqual((event.state, event.waits_because), ("drafted", reason))
            self.assertTrue(event.next_try)
        self.assertEqual(type(self.env["account.move"])._post, original)
        with freeze_time("2026-04-01 05:00:00"):
            self._run_queue(date(2026, 4, 1))
        self.assertEqual((event.state, event.reason), ("posted", False))
        self.assertEqual(len(order.invoice_ids), 1)

    @mute_logger("odoo.addons.o2c_billing.models.billing.o2c_billing_outcome")
    def test_after_six_failures_a_person_must_look(self):
        order = self._delivered()
        event = self._events(order)
        model = self.env.registry["sale.order"]
        with patch.object(model, "_prepare_invoice", side_effect=ValueError("boom")):
            for _attempt in range(7):
                event.sudo().next_try = fields.Datetime.now() - timedelta(seconds=1)
                self._run_queue()
        self.assertEqual((event.attempts, event.next_try), (7, False))
        self.assertFalse(self._run_queue())
        event.action_retry()
        self._run_queue()
        self.assertEqual(event.state, "posted")

    def test_the_night_of_the_clock_change_bills_each_hour_once(self):
        """25 October 2026 has 25 hours in Utrecht; 02:30 comes twice."""
        self.sme.o2c_billing_rhythm_id = self.env.ref(
            "o2c_billing.o2c_billing_rhythm_daily"
        )
        with freeze_time("2026-10-25 21:00:00"):
            self._send(
                self._row("1", date="2026-10-25T02:30:00+02:00"),
                self._row("2", date="2026-10-25T02:30:00+01:00"),
                self._row("3", date="2026-10-25T23:59:59"),
            )
        with freeze_time("2026-10-25 23:30:00"):
            # half past midnight in Utrecht: the day is over
            self._run_queue(self.company._o2c_today())
        events = self.env["o2c.billing.event"].search([("source", "=", "customs")])
        self.assertEqual(set(events.mapped("date")), {date(2026, 10, 25)})
        self.assertEqual(len(events.move_id), 1)
        self.assertEqual(
            (events.move_id.invoice_date, events.move_id.amount_untaxed),
            (date(2026, 10, 25), 135.0),
        )

    def test_the_cost_of_many_events_is_bounded(self):
        """Twenty clearances more cost no query more at intake, few at invoicing."""

        def queries(action):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            action()
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        def rows(first, count):
            return [
                self._row(f"{number}-{part}", charge=charge, dossier=f"F{number}")
                for number in range(first, first + count)
                for part, charge in enumerate(("DUTY", "FEE"))
            ]

        self._send(*rows(0, 2))
        few = queries(lambda: self._send(*rows(100, 5)))
        many = queries(lambda: self._send(*rows(200, 25)))
        self.assertLessEqual(many, few + 10)

    def test_thousand_lines_on_one_invoice(self):
        self.sme.o2c_billing_rhythm_id = self.env.ref(
            "o2c_billing.o2c_billing_rhythm_daily"
        )
        with freeze_time("2026-03-02 11:00:00"):
            self._send(*(self._row(str(number)) for number in range(1000)))
        with freeze_time("2026-03-03 05:00:00"):
            self._run_queue(date(2026, 3, 3))
        events = self.env["o2c.billing.event"].search([("source", "=", "customs")])
        self.assertEqual(len(events.move_id), 1)
        self.assertEqual(len(events.invoice_line_id), 1000)
        self.assertEqual(events.move_id.amount_untaxed, 45000.0)

    def test_zero_and_free_of_charge_lines_are_invoiced(self):
        self._send(self._row("1", amount=0), self._row("2", price=0.004, amount=None))
        self._run_queue()
        self.assertEqual(self._event("1").state, "posted")
        self.assertEqual(self._event("1").move_id.amount_untaxed, 0.0)
