"""Changes with a date, pauses and retroactive ends: settled by day, once."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractChange(ContractCommon):
    def test_more_from_the_middle_of_a_billed_month(self):
        contract = self._contract({"quantity": 5})
        self._night("2026-03-01")
        self._change(contract.line_ids, "2026-03-15", quantity=8)
        self._night("2026-03-02")
        self._night("2026-03-03")
        self.assertEqual(
            self._rows(contract)[2:],
            [
                ("2026-03-01", "2026-03-31", 5.0, 310.0),
                ("2026-03-15", "2026-03-31", 3.0, 102.0),
            ],
        )
        self._night("2026-04-01")
        self.assertEqual(
            self._rows(contract)[-1], ("2026-04-01", "2026-04-30", 8.0, 496.0)
        )

    def test_another_price_credits_the_old_and_charges_the_new(self):
        contract = self._contract()
        self._night("2026-03-01")
        change = self.env["o2c.contract.change"].create(
            {
                "line_id": contract.line_ids.id,
                "date_from": "2026-03-16",
                "price_unit": 93.0,
                "reason": "test",
            }
        )
        self.assertIn("32.00", change.settlement)
        self.assertIn("48.00", change.settlement)
        change.action_apply()
        self._night("2026-03-16")
        self.assertEqual(
            self._rows(contract)[-2:],
            [
                ("2026-03-16", "2026-03-31", -1.0, -32.0),
                ("2026-03-16", "2026-03-31", 1.0, 48.0),
            ],
        )
        version = contract.line_ids.version_ids
        self.assertEqual((version.price_unit, version.reason), (93.0, "test"))
        self.assertEqual(contract.line_ids.price_unit, 62.0, "what was stays readable")

    def test_a_change_that_is_known_in_time_cuts_the_month_in_two(self):
        contract = self._contract()
        self._change(contract.line_ids, "2026-01-17", quantity=2)
        self._night("2026-01-01")
        self.assertEqual(
            self._rows(contract),
            [
                ("2026-01-01", "2026-01-16", 1.0, 32.0),
                ("2026-01-17", "2026-01-31", 2.0, 60.0),
            ],
        )

    def test_a_change_back_on_the_same_day_leaves_nothing_to_pay(self):
        contract = self._contract()
        self._night("2026-01-01")
        self._change(contract.line_ids, "2026-01-11", quantity=3)
        self._night("2026-01-02")
        self._change(contract.line_ids, "2026-01-11", quantity=1)
        self._night("2026-01-03")
        self._night("2026-01-04")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 62.0)
        self.assertEqual(len(contract.line_ids.version_ids), 1)

    def test_another_article_ends_the_line_and_begins_one(self):
        gold = self._article("Beheer goud", 93.0, type="service")
        contract = self._contract()
        self._night("2026-01-01")
        self._change(
            contract.line_ids, "2026-01-16", product_id=gold.id, price_unit=93.0
        )
        self._night("2026-01-16")
        self.assertEqual(len(contract.line_ids), 2)
        self.assertEqual(
            self._rows(contract),
            [
                ("2026-01-01", "2026-01-31", 1.0, 62.0),
                ("2026-01-16", "2026-01-31", -1.0, -32.0),
                ("2026-01-16", "2026-01-31", 1.0, 48.0),
            ],
        )

    def test_a_pause_that_is_planned_and_one_that_comes_late(self):
        contract = self._contract()
        pause = {
            "contract_id": contract.id,
            "date_from": "2026-01-22",
            "date_to": "2026-02-14",
            "reason": "Renovation",
        }
        self._night("2026-01-01")
        self.env["o2c.contract.pause"].create(pause)
        self._night("2026-02-01")
        self.assertEqual(
            self._rows(contract),
            [
                ("2026-01-01", "2026-01-31", 1.0, 62.0),
                ("2026-01-22", "2026-01-31", -1.0, -20.0),
                ("2026-02-15", "2026-02-28", 1.0, 31.0),
            ],
        )
        contract.pause_ids.unlink()
        self._night("2026-02-02")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 124.0)

    def test_ended_afterwards_the_rest_comes_back_as_a_credit_note(self):
        contract = self._contract({"quantity": 2}, client_ref="PO 12")
        today = fields.Date.to_date("2026-01-01")
        self._night("2026-01-01")
        self._run_queue(today)
        invoice = self._contract_events(contract).move_id
        self._notice(contract, "2026-01-10", "2026-01-10")
        self._night("2026-01-12")
        self._run_queue(fields.Date.to_date("2026-01-12"))
        credit = self._contract_events(contract)[-1].move_id
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual(credit.amount_untaxed, 84.0)
        self.assertEqual(credit.reversed_entry_id, invoice)
        self.assertEqual(credit.ref, "PO 12")
        self.assertEqual(contract.state, "ended")

    def test_a_contract_that_never_began_is_credited_in_full(self):
        contract = self._contract()
        self._night("2026-02-01")
        self._notice(contract, "2026-02-02", "2025-12-31")
        self._night("2026-02-02")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 0.0)
        with self.assertRaises(UserError):
            self._notice(contract, "2026-02-02", "2025-12-30")

    def test_a_yearly_contract_paid_ahead_and_ended_in_the_middle(self):
        contract = self._contract({"period_unit": "year", "price_unit": 365.0})
        self._night("2026-01-01")
        self._notice(contract, "2026-03-01", "2026-06-30")
        self._night("2026-03-02")
        self.assertEqual(
            self._rows(contract)[-1], ("2026-07-01", "2026-12-31", -1.0, -184.0)
        )

    def test_notice_that_is_withdrawn_bills_what_was_credited(self):
        contract = self._contract()
        self._night("2026-01-01")
        self._notice(contract, "2026-01-05", "2026-01-15")
        self._night("2026-01-20")
        self.assertEqual(contract.state, "ended")
        contract.action_withdraw_notice()
        self._night("2026-02-01")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 124.0)
        self.assertEqual(contract.state, "running")

    def test_a_day_outside_the_line_is_refused(self):
        contract = self._contract({"date_end": "2026-06-30"})
        for day in ("2025-12-31", "2026-07-01"):
            with self.assertRaises(UserError):
                self._change(contract.line_ids, day, quantity=2)

    def test_the_lines_of_a_running_contract_do_not_change_by_hand(self):
        contract = self._contract()
        line = contract.line_ids
        for values in ({"price_unit": 1}, {"quantity": 9}, {"date_end": "2026-02-01"}):
            with self.assertRaises(UserError):
                line.write(values)
        with self.assertRaises(UserError):
            line.unlink()
        line.name = "Beheer van de koelcel"

    def test_a_line_added_later_is_billed_from_its_own_day(self):
        contract = self._contract()
        self._night("2026-03-01")
        self.env["o2c.contract.line"].create(
            {
                "contract_id": contract.id,
                "product_id": self.monitor.id,
                "price_unit": 31.0,
                "date_start": "2026-02-15",
            }
        )
        self._night("2026-03-02")
        self.assertEqual(
            [row.amount for row in contract.line_ids[1].period_ids.sorted("date_from")],
            [15.5, 31.0],
        )
