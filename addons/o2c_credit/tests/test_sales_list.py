"""Sell more and talk first: what a seller reads, and what he does not."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestSalesList(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls.env["o2c.sales.list"]
        cls.sme.user_id = cls.seller
        cls._figures(cls.sme, grade="A", headroom=4200)

    @classmethod
    def _figures(cls, partner, **values):
        figures = cls.env["o2c.customer.snapshot"].sudo()
        figures.search([("partner_id", "=", partner.id)]).unlink()
        return figures.create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "as_of": cls.today,
                "limit_kind": "amount",
                **values,
            }
        )

    def _row(self, partner, user=None):
        rows = self.rows.with_user(user or self.seller)
        return rows.search([("partner_id", "=", partner.id)])

    def test_a_good_customer_without_recent_order_can_buy_more(self):
        row = self._row(self.sme)
        self.assertEqual(row.kind, "sell_more")
        self.assertIn("4,200", row.words)
        for values in (
            {"grade": "C", "headroom": 4200},
            {"grade": "A", "headroom": 0},
            {"grade": "A", "headroom": 10, "limit_kind": "none"},
            {"grade": "A", "headroom": 10, "last_order_on": self.today},
            {"grade": "A", "headroom": 10, "open_holds": 1},
        ):
            self._figures(self.sme, **values)
            self.assertFalse(self._row(self.sme), values)

    def test_so_many_days_without_order_is_exact(self):
        days = self.company.o2c_sell_more_days
        for ago, found in ((days, True), (days - 1, False)):
            day = self.today - timedelta(days=ago)
            self._figures(self.sme, grade="B", headroom=5, last_order_on=day)
            self.assertEqual(bool(self._row(self.sme)), found)

    def test_the_night_writes_the_day_of_the_last_order(self):
        order = self._quote(self.sme, 100)
        order.action_confirm()
        self.profiles._rescore(self.company, self.today, self.sme.ids)
        snapshot = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id)]
        )
        self.assertEqual(snapshot.last_order_on, self.today)

    def test_trouble_counts_only_while_something_runs(self):
        late = {"overdue": 1200, "overdue_days": 34, "grade": "A", "headroom": 9}
        self._figures(self.sme, **late)
        self.assertFalse(self._row(self.sme))
        order = self._quote(self.sme, 50)
        row = self._row(self.sme)
        self.assertEqual((row.kind, row.open_orders), ("talk_first", 1))
        self.assertIn("1,200", row.words)
        self.assertIn("34", row.words)
        action = row.action_running_orders()
        self.assertEqual(self.env["sale.order"].search(action["domain"]), order)
        order.action_cancel()
        self.assertFalse(self._row(self.sme))

    def test_over_the_limit_and_insolvent_are_said_in_plain_words(self):
        self._quote(self.sme, 50)
        self._figures(self.sme, over_limit=800)
        self.assertIn("800", self._row(self.sme).words)
        self._figures(self.sme, insolvent=True, bureau_score=3)
        self.assertIn("Insolvent", self._row(self.sme).words)

    def test_a_little_late_is_no_trouble(self):
        self._quote(self.sme, 50)
        days, amount = self.company.o2c_overdue_days, self.company.o2c_overdue_amount
        self._figures(self.sme, overdue=amount + 1, overdue_days=days, grade="D")
        self.assertFalse(self._row(self.sme))
        self._figures(self.sme, overdue=amount + 1, overdue_days=days + 1, grade="D")
        self.assertTrue(self._row(self.sme))

    def test_sellers_see_their_own_customers_only(self):
        other = self._user("seller2", "sales_team.group_sale_salesman")
        self.assertTrue(self._row(self.sme))
        self.assertFalse(self._row(self.sme, other))
        leader = self._user("leader", "sales_team.group_sale_salesman_all_leads")
        self.assertTrue(self._row(self.sme, leader))
        self.assertTrue(self._row(self.sme, self.controller))

    def test_nobody_reads_raw_data_through_the_list(self):
        for name in ("bureau_score", "score", "reasons", "confidence", "days_late"):
            self.assertNotIn(name, self.rows._fields)
        with self.assertRaises(AccessError):
            self._row(self.sme).write({"headroom": 1})
        accountant = self._user("accountant", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self._row(self.sme, accountant)

    def test_another_company_sees_nothing_and_off_shows_nothing(self):
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        stranger = self._user("stranger", "sales_team.group_sale_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self._row(self.sme, stranger))
        self._switch("off", "credit")
        self.assertFalse(self._row(self.sme))

    def test_the_badge_stands_on_the_quotation_of_any_company(self):
        order = self._quote(self.sme, 100)
        seen = order.with_user(self.seller)
        self.assertIn("1,000", seen.o2c_credit_line)
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        self.env.user.company_ids += other
        order.invalidate_recordset()
        self.assertIn("1,000", order.with_company(other).o2c_credit_line)

    def test_badges_of_a_page_of_quotations_cost_the_same_queries(self):
        orders = self._quote(self.sme, 100)
        for number in range(10):
            partner = self._customer(f"Proef {number} B.V.", "sme")
            orders |= self._quote(partner, 100)

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.seller).mapped("o2c_credit_line")
            return self.env.cr.sql_log_count - before

        cost(orders)
        one = cost(orders[0])
        self.assertLessEqual(cost(orders), one + 2)

    def test_badges_of_a_page_cost_the_same_queries(self):
        partners = self.sme | self.corporate | self.consumer | self.public_body
        names = ("o2c_grade", "o2c_headroom", "o2c_overdue", "o2c_credit_line")

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            records = records.with_user(self.seller)
            before = self.env.cr.sql_log_count
            for name in names:
                records.mapped(name)
            return self.env.cr.sql_log_count - before

        cost(partners)
        one = cost(self.sme)
        self.assertLessEqual(cost(partners), one + 1)

    def test_only_sellers_open_it_on_their_own_customers(self):
        for kind in ("more", "talk"):
            credit = self.env.ref(f"o2c_credit.o2c_sales_list_menu_{kind}").action
            sales = self.env.ref(f"o2c_credit.o2c_sales_list_menu_{kind}_sale").action
            self.assertNotIn("my_customers", credit.context)
            self.assertIn("my_customers", sales.context)
            self.assertEqual(credit.domain, sales.domain)
            self.assertIn("leaves others out", credit.help)
