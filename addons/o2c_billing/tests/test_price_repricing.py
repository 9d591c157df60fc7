"""Quotations when customer, form, day or pricelist change; prices set by hand."""

from datetime import datetime

from odoo import Command
from odoo.tests import Form, tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceRepricing(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.yearly = cls.env["o2c.subscription.form"].create({"name": "Jaar"})
        cls._agreement(
            {"product_id": cls.wood.id, "fixed_price": 9.0},
            {
                "product_id": cls.wood.id,
                "fixed_price": 8.0,
                "subscription_form_id": cls.yearly.id,
            },
            partner_id=cls.sme.id,
        )

    def _quote(self, partner=None, price=None, **values):
        return self._order(
            partner or self.corporate,
            [(self.wood, 1, price), (self.hour, 1, None)],
            **values,
        )

    def test_the_change_is_offered(self):
        order = self._quote()
        order.partner_id = self.sme
        self.assertEqual(order.order_line[0].price_unit, 10.0)
        order.invalidate_recordset(["o2c_outdated_prices"])
        self.assertEqual(order.o2c_outdated_prices, 1)
        order.action_update_prices()
        self.assertEqual(order.order_line[0].price_unit, 9.0)
        order.invalidate_recordset(["o2c_outdated_prices"])
        self.assertEqual(order.o2c_outdated_prices, 0)

    def test_the_form_offers_the_change(self):
        form = Form(self._quote())
        form.partner_id = self.sme
        self.assertTrue(form.show_update_pricelist)

    def test_each_factor_reprices_at_once_by_setting(self):
        self.company.o2c_reprice = "auto"
        order = self._quote()
        wood = order.order_line[0]
        order.partner_id = self.sme
        self.assertEqual(wood.price_unit, 9.0)
        order.o2c_subscription_form_id = self.yearly
        self.assertEqual(wood.price_unit, 8.0)
        order.date_order = datetime(2019, 12, 31, 12)
        self.assertEqual(wood.price_unit, 10.0)
        self.assertIn("list price", wood.o2c_price_explanation["title"])

    def test_another_pricelist_reprices_at_once_by_setting(self):
        self.company.o2c_reprice = "auto"
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
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
        order = self._quote()
        order.pricelist_id = pricelist
        self.assertEqual(order.order_line.mapped("price_unit"), [5.0, 30.0])

    def test_the_form_reprices_at_once_by_setting(self):
        self.company.o2c_reprice = "auto"
        order = self._quote()
        with Form(order) as form:
            form.partner_id = self.sme
            with form.order_line.edit(0) as line:
                self.assertEqual(line.price_unit, 9.0)
            form.o2c_subscription_form_id = self.yearly
        self.assertEqual(order.order_line[0].price_unit, 8.0)
        self.assertFalse(order.order_line[0].o2c_price_trace["manual"])

    def test_a_confirmed_order_keeps_its_prices(self):
        self.company.o2c_reprice = "auto"
        order = self._quote(partner=self.sme)
        order.action_confirm()
        order.o2c_subscription_form_id = self.yearly
        self.assertEqual(order.order_line[0].price_unit, 9.0)

    def test_switched_off_or_watching_a_change_moves_nothing(self):
        self.company.o2c_reprice = "auto"
        for mode in ("off", "watch"):
            self._switch(mode, "billing")
            order = self._quote()
            order.order_line[0].price_unit = 4.0
            order.partner_id = self.sme
            self.assertEqual(order.order_line[0].price_unit, 4.0)
            self.assertFalse(order.o2c_outdated_prices)
            order.action_update_prices()
            self.assertEqual(order.order_line[0].price_unit, 10.0, "core's own way")

    # By hand

    def test_a_price_by_hand_survives_every_change(self):
        self.company.o2c_reprice = "auto"
        order = self._quote(partner=self.sme)
        wood = order.order_line[0]
        wood.price_unit = 7.77
        self.assertTrue(wood.o2c_price_manual)
        self.assertEqual(order.o2c_manual_prices, 1)
        order.o2c_subscription_form_id = self.yearly
        order.partner_id = self.corporate
        wood.product_uom_qty = 12
        order.action_update_prices()
        self.assertEqual(wood.price_unit, 7.77)
        wood.action_o2c_agreed_price()
        self.assertEqual(wood.price_unit, 10.0)
        self.assertFalse(wood.o2c_price_manual)

    def test_a_price_that_came_with_the_line_is_by_hand_too(self):
        order = self._quote(partner=self.sme, price=7.77)
        wood = order.order_line[0]
        self.assertTrue(wood.o2c_price_manual)
        wood.product_uom_qty = 5
        self.assertEqual(wood.price_unit, 7.77)
        order.action_o2c_agreed_prices()
        self.assertEqual(wood.price_unit, 9.0)

    def test_a_price_that_came_with_the_line_and_is_the_agreed_one_is_not(self):
        order = self._quote(partner=self.sme, price=9.0)
        wood = order.order_line[0]
        self.assertFalse(wood.o2c_price_manual)
        order.o2c_subscription_form_id = self.yearly
        order.action_update_prices()
        self.assertEqual(wood.price_unit, 8.0)

    def test_less_than_a_cent_by_hand_counts_too(self):
        self.company.o2c_price_decimals = "4"
        order = self._quote(partner=self.sme)
        wood = order.order_line[0]
        wood.price_unit = 9.0012
        self.assertTrue(wood.o2c_price_manual)
        wood.product_uom_qty = 5
        self.assertEqual(wood.price_unit, 9.0012)

    def test_back_to_the_agreed_price_is_for_quotations(self):
        order = self._quote(partner=self.sme, price=7.77)
        order.action_confirm()
        order.order_line[0].action_o2c_agreed_price()
        self.assertEqual(order.order_line[0].price_unit, 7.77)
