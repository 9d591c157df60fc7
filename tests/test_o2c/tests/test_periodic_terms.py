"""Terms of one contract: what billing knows decides what collecting may ask."""

from datetime import date, timedelta

from odoo.tests import tagged

from odoo.addons.o2c_billing.tests.contract_common import ContractCommon
from odoo.addons.o2c_dunning.tests.common import DunningCommon


@tagged("post_install", "-at_install")
class TestPeriodicTerms(ContractCommon, DunningCommon):
    def _billed(self, contract, *days):
        """The invoices of a contract up to these days, sent on their date."""
        for day in days:
            self._night(day)
            self._run_queue(date.fromisoformat(day))
        moves = self._contract_events(contract).move_id
        moves.is_move_sent = True
        return moves

    def test_terms_of_a_contract_cost_less_and_name_it(self):
        self.company.write({"o2c_term_agreed": "agreed", "o2c_periodic_costs": True})
        for partner in (self.sme, self.consumer):
            partner.property_payment_term_id = self.env.ref(
                "account.account_payment_term_15days"
            )
        gym = self._contract({"price_unit": 100.0}, partner_id=self.consumer.id)
        terms = self._billed(gym, "2026-01-01", "2026-02-01")
        loose = self._due(self.consumer, 100, "2026-02-16")
        other = self._contract({"price_unit": 100.0}, partner_id=self.sme.id)
        strange = self._billed(other, "2026-01-01")
        moves = self.env["account.move"]
        self.assertEqual(
            moves._o2c_contract_keys((terms + loose + strange).ids),
            dict.fromkeys(terms.ids, gym.name) | {strange.id: other.name},
        )
        self.assertEqual(
            moves._o2c_billed_kinds((terms + loose).ids),
            dict.fromkeys(terms.ids, {"subscription"}),
        )
        steps = self.standard.step_ids.sorted("days")
        steps[0].write({"kind": "wik", "channel": "letter"})
        notice = self._nightly("2026-02-20").o2c_notice_ids.filtered(
            lambda one: one.partner_id == self.consumer
        )
        notice.with_user(self.collector).action_print()
        with self.mock_datetime_and_now("2026-02-20 09:00:00"):
            notice.with_user(self.collector).action_posted()
        self.assertEqual(notice.state, "sent", notice.failure_reason)

        def costs():
            found = (terms + loose)._o2c_cost_and_interest(date(2026, 4, 1))
            return [float(found[move].cost) for move in terms + loose]

        self.assertEqual(costs(), [40, 20, 15], "per six months, beside the scale")
        self.company.o2c_periodic_costs = False
        self.assertEqual(sum(costs()), 45, "one letter, one sum")

    def test_a_step_for_terms_of_contracts(self):
        self.company.o2c_dunning_sent_required = False
        self.standard.step_ids.sorted("days")[0].billed_kind = "subscription"
        contract = self._contract()
        term = self._billed(contract, "2026-01-01")
        loose = self._due(self.sme, 100, str(term.invoice_date_due))
        self._nightly(term.invoice_date_due + timedelta(days=3))
        self.assertTrue(self._verdict(term).step_id)
        self.assertFalse(self._verdict(loose).step_id)
