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

    # A quotation that is being made

    def _new_quote(self, partner=None, price=None):
        """The form of a new quotation with one line, not saved yet."""
        form = Form(self.env["sale.order"])
        form.partner_id = partner or self.sme
        with form.order_line.new() as line:
            line.product_id = self.wood
            if price:
                line.price_unit = price
        return form

    def _price_in(self, form):
        with form.order_line.edit(0) as line:
            return line.price_unit

    def _assert_followed(self, order, price):
        self.assertEqual(order.order_line.price_unit, price)
        self.assertFalse(order.order_line.o2c_price_manual)
        self.assertEqual(order.o2c_manual_prices, 0)

    def test_a_form_chosen_after_the_line_moves_a_new_quotation(self):
        form = self._new_quote()
        self.assertEqual(self._price_in(form), 9.0)
        form.o2c_subscription_form_id = self.yearly
        self.assertEqual(self._price_in(form), 8.0)
        self._assert_followed(form.save(), 8.0)

    def test_a_customer_changed_after_the_line_moves_a_new_quotation(self):
        form = self._new_quote(self.corporate)
        self.assertEqual(self._price_in(form), 10.0)
        form.partner_id = self.sme
        self.assertEqual(self._price_in(form), 9.0)
        self._assert_followed(form.save(), 9.0)

    def test_a_date_changed_after_the_line_moves_a_new_quotation(self):
        order = self.env["sale.order"].new(
            {
                "partner_id": self.sme.id,
                "order_line": [Command.create({"product_id": self.wood.id})],
            }
        )
        self.assertEqual(order.order_line.price_unit, 9.0)
        order.date_order = datetime(2019, 12, 31, 12)
        order._onchange_o2c_buyer()
        self.assertEqual(order.order_line.price_unit, 10.0)

    def test_the_form_may_be_chosen_after_update_prices(self):
        form = self._new_quote()
        order = form.save()
        order.action_update_prices()
        self._assert_followed(order, 9.0)
        order.o2c_subscription_form_id = self.yearly
        order.action_update_prices()
        self._assert_followed(order, 8.0)

    def test_a_line_saved_together_with_another_form_follows_it(self):
        order = self._quote(partner=self.sme)
        with Form(order) as form:
            with form.order_line.new() as line:
                line.product_id = self.wood
            form.o2c_subscription_form_id = self.yearly
        self.assertEqual(order.order_line[-1].price_unit, 8.0)
        self.assertFalse(order.order_line[-1].o2c_price_manual)
        self.assertFalse(order.order_line[0].o2c_price_manual)

    def test_prices_that_were_asked_before_the_order_was_known_are_nobodys(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.sme.id,
                "o2c_subscription_form_id": self.yearly.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": self.wood.id,
                            "price_unit": 9.0,
                            "technical_price_unit": 9.0,
                        }
                    )
                ],
            }
        )
        self._assert_followed(order, 8.0)

    def test_a_typed_price_stays_whatever_changes_after_it(self):
        form = self._new_quote(self.corporate, price=7.77)
        form.partner_id = self.sme
        form.o2c_subscription_form_id = self.yearly
        self.assertEqual(self._price_in(form), 7.77)
        order = form.save()
        self.assertTrue(order.order_line.o2c_price_manual)
        order.action_update_prices()
        self.assertEqual(order.order_line.price_unit, 7.77)
        order.order_line.action_o2c_agreed_price()
        self._assert_followed(order, 8.0)

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
