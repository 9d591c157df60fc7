"""Agreed prices on invoices that are made by hand, and prices changed on invoices."""

from odoo import Command
from odoo.tests import tagged

from .test_price_callers import PriceCallers


@tagged("post_install", "-at_install")
class TestPriceInvoice(PriceCallers):
    def _by_hand(self, partner=None, **line):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": (partner or self.sme).id,
                "invoice_date": "2026-06-15",
                "invoice_line_ids": [
                    Command.create({"product_id": self.wood.id, **line})
                ],
            }
        )

    def test_an_invoice_by_hand_has_the_list_price_unless_the_company_says_so(self):
        self.assertEqual(self._by_hand().invoice_line_ids.price_unit, 10.0)
        self.company.o2c_price_invoices = True
        line = self._by_hand().invoice_line_ids
        self.assertEqual(line.price_unit, 9.0)
        self.assertIn("Proefcontract", line.o2c_price_explanation["steps"][-1]["label"])
        self.assertEqual(
            self._by_hand(partner=self.corporate).invoice_line_ids.price_unit, 10.0
        )

    def test_an_invoice_by_hand_follows_the_tiers(self):
        self.company.o2c_price_invoices = True
        line = self._by_hand(quantity=100).invoice_line_ids
        self.assertEqual(line.price_unit, 8.0)
        line.quantity = 99
        self.assertEqual(line.price_unit, 9.0)

    def test_a_price_by_hand_on_an_invoice_stays_and_is_marked(self):
        self.company.o2c_price_invoices = True
        line = self._by_hand().invoice_line_ids
        line.price_unit = 5.0
        self.assertTrue(line.o2c_price_manual)
        line.quantity = 100
        self.assertEqual(line.price_unit, 5.0)
        line.price_unit = 8.0
        self.assertFalse(line.o2c_price_manual)
        given = self._by_hand(price_unit=6.0).invoice_line_ids
        self.assertEqual(given.price_unit, 6.0)

    def test_another_price_on_the_invoice_than_on_the_order_is_by_hand(self):
        order = self._quote((self.wood, 3))
        order.action_confirm()
        order.order_line.qty_delivered = 3
        # core makes invoices in sudo; a colleague changes them as himself
        line = order._create_invoices().sudo(False).invoice_line_ids
        self.assertFalse(line.o2c_price_manual)
        line.price_unit = 8.99
        self.assertTrue(line.o2c_price_manual)
        line.price_unit = 9.0
        self.assertFalse(line.o2c_price_manual)

    def test_an_imported_invoice_keeps_the_prices_it_came_with(self):
        self.company.o2c_price_invoices = True
        line = self._by_hand(price_unit=6.0, is_imported=True).invoice_line_ids
        line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(line.price_unit, 6.0)

    def test_purchases_and_watching_companies_are_left_alone(self):
        self.company.o2c_price_invoices = True
        bill = self._by_hand().create(
            {
                "move_type": "in_invoice",
                "partner_id": self.sme.id,
                "invoice_line_ids": [Command.create({"product_id": self.wood.id})],
            }
        )
        self.assertFalse(bill.invoice_line_ids.o2c_price_trace)
        self._switch("watch", "billing")
        self.assertEqual(self._by_hand().invoice_line_ids.price_unit, 10.0)

    def test_the_pricelist_of_the_customer_is_the_base_of_an_invoice_by_hand(self):
        self._pricelists()
        self.company.o2c_price_invoices = True
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Half",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 50,
                        }
                    )
                ],
            }
        )
        self.corporate.property_product_pricelist = pricelist
        line = self._by_hand(partner=self.corporate).invoice_line_ids
        self.assertEqual(line.price_unit, 5.0)
