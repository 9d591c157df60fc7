"""Recurring revenue per month: what there is, what came, what changed, what went."""

from odoo import fields
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractRevenue(ContractCommon):
    def _months(self, contract):
        rows = self.env["o2c.contract.revenue"].search(
            [("contract_id", "=", contract.id)], order="month"
        )
        return {
            f"{row.month:%Y-%m}": (row.recurring, row.gained, row.changed, row.lost)
            for row in rows
        }

    def test_new_changed_and_lost(self):
        contract = self._contract({"period_unit": "quarter", "price_unit": 300.0})
        self._change(contract.line_ids, "2026-02-15", quantity=2)
        self._notice(contract, "2026-03-01", "2026-04-10")
        months = self._months(contract)
        self.assertEqual(months["2026-01"], (100.0, 100.0, 0.0, 0.0))
        self.assertEqual(months["2026-02"], (200.0, 0.0, 100.0, 0.0))
        self.assertEqual(months["2026-03"], (200.0, 0.0, 0.0, 0.0))
        self.assertEqual(months["2026-04"], (0.0, 0.0, 0.0, -200.0))
        self.assertEqual(sum(sum(row[1:]) for row in months.values()), 0.0)

    def test_the_sum_of_the_view_is_the_figure_on_the_contracts(self):
        today = self.company._o2c_today()
        start = fields.Date.subtract(today.replace(day=1), months=2)
        contracts = self._contract(
            {"quantity": 3},
            {"price_basis": "month", "period_unit": "year"},
            date_start=start,
        )
        contracts += self._contract({"kind": "once"}, {}, date_start=start)
        rows = self.env["o2c.contract.revenue"].search(
            [
                ("contract_id", "in", contracts.ids),
                ("month", "=", today.replace(day=1)),
            ]
        )
        self.assertEqual(sum(rows.mapped("recurring")), sum(contracts.mapped("mrr")))
        self.assertEqual(sum(contracts.mapped("mrr")), 62.0 * 5)

    def test_drafts_and_one_off_lines_do_not_count(self):
        self.assertFalse(self._months(self._contract(start=False)))
        self.assertFalse(self._months(self._contract({"kind": "once"})))
