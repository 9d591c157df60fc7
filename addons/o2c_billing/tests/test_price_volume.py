"""Tiers by the lines of the order and by what was bought in the year."""

from datetime import datetime

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceVolume(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plank = cls._article("Plank", 20.0, categ_id=cls.categ_deep.id)

    def _wood_line(self, basis, tiers, **values):
        return {
            "categ_id": self.categ.id,
            "computation": "percentage",
            "percentage": 0,
            "basis": basis,
            "tiers": tiers,
            **values,
        }

    def _sold(self, product, quantity, day, partner=None, price=None, invoice=False):
        order = self._order(
            partner or self.sme,
            [(product, quantity, price)],
            date_order=datetime.fromisoformat(f"{day} 10:00:00"),
        )
        order.action_confirm()
        order.date_order = datetime.fromisoformat(f"{day} 10:00:00")
        if invoice:
            order.order_line.qty_delivered = quantity
            move = order._create_invoices()
            move.invoice_date = day
            move.action_post()
            return move
        return order

    def _quote(self, *lines, day="2026-06-15", partner=None, **values):
        return self._order(
            partner or self.sme,
            [(product, quantity, None) for product, quantity in lines],
            date_order=datetime.fromisoformat(f"{day} 10:00:00"),
            **values,
        )

    # The whole order

    def test_lines_of_the_order_that_fit_count_together(self):
        self._agreement(self._wood_line("order", {100: 10}))
        order = self._quote((self.wood, 60), (self.plank, 39), (self.hour, 50))
        self.assertEqual(order.order_line.mapped("price_unit"), [10.0, 20.0, 60.0])
        order = self._quote((self.wood, 60), (self.plank, 40), (self.hour, 50))
        self.assertEqual(order.order_line.mapped("price_unit"), [9.0, 18.0, 60.0])
        why = order.order_line[0].o2c_price_explanation["steps"][-1]["label"]
        self.assertIn("from 100 in the order", why)

    def test_one_quantity_moves_the_prices_of_its_siblings(self):
        self._agreement(self._wood_line("order", {100: 10}))
        order = self._quote((self.wood, 60), (self.plank, 30))
        wood, plank = order.order_line
        plank.product_uom_qty = 40
        self.assertEqual((wood.price_unit, plank.price_unit), (9.0, 18.0))
        plank.unlink()
        self.assertEqual(wood.price_unit, 10.0)
        order.order_line = [
            Command.create({"product_id": self.plank.id, "product_uom_qty": 40})
        ]
        self.assertEqual(order.order_line.mapped("price_unit"), [9.0, 18.0])

    def test_a_sibling_with_a_price_by_hand_keeps_it(self):
        self._agreement(self._wood_line("order", {100: 10}))
        order = self._quote((self.wood, 60), (self.plank, 30))
        wood, plank = order.order_line
        wood.price_unit = 9.75
        plank.product_uom_qty = 40
        self.assertEqual((wood.price_unit, plank.price_unit), (9.75, 18.0))

    def test_the_form_shows_the_price_of_the_siblings_at_once(self):
        self._agreement(self._wood_line("order", {100: 10}))
        order = self._quote((self.wood, 60), (self.plank, 30))
        with Form(order) as form:
            with form.order_line.edit(1) as line:
                line.product_uom_qty = 40
            with form.order_line.edit(0) as line:
                self.assertEqual(line.price_unit, 9.0)
        self.assertEqual(order.order_line.mapped("price_unit"), [9.0, 18.0])

    def test_units_of_the_lines_are_brought_together(self):
        self._agreement(self._wood_line("order", {100: 10}))
        order = self._quote((self.wood, 40))
        order.order_line = [
            Command.create(
                {
                    "product_id": self.plank.id,
                    "product_uom_id": self.env.ref("uom.product_uom_dozen").id,
                    "product_uom_qty": 5,
                }
            )
        ]
        self.assertEqual(order.order_line.mapped("price_unit"), [9.0, 216.0])

    # The year so far

    def test_what_was_ordered_before_in_the_year_counts(self):
        self._agreement(self._wood_line("year", {100: 10}))
        self._sold(self.wood, 99, "2026-02-01")
        self._sold(self.hour, 500, "2026-02-01")
        self._sold(self.wood, 500, "2025-12-31")
        self._sold(self.wood, 500, "2026-06-16")
        self._sold(self.wood, 500, "2026-02-01", partner=self.corporate)
        self.assertEqual(self._quote((self.wood, 50)).order_line.price_unit, 10.0)
        self._sold(self.plank, 1, "2026-03-01")
        line = self._quote((self.wood, 1)).order_line
        self.assertEqual(line.price_unit, 9.0)
        why = line.o2c_price_explanation["steps"][-1]["label"]
        self.assertIn("from 100 in the year", why)

    def test_a_confirmed_order_does_not_count_itself(self):
        self._agreement(self._wood_line("year", {100: 10}))
        order = self._sold(self.wood, 150, "2026-06-15")
        order.order_line.product_uom_qty = 160
        self.assertEqual(order.order_line.price_unit, 10.0)

    def test_the_last_hour_of_the_year_in_the_time_of_the_company(self):
        self._agreement(self._wood_line("year", {100: 10}))
        order = self._sold(self.wood, 100, "2025-12-31")
        # 23:30 UTC is half past midnight in Utrecht: the new year.
        order.date_order = datetime(2025, 12, 31, 23, 30)
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 9.0)
        order.date_order = datetime(2025, 12, 31, 22, 30)
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)

    def test_invoiced_money_less_credit_notes_counts(self):
        self._agreement(
            self._wood_line("year", {1000: 10}, measure="amount"),
            volume_source="invoiced",
        )
        self._sold(self.wood, 500, "2026-02-01", price=10.0)
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)
        move = self._sold(self.wood, 100, "2026-02-01", price=10.0, invoice=True)
        line = self._quote((self.wood, 1)).order_line
        self.assertEqual(line.price_unit, 9.0)
        self.assertIn(
            "1,000.00 in the year", line.o2c_price_explanation["steps"][-1]["label"]
        )
        credit = move._reverse_moves([{"invoice_date": "2026-03-01"}])
        credit.invoice_line_ids.quantity = 1
        credit.action_post()
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)

    def test_money_of_other_currencies_counts_in_that_of_the_company(self):
        usd = self._usd(2.0)
        self.wood.company_id = self.company  # its price is in euro
        self._agreement(self._wood_line("year", {1000: 10}, measure="amount"))
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        pricelist = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": usd.id}
        )
        order = self._quote((self.wood, 100), pricelist_id=pricelist.id)
        order.order_line.price_unit = 19.99
        order.action_confirm()
        order.date_order = datetime(2026, 2, 1, 10)
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)
        order.order_line.price_unit = 20.0
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 9.0)

    def _usd(self, rate):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "name": "2020-01-01",
                "rate": rate,
                "company_id": self.company.id,
            }
        )
        return usd

    def test_the_year_of_the_agreement_begins_with_it(self):
        self._agreement(
            self._wood_line("year", {100: 10}),
            date_from="2024-05-01",
            volume_year="agreement",
        )
        self._sold(self.wood, 100, "2026-04-30")
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)
        self._sold(self.wood, 100, "2026-05-01")
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 9.0)

    def test_a_holding_buys_together(self):
        self.corporate.parent_id = self.sme
        agreement = self._agreement(
            self._wood_line("year", {100: 10}), partner_id=self.sme.id
        )
        self._sold(self.wood, 60, "2026-02-01")
        self._sold(self.wood, 40, "2026-02-01", partner=self.corporate)
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 9.0)
        quote = self._quote((self.wood, 1), partner=self.corporate)
        self.assertEqual(quote.order_line.price_unit, 9.0)
        agreement.subsidiaries = False
        self.assertEqual(self._quote((self.wood, 1)).order_line.price_unit, 10.0)

    def test_orders_of_one_call_ask_what_was_bought_in_one_statement(self):
        self._agreement(self._wood_line("year", {100: 10}))
        self._sold(self.wood, 100, "2026-02-01")
        quotes = self._quote((self.wood, 1), (self.plank, 1))
        quotes += self._quote((self.wood, 1), partner=self.corporate)
        asked = []
        agreements = self.registry["o2c.price.agreement"]
        read = agreements._bought

        def spy(this, windows, company):
            asked.append(len(windows))
            return read(this, windows, company)

        self.patch(agreements, "_bought", spy)
        quotes.order_line._o2c_ask_again()
        self.assertEqual(asked[0], 2)
        self.assertLessEqual(len(asked), 3, "price, discount and trace: once each")
        self.assertEqual(quotes.order_line.mapped("price_unit"), [9.0, 18.0, 10.0])

    def test_money_is_counted_for_the_year_only(self):
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self._agreement(self._wood_line("order", {100: 10}, measure="amount"))
            self.env.flush_all()
