"""Discounts that exclude each other, minimum prices and margins, decimals."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceFloor(BillingCommon):
    def _line(self, quantity=1, product=None, **values):
        return self._order(
            self.sme, [(product or self.wood, quantity, None)], **values
        ).order_line

    def _floor(self, **values):
        return self.env["o2c.price.floor"].create(
            {"name": "Ondergrens", "company_id": self.company.id, **values}
        )

    def _off(self, percentage, **values):
        return {
            "step": "discount",
            "computation": "percentage",
            "percentage": percentage,
            **values,
        }

    def _codes(self, line):
        return [step["code"] for step in line.o2c_price_trace["steps"]]

    # Discounts that exclude

    def test_of_excluding_discounts_the_best_counts_and_others_stack(self):
        group = self.env["o2c.discount.exclusion"].create({"name": "Acties"})
        own = {"exclusion_id": group.id}
        self._agreement(self._off(5, **own), self._off(8, **own), self._off(1))
        self.assertEqual(self._line().price_unit, 9.11)
        group.pick = "first"
        self.assertEqual(self._line().price_unit, 9.41)

    # Minimum price

    def test_discounts_stop_at_the_minimum_price(self):
        self._agreement(self._off(30))
        self._floor(categ_id=self.categ.id, by_amount=True, amount=8.0)
        line = self._line()
        self.assertEqual(line.price_unit, 8.0)
        self.assertEqual(self._codes(line), ["base", "discount", "minimum"])
        why = line.o2c_price_explanation["steps"][-1]["label"]
        self.assertEqual(why, "Lifted to the minimum of Ondergrens")
        self.assertFalse(line.o2c_below_floor)

    def test_the_most_precise_minimum_counts(self):
        self._agreement(self._off(100))
        self._floor(by_amount=True, amount=5.0)
        self._floor(product_id=self.wood.id, by_amount=True, amount=2.0)
        self.assertEqual(self._line().price_unit, 2.0)
        self.assertEqual(self._line(product=self.hour).price_unit, 5.0)

    def test_a_full_discount_is_free_without_a_minimum(self):
        self._agreement(self._off(100))
        self.assertEqual(self._line().price_unit, 0.0)

    def test_a_promise_to_the_customer_stands_unless_the_minimum_says_otherwise(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 7.0},
            self._off(50),
            partner_id=self.sme.id,
        )
        floor = self._floor(by_amount=True, amount=8.0)
        line = self._line()
        self.assertEqual(line.price_unit, 7.0)
        self.assertTrue(line.o2c_below_floor)
        self.assertIn("Below the minimum", line.o2c_price_explanation["note"])
        floor.promises = True
        self.assertEqual(self._line().price_unit, 8.0)

    def test_a_list_price_below_the_minimum_is_lifted_too(self):
        self._floor(by_amount=True, amount=12.0)
        self.assertEqual(self._line().price_unit, 12.0)

    def test_a_minimum_holds_in_its_days_and_while_it_is_kept(self):
        floor = self._floor(by_amount=True, amount=12.0, date_to="2026-03-31")
        day = "2026-03-31 10:00:00"
        self.assertEqual(self._line(date_order=day).price_unit, 12.0)
        day = "2026-04-01 10:00:00"
        self.assertEqual(self._line(date_order=day).price_unit, 10.0)
        floor.date_to = False
        floor.active = False
        self.assertEqual(self._line(date_order=day).price_unit, 10.0)

    def test_a_refund_of_a_fee_has_no_minimum(self):
        fee = self._article("Statiegeld terug", -5.0)
        self._floor(by_amount=True, amount=1.0)
        self.assertEqual(self._line(product=fee).price_unit, -5.0)

    # Margin

    def test_the_margin_is_a_share_of_the_price_over_cost(self):
        self.wood.standard_price = 8.0
        self._agreement(self._off(30))
        self._floor(by_margin=True, margin=10.0)
        line = self._line()
        # 8 / 0.9 = 8.888…, rounded up: never below the margin
        self.assertEqual(line.price_unit, 8.89)
        self.assertEqual(self._codes(line), ["base", "discount", "margin"])

    def test_the_higher_of_amount_and_margin_holds(self):
        self.wood.standard_price = 8.0
        self._agreement(self._off(30))
        floor = self._floor(by_margin=True, by_amount=True, amount=9.5)
        self.assertEqual(self._line().price_unit, 9.5)
        floor.amount = 7.0
        self.assertEqual(self._line().price_unit, 8.0)

    def test_the_margin_follows_currency_and_unit(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "name": "2020-01-01",
                "rate": 2.0,
                "company_id": self.company.id,
            }
        )
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        pricelist = self.env["product.pricelist"].create(
            {"name": "USD", "currency_id": usd.id}
        )
        self.wood.standard_price = 8.0
        self._agreement(self._off(50))
        self._floor(by_margin=True, margin=0.0)
        line = self._line(pricelist_id=pricelist.id)
        self.assertEqual(line.price_unit, 16.0)
        line.product_uom_id = self.env.ref("uom.product_uom_dozen")
        self.assertEqual(line.price_unit, 192.0)

    def test_a_margin_on_prices_with_vat_leaves_the_vat_out(self):
        tax = self.env["account.tax"].create(
            {
                "name": "21% incl.",
                "amount": 21.0,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.wood.write({"taxes_id": [(6, 0, tax.ids)], "standard_price": 8.0})
        self._agreement(self._off(50))
        self._floor(by_margin=True, margin=0.0)
        self.assertEqual(self._line().price_unit, 9.68)

    def test_an_article_without_a_cost_is_not_judged_by_margin(self):
        self._agreement(self._off(30))
        self._floor(by_margin=True, margin=10.0)
        self.assertEqual(self._line().price_unit, 7.0)

    # By hand

    def test_a_price_by_hand_below_the_minimum_is_seen_and_not_changed(self):
        self._floor(by_amount=True, amount=8.0)
        line = self._line()
        line.price_unit = 7.99
        self.assertTrue(line.o2c_below_floor)
        self.assertEqual(line.o2c_price_explanation["tone"], "danger")
        self.assertEqual(line.order_id.o2c_below_floor, 1)
        line.price_unit = 8.0
        self.assertFalse(line.o2c_below_floor)
        line.discount = 1
        self.assertTrue(line.o2c_below_floor)

    def test_the_invoice_knows_that_it_is_below_the_minimum(self):
        self._floor(by_amount=True, amount=8.0)
        line = self._line(3)
        line.price_unit = 7.5
        line.order_id.action_confirm()
        line.qty_delivered = 3
        invoice = line.order_id._create_invoices()
        self.assertTrue(invoice.invoice_line_ids.o2c_below_floor)
        invoice.flush_recordset()
        self.env.cr.execute(
            "SELECT (o2c_price_trace ->> 'floor')::numeric > price_unit"
            "  FROM account_move_line WHERE id = %s",
            invoice.invoice_line_ids.ids,
        )
        self.assertTrue(self.env.cr.fetchone()[0])

    def test_a_minimum_says_what_it_is_a_minimum_of(self):
        with self.assertRaises(ValidationError):
            self._floor()
        with self.assertRaises(ValidationError):
            self._floor(by_margin=True, product_id=self.wood.id, categ_id=self.categ.id)

    # Decimals

    def test_unit_prices_have_as_many_decimals_as_the_company_wants(self):
        self._agreement({"product_id": self.wood.id, "fixed_price": 0.12345})
        self.assertEqual(self._line().price_unit, 0.12)
        self.company.o2c_price_decimals = "4"
        line = self._line(10000)
        self.assertEqual(line.price_unit, 0.1235)
        self.assertEqual(line.price_subtotal, 1235.0)
        line.invalidate_recordset()
        self.assertEqual(line.price_unit, 0.1235, "kept, not only computed")
        line.order_id.action_confirm()
        line.qty_delivered = 10000
        invoice = line.order_id._create_invoices()
        invoice.invoice_line_ids.invalidate_recordset()
        self.assertEqual(invoice.invoice_line_ids.price_unit, 0.1235)
        self.assertEqual(invoice.amount_untaxed, 1235.0)

    def test_an_agreement_can_have_its_own_decimals(self):
        agreement = self._agreement(
            {"product_id": self.wood.id, "fixed_price": 0.12345}, price_decimals="5"
        )
        self.assertEqual(self._line().price_unit, 0.12345)
        agreement.price_decimals = "0"
        self.assertEqual(self._line().price_unit, 0.0)

    def test_settings_say_how_our_decimals_and_those_of_odoo_go_together(self):
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.o2c_price_decimals_note)
        settings.o2c_price_decimals = "4"
        self.assertIn("list prices are kept in 2", settings.o2c_price_decimals_note)
        settings.o2c_price_decimals = "0"
        self.assertIn("rounded to 0", settings.o2c_price_decimals_note)
