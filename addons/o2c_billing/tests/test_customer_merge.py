"""Two contacts are one customer: what was agreed with either holds on."""

from datetime import date

from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestCustomerMerge(ContractCommon):
    def test_prices_contracts_and_preferences_go_along(self):
        twin = self._customer("Bakkerij Proef (dubbel)", "sme")
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0}, partner_id=twin.id
        )
        contract = self._contract(partner_id=twin.id)
        preferences = self.env["o2c.sending.preference"]
        kept = preferences.create(
            {"partner_id": self.sme.id, "company_id": self.company.id}
        )
        preferences.create({"partner_id": twin.id, "company_id": self.company.id})
        price = self._order(self.sme, [(self.wood, 1, None)]).order_line.price_unit
        self.assertEqual(price, 10.0, "and now the rules of this customer are read")
        self.env["base.partner.merge.automatic.wizard"].create({}).sudo()._merge(
            (self.sme | twin).ids, self.sme, extra_checks=False
        )
        self.env.invalidate_all()
        price = self._order(self.sme, [(self.wood, 1, None)]).order_line.price_unit
        self.assertEqual(price, 9.0)
        self.assertEqual(contract.partner_id, self.sme)
        self.assertEqual(preferences.search([("partner_id", "=", self.sme.id)]), kept)
        contract.line_ids.sudo()._bill(self.company, date(2026, 1, 1))
        events = self.env["o2c.billing.event"].search(
            [("source", "=", "contract"), ("company_id", "=", self.company.id)]
        )
        self.assertEqual(events.partner_id, self.sme)
