"""Every period is billed once: in time, after missed nights, when a night breaks."""

from contextlib import suppress
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.o2c_billing.models.contract import o2c_contract_night as night

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractBilling(ContractCommon):
    def test_a_month_in_advance_becomes_one_event_with_its_days(self):
        contract = self._contract({"quantity": 5})
        run = self._night("2026-01-01")
        event = self._contract_events(contract)
        self.assertEqual(
            (event.source, event.key),
            ("contract", f"{contract.line_ids.id}/2026-01-01"),
        )
        self.assertEqual((event.amount, str(event.date)), (310.0, "2026-01-01"))
        self.assertEqual(
            (run.state, run.done_count, run.kind), ("done", 1, "contracts")
        )
        self.assertEqual(str(contract.line_ids.next_due), "2026-02-01")

    def test_nothing_is_billed_the_day_before(self):
        contract = self._contract({"timing": "arrears"})
        self.assertTrue(self._night("2026-01-31"))
        self.assertFalse(contract.period_ids)
        self._night("2026-02-01")
        self.assertEqual(
            self._rows(contract), [("2026-01-01", "2026-01-31", 1.0, 62.0)]
        )

    def test_a_second_night_bills_nothing_twice(self):
        contract = self._contract()
        self._night("2026-01-01")
        contract.line_ids._look_again(contract.date_start)
        self._night("2026-01-01")
        self.assertEqual(len(contract.period_ids), 1)
        self.assertEqual(len(self._contract_events(contract)), 1)

    def test_three_months_of_missed_nights_are_made_up_for(self):
        contract = self._contract()
        self._night("2026-01-01")
        self._night("2026-04-02")
        self.assertEqual(
            [row[0] for row in self._rows(contract)],
            ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"],
        )
        dates = [str(event.date) for event in self._contract_events(contract)]
        self.assertEqual(
            dates, ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]
        )

    def test_month_end_and_leap_days(self):
        contract = self._contract(
            {"alignment": "start"},
            {"alignment": "start", "period_unit": "year", "date_start": "2024-02-29"},
            date_start="2024-01-31",
        )
        self._night("2026-03-01")
        month, year = contract.line_ids
        begins = [f"{p.date_from:%m-%d}" for p in month.period_ids.sorted("date_from")]
        self.assertEqual(begins[:4], ["01-31", "02-29", "03-31", "04-30"])
        self.assertEqual(begins[12:15], ["01-31", "02-28", "03-31"])
        spans = [(str(p.date_from), str(p.date_to)) for p in year.period_ids]
        self.assertEqual(
            spans,
            [
                ("2026-02-28", "2027-02-27"),
                ("2025-02-28", "2026-02-27"),
                ("2024-02-29", "2025-02-27"),
            ],
        )

    def test_first_and_last_calendar_period_are_charged_by_day(self):
        contract = self._contract(
            {"date_start": "2026-01-21", "date_end": "2026-03-10"}
        )
        self._night("2026-05-01")
        self.assertEqual(
            self._rows(contract),
            [
                ("2026-01-21", "2026-01-31", 1.0, 22.0),
                ("2026-02-01", "2026-02-28", 1.0, 62.0),
                ("2026-03-01", "2026-03-10", 1.0, 20.0),
            ],
        )
        self.assertFalse(contract.line_ids.next_due)

    def test_every_two_quarters_days_ahead_and_price_per_month(self):
        contract = self._contract(
            {
                "period_unit": "quarter",
                "period_count": 2,
                "price_basis": "month",
                "lead_days": 14,
            }
        )
        self._night("2026-06-16")
        self.assertEqual(len(contract.period_ids), 1)
        self._night("2026-06-17")
        self.assertEqual(
            self._rows(contract),
            [
                ("2026-01-01", "2026-06-30", 1.0, 372.0),
                ("2026-07-01", "2026-12-31", 1.0, 372.0),
            ],
        )

    def test_free_period_then_discount_then_full_price(self):
        contract = self._contract(
            {"intro_months": 1, "intro_discount": 100},
            {"intro_months": 2, "intro_discount": 50},
        )
        self._night("2026-03-01")
        free, half = contract.line_ids
        self.assertEqual(
            [row.amount for row in free.period_ids.sorted("date_from")], [0, 62, 62]
        )
        self.assertEqual(
            [row.amount for row in half.period_ids.sorted("date_from")], [31, 31, 62]
        )
        first = free.period_ids.sorted("date_from")[0]
        self.assertFalse(first.event_ids, "what costs nothing is no event")
        self.assertFalse(first.state)

    def test_a_fee_is_charged_once(self):
        contract = self._contract(
            {},
            {"kind": "once", "product_id": self.setup_fee.id, "price_unit": 250.0},
        )
        self._night("2026-03-01")
        fee = contract.line_ids[1]
        self.assertEqual(fee.period_ids.amount, 250.0)
        self.assertFalse(fee.next_due)
        self._night("2026-06-01")
        self.assertEqual(len(fee.period_ids), 1)

    def test_zero_and_negative_lines(self):
        contract = self._contract(
            {"quantity": 0}, {"price_unit": 0}, {"quantity": -1}, {}, {}
        )
        contract.line_ids[1].sudo().price_unit = 0
        self._night("2026-01-01")
        amounts = [sum(line.period_ids.mapped("amount")) for line in contract.line_ids]
        self.assertEqual(amounts, [0, 0, -62, 62, 62])
        self.assertFalse(contract.line_ids[0].period_ids)
        self._run_queue(fields.Date.to_date("2026-01-01"))
        self.assertEqual(self._contract_events(contract).move_id.amount_untaxed, 62)

    def test_what_another_system_billed_is_left_alone(self):
        contract = self._contract(
            date_start="2024-01-01", billed_until="2025-12-31", start=False
        )
        self.assertEqual(contract.next_date, fields.Date.to_date("2026-01-01"))
        contract.action_start()
        self._night("2026-02-01")
        self.assertEqual(
            [row[0] for row in self._rows(contract)], ["2026-01-01", "2026-02-01"]
        )

    def test_a_draft_says_how_many_periods_lie_in_the_past(self):
        today = self.company._o2c_today()
        start = fields.Date.subtract(today.replace(day=1), months=6)
        contract = self._contract(date_start=start, start=False)
        self.assertEqual(contract.past_due, 7 if today.day > 1 else 6)

    # the switch

    def test_off_bills_nothing_and_watch_invoices_nothing(self):
        self._switch("off", "billing")
        contract = self._contract()
        self.assertFalse(self._night("2026-02-01"))
        self.assertFalse(contract.period_ids)
        self._switch("watch", "billing")
        self._night("2026-02-01")
        self.assertEqual(len(self._contract_events(contract)), 2)
        self.assertFalse(self._run_queue(fields.Date.to_date("2026-02-01")))
        self.assertFalse(self._contract_events(contract).move_id)

    def test_what_fell_due_before_the_start_date_stays_out(self):
        self._switch("live", "billing", start_date="2026-03-01")
        contract = self._contract()
        self._night("2026-04-01")
        self.assertEqual(
            [row[0] for row in self._rows(contract)], ["2026-03-01", "2026-04-01"]
        )

    # a night that breaks

    def test_killed_half_way_the_next_night_bills_the_rest_only(self):
        contracts = [self._contract() for _number in range(4)]
        lines = type(self.env["o2c.contract.line"])
        work, calls = lines._work, []

        def dies(records, company, today, run):
            calls.append(len(records))
            if len(calls) == 3:
                raise KeyboardInterrupt
            return work(records, company, today, run)

        with (
            patch.object(night, "BATCH", 1),
            patch.object(lines, "_work", dies),
            suppress(KeyboardInterrupt),
        ):
            self._night("2026-01-01")
        self.assertEqual(len(calls), 3)
        self.env.invalidate_all()
        self.assertEqual(sum(len(c.period_ids) for c in contracts), 2)
        run = self._night("2026-01-01")
        self.assertEqual([len(c.period_ids) for c in contracts], [1, 1, 1, 1])
        self.assertEqual((run.state, run.done_count), ("done", 4))

    def test_one_bad_contract_stops_no_other_and_is_tried_again(self):
        bad, good = self._contract(), self._contract()
        refusal = "No price for this customer"
        lines = type(self.env["o2c.contract.line"])
        left = lines._left

        def fails(line, *args):
            if line.contract_id.id == bad.id:
                raise UserError(refusal)
            return left(line, *args)

        with patch.object(lines, "_left", fails), mute_logger("odoo.sql_db"):
            run = self._night("2026-01-01")
        self.assertEqual((run.state, run.failed_count), ("partly", 1))
        self.assertIn(refusal, run.note_ids.text)
        self.assertEqual((len(bad.period_ids), len(good.period_ids)), (0, 1))
        self._night("2026-01-02")
        self.assertEqual((len(bad.period_ids), len(good.period_ids)), (1, 1))

    def test_the_schema_refuses_the_same_period_twice(self):
        contract = self._contract()
        self._night("2026-01-01")
        values = contract.period_ids.copy_data()[0]
        with self.assertRaisesRegex(Exception, "billed already|unique"):
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env["o2c.contract.period"].sudo().create(values)

    def test_queries_do_not_grow_with_the_lines(self):
        def queries(count):
            for _number in range(count):
                self._contract()
            self.env.flush_all()
            lines = self.env["o2c.contract.line"].search(
                [("next_due", "!=", False), ("period_ids", "=", False)]
            )
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            lines._bill(self.company, fields.Date.to_date("2026-01-01"))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(2)
        few, many = queries(5), queries(40)
        self.assertLessEqual(many, few + 5)

    def test_clock_change_does_not_move_a_period(self):
        contract = self._contract({"alignment": "start"}, date_start="2026-03-29")
        self._night("2026-03-29")
        event = self._contract_events(contract)
        self.assertEqual(str(event.date), "2026-03-29")
        self.assertEqual(str(event.delivered_at), "2026-03-28 23:00:00")
        self._night("2026-10-29")
        self.assertEqual(len(contract.period_ids), 8)
