"""Usage: reported by day, counted once, charged above what is included."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractUsage(ContractCommon):
    def setUp(self):
        super().setUp()
        self.contract = self._contract(
            {
                "kind": "usage",
                "product_id": self.kwh.id,
                "price_unit": 0.5,
                "included_quantity": 100,
                "minimum_quantity": 120,
            }
        )
        self.line = self.contract.line_ids

    def _used(self, day, quantity, key):
        return self.env["o2c.contract.usage"].report(
            [{"line_id": self.line.id, "date": day, "quantity": quantity, "key": key}]
        )

    def test_usage_is_charged_afterwards_above_what_is_included(self):
        self._used("2026-01-10", 80, "a")
        self._used("2026-01-31", 90, "b")
        self._used("2026-02-01", 500, "c")
        self._night("2026-01-31")
        self.assertFalse(self.contract.period_ids)
        self._night("2026-02-01")
        self.assertEqual(
            self._rows(self.contract), [("2026-01-01", "2026-01-31", 70.0, 35.0)]
        )

    def test_at_least_the_minimum_counts(self):
        self._night("2026-02-01")
        self.assertEqual(
            self._rows(self.contract), [("2026-01-01", "2026-01-31", 20.0, 10.0)]
        )

    def test_the_same_key_counts_once(self):
        self.assertEqual(self._used("2026-01-10", 200, "a"), 1)
        self.assertEqual(self._used("2026-01-10", 200, "a"), 0)
        self._night("2026-02-01")
        self.assertEqual(self.contract.period_ids.quantity, 100.0)

    def test_what_is_reported_late_is_charged_late_and_once(self):
        self._used("2026-01-10", 200, "a")
        self._night("2026-02-01")
        self._used("2026-01-20", 50, "b")
        self._night("2026-02-02")
        self._night("2026-02-03")
        self.assertEqual(
            [(row[2], row[3]) for row in self._rows(self.contract)],
            [(100.0, 50.0), (50.0, 25.0)],
        )
        self._used("2026-01-20", -50, "b corrected")
        self._night("2026-02-04")
        self.assertEqual(self._rows(self.contract)[-1][2:], (-50.0, -25.0))

    def test_included_and_minimum_shrink_with_a_part_of_the_month(self):
        contract = self._contract(
            {
                "kind": "usage",
                "product_id": self.kwh.id,
                "price_unit": 1.0,
                "included_quantity": 62,
            },
            date_start="2026-01-17",
        )
        self.env["o2c.contract.usage"].report(
            [
                {
                    "line_id": contract.line_ids.id,
                    "date": "2026-01-20",
                    "quantity": 40,
                    "key": "x",
                }
            ]
        )
        self._night("2026-02-01")
        self.assertEqual(contract.period_ids.amount, 10.0)

    def test_usage_is_neither_changed_nor_billed_in_advance(self):
        self._used("2026-01-10", 200, "a")
        usage = self.env["o2c.contract.usage"].search([("line_id", "=", self.line.id)])
        with self.assertRaises(UserError):
            usage.quantity = 1
        with self.assertRaises(UserError):
            usage.unlink()
        with self.assertRaises(ValidationError):
            self._contract({"kind": "usage", "timing": "advance"}, start=False)

    def test_a_fixed_line_takes_no_usage(self):
        other = self._contract()
        with self.assertRaises(UserError):
            self.env["o2c.contract.usage"].report(
                [
                    {
                        "line_id": other.line_ids.id,
                        "date": "2026-01-10",
                        "quantity": 1,
                        "key": "x",
                    }
                ]
            )
