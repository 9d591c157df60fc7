"""A confirmed order with recurring articles proposes a contract that charges them."""

from odoo import fields
from odoo.tests import tagged

from .contract_common import ContractCommon


@tagged("post_install", "-at_install")
class TestContractOrder(ContractCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.monitor.write(
            {"o2c_contract_period": "quarter", "o2c_contract_timing": "arrears"}
        )
        cls.setup_fee.invoice_policy = "order"

    def _sold(self, **values):
        order = self._order(
            self.sme,
            [(self.monitor, 5, 180.0), (self.setup_fee, 1, 250.0)],
            client_order_ref="PO 9",
            **values,
        )
        order.action_confirm()
        return order

    def test_the_proposal_has_the_recurring_lines_and_both_know_each_other(self):
        order = self._sold()
        contract = order.o2c_contract_ids
        self.assertEqual((contract.state, contract.order_id), ("draft", order))
        self.assertEqual((contract.partner_id, contract.client_ref), (self.sme, "PO 9"))
        line = contract.line_ids
        self.assertEqual(line.product_id, self.monitor)
        self.assertEqual(
            (line.quantity, line.price_unit, line.period_unit, line.timing),
            (5, 180.0, "quarter", "arrears"),
        )
        self.assertEqual(line.order_line_id, order.order_line[0])
        self.assertEqual(order.o2c_contract_count, 1)

    def test_the_order_invoices_only_what_is_charged_once(self):
        order = self._sold()
        recurring, fee = order.order_line
        self.assertEqual((recurring.qty_to_invoice, fee.qty_to_invoice), (0, 1))
        self.assertEqual(recurring.invoice_status, "invoiced")
        events = self._events(order)
        self.assertEqual(events.order_line_id, fee)
        recurring.qty_delivered = 5
        self.assertEqual(self._events(order), events)

    def test_a_discount_stays_in_the_price(self):
        order = self._order(self.sme, [(self.monitor, 1, 200.0)])
        order.order_line.discount = 10
        order.action_confirm()
        self.assertEqual(order.o2c_contract_ids.line_ids.price_unit, 180.0)

    def test_confirming_again_proposes_nothing_twice(self):
        order = self._sold()
        order._o2c_propose_contract()
        self.assertEqual(len(order.o2c_contract_ids), 1)

    def test_a_cancelled_order_takes_its_proposal_along_but_no_running_contract(self):
        order = self._sold()
        order._action_cancel()
        self.assertFalse(order.o2c_contract_ids.exists())
        order = self._sold()
        order.o2c_contract_ids.action_start()
        order._action_cancel()
        self.assertEqual(order.o2c_contract_ids.state, "running")

    def test_nothing_changes_where_billing_is_off(self):
        self._switch("off", "billing")
        order = self._sold()
        self.assertFalse(order.o2c_contract_ids)
        self.assertEqual(order.order_line[0].qty_to_invoice, 5)

    def test_watching_proposes_and_leaves_the_order_to_core(self):
        self._switch("watch", "billing")
        order = self._sold()
        self.assertTrue(order.o2c_contract_ids)
        self.assertEqual(order.order_line[0].qty_to_invoice, 5)

    def test_an_order_that_a_contract_charges_is_no_exposure(self):
        profile = self.env["o2c.risk.profile"]
        order = self._order(self.sme, [(self.monitor, 5, 180.0), (self.hour, 2, 60.0)])
        order.action_confirm()
        exposure = profile._exposure(self.company, self.sme.ids)
        self.assertEqual(float(exposure[self.sme.id].total), 120.0)

    def test_a_seller_confirms_without_rights_on_contracts(self):
        seller = self._user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self._order(self.sme, [(self.monitor, 1, 180.0)])
        order.with_user(seller).action_confirm()
        contract = order.o2c_contract_ids
        self.assertEqual(contract.with_user(seller).state, "draft")
        self.assertEqual(
            order.with_user(seller).action_o2c_contracts()["res_id"], contract.id
        )
        self.assertEqual(contract.date_start, self.company._o2c_today())

    def test_the_customer_and_his_contact_show_the_contracts(self):
        self._sold()
        self.assertEqual(self.sme.o2c_contract_count, 1)
        self.assertEqual(self.sme_contact.o2c_contract_count, 1)

    def test_today_shows_proposals_and_what_renews_soon(self):
        self._sold()
        today = self.company._o2c_today()
        soon = self._contract(
            date_start=fields.Date.subtract(today, months=10, days=15)
        )
        self.assertLessEqual((soon.cancel_before - today).days, 60)
        [card] = [
            card
            for card in self.env["o2c.today"]._cards(self.company, today)
            if card["key"] == "billing_contracts"
        ]
        self.assertEqual(card["value"], "2")
