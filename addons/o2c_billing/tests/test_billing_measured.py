"""Quantities that Odoo sums up itself: what is new becomes an event, once."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import BillingCommon

TODAY = date(2026, 3, 10)


@tagged("post_install", "-at_install")
class TestBillingMeasured(BillingCommon):
    """Costs that are charged on: plain sales sums them from analytic lines. Timesheets
    and milestones go the same way; ``tests/process/test_milestones.py`` has them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.costs = cls._article("Huur hoogwerker", 50.0, expense_policy="cost")
        plan = cls.env["account.analytic.plan"].create({"name": "Proefwerk"})
        cls.work = cls.env["account.analytic.account"].create(
            {"name": "Proefproject", "plan_id": plan.id, "company_id": cls.company.id}
        )

    def _rented(self, **values):
        order = self._order(self.sme, [(self.costs, 0, 50.0)], **values)
        order.order_line.is_expense = True
        order.action_confirm()
        return order

    def _use(self, order, days):
        return self.env["account.analytic.line"].create(
            {
                "name": "Hoogwerker",
                "so_line": order.order_line.id,
                "account_id": self.work.id,
                "product_id": self.costs.id,
                "product_uom_id": self.costs.uom_id.id,
                "unit_amount": days,
                "amount": -40.0 * days,
                "company_id": self.company.id,
            }
        )

    def _measure(self, today=None):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["o2c.measured.delivery"]._measure(
                env["res.company"].browse(self.company.id),
                today or self.company._o2c_today(),
            )
            run_id = run.id
        self.env.invalidate_all()
        return self.env["o2c.run"].browse(run_id)

    def _told(self, order):
        return [(e.source, e.quantity, e.state) for e in self._events(order)]

    def test_what_was_used_is_told_once_and_invoiced(self):
        order = self._rented()
        self._use(order, 3)
        self.assertFalse(self._events(order))
        self._measure()
        self._measure()
        self.assertEqual(self._told(order), [("measured", 3, "waiting")])
        self.assertEqual(self._events(order).amount, 150.0)
        self._run_queue()
        self.assertEqual(order.invoice_ids.amount_untaxed, 150.0)
        self.assertFalse(self._measure(), "nothing new is no run")

    def test_more_the_next_night_corrects_what_waits_and_follows_what_left(self):
        order = self._rented()
        self._use(order, 3)
        self._measure()
        self._use(order, 2)
        self._measure()
        self.assertEqual(self._told(order), [("measured", 5, "waiting")])
        self._run_queue()
        self._use(order, 1)
        self._measure()
        self.assertEqual(self._events(order).mapped("quantity"), [5, 1])
        self._run_queue()
        self.assertEqual(sum(order.invoice_ids.mapped("amount_untaxed")), 300.0)

    def test_what_is_taken_off_again_is_credited_after_a_person_looked(self):
        order = self._rented()
        used = self._use(order, 3)
        self._measure()
        self._run_queue()
        used.unit_amount = 1
        self._measure()
        self._run_queue()
        refund = order.invoice_ids.filtered(lambda m: m.move_type == "out_refund")
        self.assertEqual(refund.amount_untaxed, 100.0)
        self.assertEqual((refund.state, refund.o2c_check_state), ("draft", "to_check"))

    def test_an_order_that_was_credited_is_not_invoiced_again(self):
        order = self._rented()
        self._use(order, 3)
        self._measure()
        self._run_queue()
        order.invoice_ids._reverse_moves(cancel=True)
        self.assertEqual(order.order_line.qty_to_invoice, 3)
        self.assertFalse(self._measure())
        self._use(order, 1)
        self._measure()
        self.assertEqual(self._events(order).mapped("quantity"), [3, 1])

    def test_what_was_invoiced_by_hand_is_not_invoiced_twice(self):
        order = self._rented()
        self._use(order, 3)
        order._create_invoices().action_post()
        self._measure()
        self._run_queue()
        self.assertEqual(self._told(order), [("measured", 3, "skipped")])
        self.assertEqual(len(order.invoice_ids), 1)

    def test_what_lay_there_before_the_start_date_is_backlog(self):
        self._switch("off", "billing")
        order = self._rented(date_order="2026-01-05")
        self._use(order, 4)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = '2026-01-05' WHERE order_id = %s;"
            "UPDATE sale_order SET date_order = '2026-01-05' WHERE id = %s",
            [order.id, order.id],
        )
        self.env.invalidate_all()
        self._switch("live", "billing", start_date="2026-03-02")
        with patch.object(
            type(self.company), "_o2c_today", self._clock(TODAY), create=False
        ):
            self._measure(TODAY)
            self.assertFalse(self._events(order))
            row = self.env["o2c.billing.backlog"].search([("order_id", "=", order.id)])
            self.assertEqual(row.quantity, 4)
            own = self.env["o2c.measured.delivery"].search(
                [("order_line_id", "=", order.order_line.id)]
            )
            self.assertEqual((own.baseline, own.since), (4, date(2026, 3, 2)))
            self._use(order, 2)
            self._measure(TODAY + timedelta(days=1))
            self.assertEqual(self._told(order), [("measured", 2, "waiting")])
            row.action_take_along()
            self._measure(TODAY + timedelta(days=1))
        self.assertEqual(
            sorted(self._events(order).mapped("quantity")), [2, 4], "each once"
        )

    def _clock(self, day):
        clock = type(self.company)._o2c_today
        return lambda company, now=None: clock(company, now) if now else day

    def test_before_the_start_date_nothing_is_looked_at(self):
        order = self._rented()
        self._use(order, 3)
        later = self.company._o2c_today() + timedelta(days=5)
        self._switch("live", "billing", start_date=later)
        self.assertFalse(self._measure())
        self.assertFalse(self.env["o2c.measured.delivery"].search([]))

    def test_off_does_nothing_and_watch_only_lists(self):
        self._switch("off", "billing")
        order = self._rented()
        self._use(order, 3)
        self._measure()
        self.assertFalse(self._events(order))
        self._switch("watch", "billing")
        self._measure()
        self._run_queue()
        self.assertEqual(self._told(order), [("measured", 3, "waiting")])
        self.assertFalse(order.invoice_ids)

    def test_one_line_that_fails_does_not_stop_the_others(self):
        bad, good = self._rented(), self._rented()
        self._use(bad, 1)
        self._use(good, 2)
        line = type(self.env["sale.order.line"])
        told = line._o2c_event_values
        wrong = bad.order_line.id

        def fails(this, *args):
            if this.id == wrong:
                raise ValueError("Deze regel wil niet")
            return told(this, *args)

        with patch.object(line, "_o2c_event_values", fails):
            run = self._measure()
        self.assertEqual((run.done_count, run.failed_count), (1, 1))
        self.assertIn("Deze regel wil niet", run.note_ids.text)
        self.assertEqual(self._told(good), [("measured", 2, "waiting")])
        self._measure()
        self.assertEqual(self._told(bad), [("measured", 1, "waiting")])

    def test_lines_that_are_reported_otherwise_are_left_alone(self):
        hours = self._service(5)
        hours.order_line.qty_delivered = 2
        ordered = self._article("Vaste prijs", 9.0, invoice_policy="order")
        fixed = self._order(self.sme, [(ordered, 1, 9.0)])
        fixed.order_line.is_expense = True
        fixed.action_confirm()
        self._measure()
        self.assertEqual(self._told(hours), [("service", 2, "waiting")])
        self.assertFalse(self._events(fixed))

    def test_a_thousand_lines_cost_few_statements(self):
        few = self._cost(4)
        many = self._cost(40)
        self.assertLess(many, few * 3, f"{few} statements for 4, {many} for 40")

    def _cost(self, count):
        lines = [Command.create({"product_id": self.costs.id, "is_expense": True})]
        order = self.env["sale.order"].create(
            {"partner_id": self.sme.id, "order_line": lines * count}
        )
        order.action_confirm()
        for line in order.order_line:
            self.env["account.analytic.line"].create(
                {
                    "name": "Hoogwerker",
                    "so_line": line.id,
                    "account_id": self.work.id,
                    "product_uom_id": self.costs.uom_id.id,
                    "unit_amount": 1,
                    "amount": -40.0,
                }
            )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        look = self.env["o2c.measured.delivery"].sudo()
        look._tell(order.order_line.ids, self.company, date(2020, 1, 1))
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
