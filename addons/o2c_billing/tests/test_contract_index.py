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

    def test_a_year_of_a_contract_is_its_value_not_what_was_billed(self):
        contract = self._contract(
            {"quantity": 2},
            {"period_unit": "year", "price_unit": 708.0},
            {"price_unit": 50.0, "intro_months": 12, "intro_discount": 100.0},
            date_start="2026-10-01",
        )
        self._night("2026-10-01")
        self._run_queue(date(2026, 10, 1))
        rows = self._indexation(percentage=10.0).line_ids.sorted("res_id")
        # 2 x 62 x 12; one year; 50 x 12 without the free months of the beginning
        self.assertEqual(rows.mapped("turnover"), [1488.0, 708.0, 600.0])
        self.assertEqual(rows.mapped("effect"), [148.8, 70.8, 60.0])
        self.assertEqual(rows.mapped("res_id"), contract.line_ids.sorted("id").ids)

    def test_usage_counts_what_was_invoiced(self):
        contract = self._contract(
            {"kind": "usage", "product_id": self.kwh.id, "price_unit": 0.5}
        )
        line = contract.line_ids
        self.env["o2c.contract.usage"].report(
            [{"line_id": line.id, "date": "2026-01-10", "quantity": 100, "key": "m-1"}]
        )
        self._night("2026-02-01")
        self._run_queue(date(2026, 2, 1))
        found = line._o2c_index_turnover(date(2026, 1, 1), date(2026, 12, 31))
        self.assertEqual(float(found[line.id][self.sme.id]), 50.0)

    def test_a_choice_of_agreements_or_contracts_leaves_out_the_rest(self):
        agreement, other = self._own(10.0), self._own(20.0, partner=self.corporate)
        contract, more = self._contract({}), self._contract({"price_unit": 5.0})

        def prices(**chosen):
            return sorted(self._indexation(**chosen).line_ids.mapped("old_price"))

        self.assertEqual(prices(), [5.0, 10.0, 20.0, 62.0])
        one, two = [(6, 0, agreement.ids)], [(6, 0, contract.ids)]
        self.assertEqual(prices(agreement_ids=one), [10.0])
        self.assertEqual(prices(contract_ids=two), [62.0])
        self.assertEqual(prices(agreement_ids=one, contract_ids=two), [10.0, 62.0])
        # What is hidden on the form does not choose.
        self.assertEqual(prices(agreement_ids=one, on_agreements=False), [5.0, 62.0])
        self.assertTrue(other and more)
