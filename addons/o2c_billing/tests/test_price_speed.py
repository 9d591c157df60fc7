"""Prices of many lines ask few questions."""

from odoo import Command
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceSpeed(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.articles = cls.env["product.product"].create(
            [
                {
                    "name": f"P{number}",
                    "list_price": 10 + number,
                    "categ_id": cls.categ_deep.id,
                }
                for number in range(100)
            ]
        )
        cls.env.user.group_ids += cls.env.ref("product.group_product_pricelist")
        cls.pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Two rules",
                "item_ids": [
                    Command.create(
                        {
                            "applied_on": "3_global",
                            "compute_price": "percentage",
                            "percent_price": 10,
                        }
                    ),
                    Command.create(
                        {
                            "applied_on": "2_product_category",
                            "categ_id": cls.categ.id,
                            "min_quantity": 5,
                            "compute_price": "percentage",
                            "percent_price": 20,
                        }
                    ),
                ],
            }
        )
        cls._agreement(
            *(
                {"product_id": article.id, "fixed_price": 9.0, "tiers": {10: 8.0}}
                for article in cls.articles[:50]
            ),
            {"step": "discount", "computation": "percentage", "percentage": 1},
            {
                "categ_id": cls.categ.id,
                "step": "discount",
                "computation": "percentage",
                "percentage": 0,
                "basis": "year",
                "tiers": {100: 2},
            },
            partner_id=cls.sme.id,
        )
        cls.env["o2c.price.floor"].create(
            {
                "name": "Ondergrens",
                "company_id": cls.company.id,
                "by_margin": True,
                "margin": 0,
            }
        )

    def setUp(self):
        super().setUp()
        # Core asks for the analytic accounts of each line; that is not about prices.
        models = self.registry["account.analytic.distribution.model"]
        self.patch(models, "_get_distribution", lambda this, vals: {})

    def _queries(self, work):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        before = self.env.cr.sql_log_count
        work()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _make(self, count):
        def work():
            self.env["sale.order"].create(
                {
                    "partner_id": self.sme.id,
                    "pricelist_id": self.pricelist.id,
                    "order_line": [
                        Command.create(
                            {"product_id": article.id, "product_uom_qty": 1 + number}
                        )
                        for number, article in enumerate(self.articles[:count])
                    ],
                }
            )

        return self._queries(work)

    def test_a_hundred_lines_cost_hardly_more_queries_than_one(self):
        self._make(1)
        one, hundred = self._make(1), self._make(100)
        # Core alone asks four times per line for the rules of the pricelist.
        self.assertLessEqual(hundred, one + 15)

    def test_our_prices_cost_a_fixed_number_of_queries_beyond_core(self):
        self._make(1)
        live = self._make(100)
        self._switch("off", "billing")
        off = self._make(100)
        self.assertLessEqual(live, off + 15)

    def test_asking_again_costs_the_same_for_a_hundred_lines_as_for_ten(self):
        def again(count):
            order = self.env["sale.order"].create(
                {
                    "partner_id": self.sme.id,
                    "pricelist_id": self.pricelist.id,
                    "order_line": [
                        Command.create({"product_id": article.id})
                        for article in self.articles[:count]
                    ],
                }
            )
            return self._queries(order._recompute_prices)

        again(1)
        ten, hundred = again(10), again(100)
        self.assertLessEqual(hundred, ten + 10)

    def test_a_catalogue_of_a_hundred_articles_is_one_round(self):
        order = self._order(self.sme, [], pricelist_id=self.pricelist.id)

        def show(count):
            return self._queries(
                lambda: order._get_product_catalog_order_data(self.articles[:count])
            )

        show(1)
        ten, hundred = show(10), show(100)
        self.assertLessEqual(hundred, ten + 5)
