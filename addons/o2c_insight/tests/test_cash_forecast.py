"""Which day money is expected, and what is not expected at all."""

from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged

from ..policy import paying_habit
from .forecast_common import TODAY, ForecastCommon


@tagged("post_install", "-at_install")
class TestCashForecast(ForecastCommon):
    def test_an_invoice_comes_when_the_customer_usually_pays(self):
        invoice = self._bill(self.sme, 500, "2026-03-16")
        forecast = self._take()
        item = self._of(forecast, invoice)
        self.assertEqual((item.kind, item.basis, item.counted), ("invoice", "own", 500))
        self.assertEqual((item.habit_days, item.habit_count), (10, 6))
        # Thursday 26 March, in the fourth week
        self.assertEqual(str(item.likely_on), "2026-03-26")
        self.assertEqual(self._shares(item), {3: 1})
        self.assertIn("He pays 10.0 days after the due date", item.why)
        week = forecast.week_ids[3]
        self.assertEqual((str(week.week), week.expected), ("2026-03-23", 500))
        self.assertEqual((week.low, week.high), (500, 500), "nothing is uncertain")
        # by due dates it comes in the third week
        self.assertEqual(forecast.week_ids.mapped("on_due")[:4], [0, 0, 500, 0])
        self.assertEqual((forecast.expected_4, forecast.later), (500, 0))

    def test_the_weekday_on_which_he_pays_counts(self):
        for number in range(8):
            due = date(2025, 10, 6) + timedelta(days=7 * number)
            self._pay(self._bill(self.corporate, 100, due), date=due)
        invoice = self._bill(self.corporate, 300, "2026-03-11")  # a Wednesday
        item = self._of(self._take(), invoice)
        self.assertEqual((item.habit_weekday, item.habit_count), (0, 8))
        # the nearest Monday; the company's other payments come ten days later
        self.assertEqual(str(item.likely_on), "2026-03-09")
        self.assertIn("came on a Monday", item.why)

    def test_few_payments_follow_the_others(self):
        due = date(2025, 11, 3)
        self._pay(self._bill(self.corporate, 100, due), date=due)
        invoice = self._bill(self.corporate, 300, "2026-03-09")
        item = self._of(self._take(), invoice)
        self.assertEqual((item.basis, item.group_code), ("company", "company"))
        self.assertEqual((item.habit_count, item.group_count), (1, 7))
        self.assertEqual(str(item.likely_on), "2026-03-19")
        self.assertIn("All customers together count for 100 %", item.why)

    def test_a_segment_with_enough_payments_speaks_for_its_own(self):
        for number in range(20):
            due = date(2025, 9, 1) + timedelta(days=3 * number)
            self._pay(self._bill(self.public_body, 10, due), date=due)
        other = self._customer("Gemeente Tweede", "public")
        invoice = self._bill(other, 300, "2026-03-10")
        item = self._of(self._take(), invoice)
        self.assertEqual((item.basis, item.group_count), ("segment", 20))
        self.assertEqual(str(item.likely_on), "2026-03-10")
        self.assertIn("His segment counts for 100 %", item.why)

    def test_who_has_no_segment_is_like_all_customers(self):
        self.patch(paying_habit, "GROUP_LEAST", 1)
        self.corporate.o2c_segment_id = False
        due = date(2025, 11, 3)
        self._pay(self._bill(self.corporate, 100, due), date=due)
        invoice = self._bill(self.corporate, 300, "2026-03-09")
        item = self._of(self._take(), invoice)
        self.assertEqual((item.basis, item.group_count), ("company", 7))

    def test_later_than_anybody_was_seen_to_pay(self):
        old = self._bill(self.sme, 700, "2025-12-01")
        forecast = self._take()
        item = self._of(forecast, old)
        self.assertEqual((item.likely_on, self._shares(item)), (False, {13: 1}))
        self.assertEqual((forecast.expected_13, forecast.later), (0, 700))
        self.assertIn("waits longer than these customers", item.why)

    def test_what_is_open_now_makes_the_habit_worse(self):
        invoice = self._bill(self.sme, 500, "2026-03-16")
        self.assertEqual(self._shares(self._of(self._take(), invoice)), {3: 1})
        self._bill(self.sme, 6000, "2025-11-01")  # as much as all he ever paid
        self.assertEqual(
            self._shares(self._of(self._take(), invoice)), {3: 0.5, 13: 0.5}
        )

    def test_a_dispute_stands_apart(self):
        invoice = self._bill(self.sme, 500, "2026-03-16")
        whole = self._bill(self.sme, 80, "2026-03-16")
        self.env["o2c.dispute"].create(
            [
                {
                    "move_id": move.id,
                    "scope": "amount",
                    "amount": amount,
                    "raised_on": "2026-02-25",
                }
                for move, amount in ((invoice, 120), (whole, 80))
            ]
        )
        forecast = self._take()
        item = self._of(forecast, invoice)
        self.assertEqual((item.disputed, item.counted), (120, 380))
        self.assertEqual(self._of(forecast, whole).basis, "disputed")
        self.assertEqual((forecast.disputed, forecast.expected_13), (200, 380))
        shown = self._opened(forecast.action_open_disputed())
        self.assertEqual(sum(shown.mapped("disputed")), 200)

    def test_what_the_agency_has_stands_apart(self):
        invoice = self._bill(self.corporate, 900, "2026-01-16")
        case = self._case(self.corporate)
        self.env["o2c.collection.file"].sudo().create(
            {
                "case_id": case.id,
                "state": "handed_over",
                "handed_over_on": "2026-02-20",
                "item_ids": [Command.create({"move_id": invoice.id, "principal": 900})],
            }
        )
        before, after = self._take(date(2026, 2, 19)), self._take()
        self.assertEqual(self._of(before, invoice).basis, "company")
        item = self._of(after, invoice)
        self.assertEqual((item.basis, item.counted), ("away", 0))
        self.assertEqual((after.away, after.counted), (900, 0))
        self.assertEqual(self._opened(after.action_open_away()), item)

    def test_credit_is_taken_off_the_oldest_invoice(self):
        first = self._bill(self.sme, 300, "2026-03-09")
        second = self._bill(self.sme, 500, "2026-03-16")
        credit = self._bill(self.sme, 400, "2026-03-20", move_type="out_refund")
        forecast = self._take()
        items = [self._of(forecast, move) for move in (first, second, credit)]
        self.assertEqual([item.counted for item in items], [0, 400, 0])
        self.assertEqual([item.set_off for item in items], [300, 100, -400])
        self.assertEqual([item.basis for item in items], ["covered", "own", "credit"])
        self.assertEqual((forecast.open_amount, forecast.set_off), (400, 400))

    def test_a_promise_is_a_day(self):
        invoice = self._bill(self.sme, 500, "2026-02-16")
        self._promise(invoice, 500, "2026-03-13")
        forecast = self._take()
        item = self._of(forecast, invoice)
        self.assertEqual(
            (item.basis, str(item.agreed_on), str(item.likely_on)),
            ("promise", "2026-03-13", "2026-03-13"),
        )
        # nothing is known of promises yet: four in five are kept; whoever breaks it
        # is later than anybody was
        self.assertEqual(self._shares(item), {1: 0.8, 13: 0.2})
        self.assertEqual(forecast.week_ids[1].agreed, 400)
        self.assertIn("80 % of such days are kept", item.why)

    def test_part_of_an_invoice_was_promised(self):
        invoice = self._bill(self.sme, 500, "2026-03-16")
        self._promise(invoice, 200, "2026-03-06")
        item = self._of(self._take(), invoice)
        # 200 of 500 on the day, with four fifths; the rest ten days after due
        self.assertEqual(self._shares(item), {0: 0.32, 3: 0.68})

    def test_instalments_are_days(self):
        invoice = self._bill(self.corporate, 900, "2026-01-16")
        self._plan(
            invoice,
            [("2026-02-25", 300), ("2026-03-25", 300), ("2026-04-24", 300)],
        )
        self._pay(invoice, 300, "2026-02-25")
        item = self._of(self._take(), invoice)
        self.assertEqual((item.basis, item.amount), ("plan", 600))
        self.assertEqual(str(item.agreed_on), "2026-03-25")
        self.assertEqual(self._shares(item), {3: 0.4, 7: 0.4, 13: 0.2})

    def test_other_currencies_count_in_that_of_the_company(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": dollar.id,
                "rate": 2,
                "company_id": self.company.id,
            }
        )
        invoice = self._bill(self.sme, 500, "2026-03-16", currency_id=dollar.id)
        item = self._of(self._take(), invoice)
        self.assertEqual((item.amount, item.counted), (250, 250))
        self.assertEqual(item.document_currency_id, dollar)

    def test_what_is_delivered_and_not_invoiced(self):
        values = {
            "company_id": self.company.id,
            "source": "test",
            "key": "1",
            "partner_id": self.sme.id,
            "amount": 1000,
            "delivered_at": "2026-02-27 10:00:00",
            "date": "2026-02-27",
        }
        event = self.env["o2c.billing.event"].sudo().create(values)
        self.assertFalse(self._take().to_invoice, "somebody invoices by hand")
        self._switch("live", "billing")
        forecast = self._take()
        item = forecast.item_ids.filtered("event_id")
        self.assertEqual((item.event_id, item.kind), (event, "billable"))
        # his invoices are without VAT and due after thirty days, paid ten later
        self.assertEqual(
            (str(item.invoice_on), str(item.due), item.amount),
            ("2026-03-02", "2026-04-01", 1000),
        )
        self.assertEqual(str(item.likely_on), "2026-04-10", "not on a Saturday")
        self.assertEqual((forecast.to_invoice, forecast.open_amount), (1000, 0))
        self.assertEqual(sum(forecast.week_ids.mapped("to_invoice")), 1000)
        self.assertIn("To be invoiced on 03/02/2026", item.why)
        event.state = "skipped"
        self.assertFalse(self._take().to_invoice)

    def test_what_contracts_will_bill(self):
        self._switch("live", "billing")
        product = self.env["product.product"].create(
            {"name": "Service", "type": "service", "taxes_id": [Command.clear()]}
        )
        self.env.user.group_ids += self.env.ref("o2c_base.group_billing_approver")
        contract = self.env["o2c.contract"].create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "date_start": "2026-01-01",
                "billed_until": "2026-03-01",
                "line_ids": [
                    Command.create({"product_id": product.id, "price_unit": 200})
                ],
            }
        )
        contract.action_start()
        items = self._take().item_ids.filtered("contract_line_id")
        self.assertEqual(items.contract_line_id, contract.line_ids)
        # billed on 1 April, 1 May, 1 June; due thirty days later
        self.assertEqual(
            items.sorted("due").mapped(lambda one: (str(one.invoice_on), one.amount)),
            [("2026-04-01", 200), ("2026-05-01", 200), ("2026-06-01", 200)],
        )
        self.assertEqual(items.mapped("kind"), ["contract"] * 3)

    def test_weeks_are_the_sums_of_their_amounts(self):
        for number in range(12):
            self._bill(self.sme, 101 + number, TODAY + timedelta(days=5 * number))
            self._bill(self.corporate, 33, TODAY - timedelta(days=number))
        self._promise(self._bill(self.corporate, 70, "2026-02-28"), 50, "2026-03-20")
        for number in range(6):
            due = date(2025, 12, 3) + timedelta(days=number)
            paid = due + timedelta(days=7 * number)
            self._pay(self._bill(self.corporate, 50 * (number + 1), due), date=paid)
        forecast = self._take()
        rows = self.env["o2c.forecast.report"].search(
            [("forecast_id", "=", forecast.id)]
        )
        for week in forecast.week_ids:
            shares = self._opened(week.action_open_shares())
            self.assertAlmostEqual(sum(shares.mapped("expected")), week.expected, 2)
            self.assertEqual(set(shares.mapped("week")) - {week.week}, set())
            self.assertLessEqual(week.low, week.expected)
            self.assertLessEqual(week.expected, week.high)
        later = self._opened(forecast.action_open_later())
        self.assertAlmostEqual(sum(later.mapped("expected")), forecast.later, 2)
        self.assertAlmostEqual(sum(rows.mapped("expected")), forecast.counted, 2)
        self.assertAlmostEqual(
            sum(forecast.week_ids.mapped("expected")) + forecast.later,
            forecast.counted,
            delta=0.07,  # thirteen weeks, each rounded to a cent
        )
        self.assertGreater(forecast.high_13, forecast.expected_13)

    def test_a_row_opens_its_document(self):
        invoice = self._bill(self.sme, 500, "2026-03-16")
        forecast = self._take()
        item = self._of(forecast, invoice)
        [row] = self.env["o2c.forecast.report"].search(
            [("forecast_id", "=", forecast.id)]
        )
        for record in (item, row):
            action = record.action_open_document()
            self.assertEqual(
                (action["res_model"], action["res_id"]), ("account.move", invoice.id)
            )
        self.assertEqual((row.chance, row.expected, row.why), (100, 500, item.why))

    def test_a_book_without_anything(self):
        empty = self.setup_other_company()["company"]
        forecast = self.forecasts._take(empty, TODAY)
        self.assertEqual((forecast.counted, forecast.item_count), (0, 0))
        self.assertEqual(len(forecast.week_ids), 13)
        self.assertFalse(forecast.weeks_tried)

    def test_a_customer_who_never_paid_where_nobody_did(self):
        other = self.setup_other_company()["company"]
        invoice = (
            self.env["account.move"]
            .with_company(other)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.corporate.id,
                    "invoice_date": "2026-02-16",
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "X",
                                "price_unit": 100,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
        )
        invoice.action_post()
        forecast = self.forecasts._take(other, TODAY)
        self.assertEqual((forecast.counted, forecast.later), (100, 100))
        self.assertIn("no payments of others", forecast.item_ids.why)

    def _opened(self, action):
        """The records that an action shows."""
        return self.env[action["res_model"]].search(action["domain"])
