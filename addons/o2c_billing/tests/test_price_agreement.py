"""Agreed prices on quotes, in the catalogue and on invoices."""

from datetime import datetime

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceAgreement(BillingCommon):
    def _line(self, quantity=1, partner=None, product=None, **values):
        order = self._order(
            partner or self.sme, [(product or self.wood, quantity, None)], **values
        )
        return order.order_line

    def _why(self, line):
        return [step["label"] for step in line.o2c_price_explanation["steps"]]

    def test_the_customer_pays_the_tier_he_reaches(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {100: 8.5}},
            partner_id=self.sme.id,
        )
        self.assertEqual(self._line(99).price_unit, 9.0)
        self.assertEqual(self._line(100).price_unit, 8.5)
        self.assertEqual(self._line(100, partner=self.corporate).price_unit, 10.0)

    def test_changing_the_quantity_asks_the_price_again(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {100: 8.5}},
            partner_id=self.sme.id,
        )
        line = self._line(1)
        line.product_uom_qty = 150
        self.assertEqual(line.price_unit, 8.5)
        self.assertIn("100", self._why(line)[-1])

    def test_a_price_for_all_variants_of_an_article(self):
        """Also for one that comes later; the line of one variant goes before it."""
        size = self.env["product.attribute"].create({"name": "Maat"})
        names = ("2 m", "3 m", "4 m")
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": size.id} for name in names]
        )
        board = self.env["product.template"].create(
            {
                "name": "Plank",
                "list_price": 20.0,
                "taxes_id": [Command.clear()],
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": size.id,
                            "value_ids": [Command.set(values[:2].ids)],
                        }
                    )
                ],
            }
        )
        two, three = board.product_variant_ids
        agreement = self._agreement(
            {"product_tmpl_id": board.id, "fixed_price": 18.0},
            {"product_id": three.id, "fixed_price": 17.0},
            partner_id=self.sme.id,
        )
        self.assertEqual(self._line(product=two).price_unit, 18.0)
        self.assertEqual(self._line(product=three).price_unit, 17.0)
        self.assertEqual(self._line().price_unit, 10.0)
        board.attribute_line_ids.value_ids |= values[2]
        four = board.product_variant_ids - two - three
        self.assertEqual(self._line(product=four).price_unit, 18.0)
        self.assertEqual(agreement.line_ids[0].display_name, "Plank")
        with self.assertRaises(ValidationError):
            agreement.line_ids[0].product_id = two

    def test_a_contact_of_the_customer_gets_the_price_of_the_customer(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0}, partner_id=self.sme.id
        )
        self.assertEqual(self._line(partner=self.sme_contact).price_unit, 9.0)

    def test_customer_before_segment_before_everyone(self):
        line = {"product_id": self.wood.id, "fixed_price": 9.0}
        self._agreement(line)
        self.assertEqual(self._line().price_unit, 9.0)
        self._agreement(
            {**line, "fixed_price": 8.0}, segment_id=self.sme.o2c_segment_id.id
        )
        self.assertEqual(self._line().price_unit, 8.0)
        self._agreement({**line, "fixed_price": 9.9}, partner_id=self.sme.id)
        self.assertEqual(self._line().price_unit, 9.9)
        self.assertEqual(self._line(partner=self.corporate).price_unit, 9.0)

    def test_five_factors_decide_together(self):
        groups = self.env["o2c.discount.group"]
        article = groups.create({"name": "Hout", "scope": "article"})
        customer = groups.create({"name": "Bouw", "scope": "customer"})
        yearly = self.env["o2c.subscription.form"].create({"name": "Jaar"})
        self.wood.o2c_discount_group_id = article
        self.sme.o2c_discount_group_id = customer
        self._agreement(
            {"article_group_id": article.id, "fixed_price": 9.0},
            {
                "article_group_id": article.id,
                "customer_group_id": customer.id,
                "fixed_price": 8.0,
            },
            {
                "step": "discount",
                "computation": "percentage",
                "percentage": 10,
                "subscription_form_id": yearly.id,
            },
            {
                "step": "discount",
                "computation": "percentage",
                "percentage": -5,
                "kind": "service",
            },
        )
        self.assertEqual(self._line(partner=self.corporate).price_unit, 9.0)
        self.assertEqual(self._line().price_unit, 8.0)
        line = self._line(o2c_subscription_form_id=yearly.id)
        self.assertEqual(line.price_unit, 7.2)
        self.assertEqual(self._line(product=self.hour).price_unit, 63.0)

    def test_the_nearest_category_wins(self):
        self._agreement(
            {"categ_id": self.categ.id, "computation": "percentage", "percentage": 5},
            {
                "categ_id": self.categ_deep.id,
                "computation": "percentage",
                "percentage": 20,
            },
        )
        self.assertEqual(self._line().price_unit, 8.0)

    def test_a_price_holds_on_its_last_day_in_the_time_of_the_company(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0}, date_to="2026-03-31"
        )
        # 23:30 in Utrecht is 21:30 UTC; half an hour later it is 1 April there.
        last = self._line(date_order=datetime(2026, 3, 31, 21, 30))
        after = self._line(date_order=datetime(2026, 3, 31, 22, 30))
        self.assertEqual((last.price_unit, after.price_unit), (9.0, 10.0))

    def test_the_unit_of_the_line_is_respected(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {24: 8.0}}
        )
        order = self._order(self.sme, [])
        order.order_line = [
            Command.create(
                {
                    "product_id": self.wood.id,
                    "product_uom_id": dozen.id,
                    "product_uom_qty": 2,
                }
            )
        ]
        self.assertEqual(order.order_line.price_unit, 96.0)

    def test_the_catalogue_shows_the_price_of_the_order(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0}, partner_id=self.sme.id
        )
        order = self._order(self.sme, [])
        data = order._get_product_catalog_order_data(self.wood)
        self.assertEqual(data[self.wood.id]["price"], 9.0)
        info = order._get_product_catalog_order_line_info([self.wood.id])
        self.assertEqual(info[self.wood.id]["price"], 9.0)
        self.assertEqual(self._line().price_unit, 9.0)

    def test_a_pricelist_below_a_pricelist_is_discounted_once(self):
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        inner = self.env["product.pricelist"].create({"name": "Inner"})
        outer = self.env["product.pricelist"].create(
            {
                "name": "Outer",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "formula",
                            "base": "pricelist",
                            "base_pricelist_id": inner.id,
                            "price_discount": 10,
                        }
                    )
                ],
            }
        )
        self._agreement({"computation": "percentage", "percentage": 50})
        line = self._line(pricelist_id=outer.id)
        self.assertEqual(line.price_unit, 4.5)
        self.assertEqual(outer._get_product_price(self.wood, 1.0), 4.5)

    def test_a_manual_price_is_respected_and_marked(self):
        self._agreement({"product_id": self.wood.id, "fixed_price": 9.0})
        line = self._line()
        line.price_unit = 7.77
        line.product_uom_qty = 5
        self.assertEqual(line.price_unit, 7.77)
        self.assertTrue(line.o2c_price_trace["manual"])
        self.assertIn("by hand", line.o2c_price_explanation["title"])
        line.order_id.action_update_prices()
        self.assertEqual(line.price_unit, 7.77)
        line.action_o2c_agreed_price()
        self.assertEqual(line.price_unit, 9.0)
        self.assertFalse(line.o2c_price_trace["manual"])

    def test_a_changed_rule_leaves_the_old_reason_in_place(self):
        agreement = self._agreement({"product_id": self.wood.id, "fixed_price": 9.0})
        line = self._line()
        before = line.o2c_price_explanation
        agreement.line_ids.fixed_price = 5.0
        agreement.name = "Another name"
        agreement.action_close()
        self.env.invalidate_all()
        self.assertEqual(line.o2c_price_explanation, before)
        self.assertIn("Proefcontract", before["steps"][1]["label"])
        self.assertEqual(self._line().price_unit, 10.0)

    def test_the_invoice_keeps_the_reason_of_the_order(self):
        self._agreement({"product_id": self.wood.id, "fixed_price": 9.0})
        line = self._line(3)
        line.order_id.action_confirm()
        line.qty_delivered = 3
        invoice = line.order_id._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.o2c_price_trace, line.o2c_price_trace)
        self.assertEqual(invoice.amount_untaxed, 27.0)

    def test_watching_explains_and_changes_no_price(self):
        self._switch("watch", "billing")
        self._agreement({"product_id": self.wood.id, "fixed_price": 9.0})
        line = self._line()
        self.assertEqual(line.price_unit, 10.0)
        self.assertEqual(line.o2c_price_trace["steps"][-1]["amount"], "9.0")
        self.assertIn("Watching", line.o2c_price_explanation["title"])
        data = line.order_id._get_product_catalog_order_data(self.wood)
        self.assertEqual(data[self.wood.id]["price"], 10.0)

    def test_switched_off_nothing_is_priced_or_remembered(self):
        self._switch("off", "billing")
        self._agreement({"product_id": self.wood.id, "fixed_price": 9.0})
        line = self._line()
        self.assertEqual(line.price_unit, 10.0)
        self.assertFalse(line.o2c_price_trace)
        self.assertFalse(line.o2c_price_explanation)

    def test_an_agreement_of_another_company_says_nothing(self):
        other = self._create_company(name="Other")
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 1.0}, company_id=other.id
        )
        self.assertEqual(self._line().price_unit, 10.0)

    def test_a_fixed_price_speaks_for_its_own_currency_only(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 1.0}, currency_id=usd.id
        )
        self.assertEqual(self._line().price_unit, 10.0)

    def test_an_agreement_without_prices_does_not_start(self):
        with self.assertRaises(ValidationError):
            self._agreement()

    def test_prices_are_agreed_with_the_customer_not_a_contact(self):
        with self.assertRaises(ValidationError):
            self._agreement(
                {"fixed_price": 1.0}, partner_id=self.sme_contact.id, start=False
            )

    def test_many_lines_ask_a_bounded_number_of_queries(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {50: 8.0}}
        )

        def ask(count):
            products = self.env["product.product"].create(
                [{"name": f"P{i}", "list_price": i} for i in range(count)]
            )
            order = self._order(self.sme, [])
            self.env.flush_all()
            self.env.invalidate_all()
            self.env.registry.clear_cache()
            start = self.env.cr.sql_log_count
            order.order_line = [
                Command.create({"product_id": product.id, "product_uom_qty": 2})
                for product in products
            ]
            self.env.flush_all()
            return self.env.cr.sql_log_count - start

        ask(2)
        # Beyond core's own work per line, the agreements cost the same for 100
        # lines as for 10.
        self._switch("off", "billing")
        core_10, core_100 = ask(10), ask(100)
        self._switch("live", "billing")
        ours_10, ours_100 = ask(10), ask(100)
        self.assertLessEqual(ours_100 - core_100, max(ours_10 - core_10, 0) + 5)
