"""Indexation of contract lines: a dated change that settles what was billed."""

from datetime import date

from odoo.tests import tagged

from .contract_common import ContractCommon
from .test_indexation import IndexationCommon


@tagged("post_install", "-at_install")
class TestContractIndex(ContractCommon, IndexationCommon):
    def _indexed(self, *lines, **values):
        contract = self._contract(*lines, billed_until="2026-10-31", **values)
        indexation = self._indexation(percentage=3.0)
        self._approve(indexation)
        self._apply()
        return contract, indexation

    def test_the_new_price_holds_from_the_day_and_the_old_one_is_kept(self):
        contract, indexation = self._indexed({"price_unit": 100.0})
        line = contract.line_ids
        self.assertEqual(indexation.line_ids.state, "applied")
        self.assertEqual(line._terms_on(date(2026, 12, 31)), (1.0, 100.0))
        self.assertEqual(line._terms_on(date(2027, 1, 1)), (1.0, 103.0))
        self.assertEqual(line.price_unit, 100.0)
        self._night("2027-01-01")
        amounts = [row.amount for row in contract.period_ids.sorted("date_from")]
        self.assertEqual(amounts, [100.0, 100.0, 103.0])

    def test_a_year_paid_ahead_is_settled_and_withdrawal_gives_it_back(self):
        contract = self._contract(
            {"period_unit": "year", "price_unit": 365.0, "alignment": "start"},
            date_start="2026-07-01",
        )
        self._night("2026-07-01")
        indexation = self._approve(self._indexation(percentage=10.0))
        self._apply()
        self._night("2027-01-01")
        extra = sum(row[3] for row in self._rows(contract)) - 365.0
        self.assertAlmostEqual(extra, 36.5 * 181 / 365, 2)
        indexation.line_ids.sudo()._take_back()
        self._night("2027-01-02")
        self.assertEqual(sum(row[3] for row in self._rows(contract)), 365.0)
        self.assertFalse(contract.line_ids.version_ids)

    def test_what_is_never_indexed_asked_or_charged_once_stays(self):
        contract, indexation = self._indexed(
            {"o2c_index_never": True},
            {"price_source": "agreed"},
            {"kind": "once"},
            {"price_unit": 10.0},
        )
        applied = indexation.line_ids.filtered(lambda row: row.state == "applied")
        self.assertEqual(applied.res_id, contract.line_ids[3].id)

    def test_a_line_that_changes_later_is_indexed_by_hand(self):
        contract = self._contract({"price_unit": 100.0})
        self._change(contract.line_ids, "2027-02-01", price_unit=110.0)
        indexation = self._approve(self._indexation())
        self._apply()
        self.assertEqual(indexation.line_ids.state, "failed")
        self.assertIn("by hand", indexation.line_ids.detail)

    def test_turnover_counts_what_was_invoiced(self):
        contract = self._contract({"quantity": 2})
        self._night("2026-03-01")
        self._run_queue(date(2026, 3, 1))
        line = contract.line_ids
        found = line._o2c_index_turnover(date(2026, 1, 1), date(2026, 12, 31))
        self.assertEqual(float(found[line.id][self.sme.id]), 372.0)
