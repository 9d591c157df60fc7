"""What goes wrong in other add-ons for credit, proved not to go wrong here.

The numbers are those of the list of failures measured elsewhere (doc/testing.md).
**b3**, two sessions that each see the old balance, needs real transactions side by
side: ``tests/process/test_credit_race.py`` (with the older snapshot too) and
``test_eight_sessions.py``. **b4** and **b6**, what a customer or a seller does from
outside, are in ``test_peer_defects_outside.py``. The others are here.
"""

from decimal import Decimal

from odoo import Command
from odoo.tests import tagged

from .common import CreditCommon


class PeerCommon(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        cls.env["res.currency.rate"].search([("currency_id", "=", cls.usd.id)]).unlink()
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.usd.id,
                "name": "2020-01-01",
                "rate": 2.0,
                "company_id": cls.company.id,
            }
        )

    def _total(self, partner=None):
        exposure = self._exposure_of(partner or self.sme)
        return exposure.total if exposure else Decimal(0)

    def _queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestPeerDefects(PeerCommon):
    # ------------------------------------------------------------------ money

    def test_b1_foreign_invoices_and_drafts_count_at_their_worth_not_half(self):
        self._invoice(self.sme, 1000, self.today, currency_id=self.usd.id)
        self.assertEqual(self._total(), 500, "1,000 USD at two to the euro")
        self._invoice(self.sme, 400, self.today, currency_id=self.usd.id, post=False)
        self.assertEqual(self._total(), 700)

    def test_b1_the_other_way_round_a_limit_in_other_money(self):
        profile = self._limit(self.sme, 1000)
        profile.limit_currency_id = self.usd
        self._quote(self.sme, 500).action_confirm()
        order = self._quote(self.sme, 1)
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id, "1,000 USD are 500 of ours")

    def test_b7_down_payments_are_counted_once_all_the_way(self):
        self._limit(self.sme, None)
        order = self._quote(self.sme, 1000)
        order.action_confirm()
        wizard = self.env["sale.advance.payment.inv"].create(
            {
                "sale_order_ids": [Command.set(order.ids)],
                "advance_payment_method": "percentage",
                "amount": 50,
            }
        )
        down = wizard._create_invoices(order)
        down.action_post()
        self.assertEqual(self._total(), 1000, "not 1,500")
        self._pay(down)
        self.assertEqual(self._total(), 500, "not 1,000")
        final = order._create_invoices(final=True)
        final.action_post()
        self.assertEqual(self._total(), 500)
        self._pay(final)
        self.assertEqual(self._total(), 0)

    def test_b8_no_limit_zero_and_an_amount_are_three_things(self):
        self._limit(self.sme, None)
        free = self._quote(self.sme, 99999)
        free.action_confirm()
        self.assertEqual(free.state, "sale")
        self.assertEqual(free.o2c_verdict, False)
        self._limit(self.corporate, "cash")
        cash = self._quote(self.corporate, 10)
        cash.action_confirm()
        self.assertEqual(cash.o2c_hold_id.reasons[0]["code"], "cash_only")
        self.assertEqual(self.corporate.with_company(self.company).credit_limit, 0.01)
        self.assertEqual(self.sme.with_company(self.company).credit_limit, 0)

    def test_b8_everything_counts_without_ticking_boxes(self):
        self._invoice(self.sme, 300, self.today)
        self._invoice(self.sme, 300, self.today, post=False)
        self._quote(self.sme, 300).action_confirm()
        order = self._quote(self.sme, 101)
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id)

    # ----------------------------------------------------------- several at once

    def test_b2_a_batch_is_judged_together_and_the_good_ones_go(self):
        one, two = self._quote(self.sme, 600), self._quote(self.sme, 600)
        good = self._quote(self.corporate, 5000)
        (one | two | good).with_user(self.seller).action_confirm()
        self.assertEqual((one | two | good).mapped("state"), ["sale", "draft", "sale"])
        self.assertEqual(two.o2c_hold_id.to_pay, 200)
        self.assertLessEqual(self._total(), 1000)

    def test_b2_the_over_limit_one_first_does_not_keep_the_rest(self):
        bad, good = self._quote(self.sme, 5000), self._quote(self.corporate, 10)
        (bad | good).action_confirm()
        self.assertEqual((bad.state, good.state), ("draft", "sale"))

    def test_b9_the_company_is_that_of_the_order_whatever_is_ticked(self):
        other = self.setup_other_company(name="Ander B.V.")["company"]
        self.seller.company_ids |= other
        self._quote(self.sme, 700).action_confirm()
        for active in (self.company, other, self.company | other):
            env = self.env(context={"allowed_company_ids": active.ids})
            profiles = env["o2c.risk.profile"]
            self.assertEqual(
                profiles._exposure(self.company, self.sme.ids)[self.sme.id].total, 700
            )
            self.assertFalse(profiles._exposure(other, self.sme.ids))
        order = self._quote(self.sme, 301)
        order.with_company(other).with_user(self.seller).action_confirm()
        self.assertTrue(order.o2c_hold_id)

    # --------------------------------------------------------------- growing

    def test_b5_a_confirmed_order_does_not_grow_past_the_limit(self):
        order = self._quote(self.sme, 900)
        order.action_confirm()
        order.with_user(self.seller).order_line.price_unit = 9000
        hold = order.o2c_hold_id
        self.assertEqual((hold.kind, hold.to_pay), ("growth", 8000))
        self.assertTrue(hold.activity_ids)

    # ----------------------------------------------------------------- speed

    def test_b17_as_many_statements_for_thirty_customers_as_for_one(self):
        many = self.env["res.partner"].create(
            [{"name": f"Klant {number}", "is_company": True} for number in range(30)]
        )
        for partner in many:
            self._invoice(partner, 100, self.today)
        few = self._queries(lambda: self.profiles._exposure(self.company, self.sme.ids))
        all_of_them = self._queries(lambda: self.profiles._exposure(self.company))
        self.assertEqual(few, all_of_them)

    def test_b17_the_list_over_the_limit_asks_the_database_not_every_customer(self):
        self._invoice(self.sme, 5000, self.today)
        self.profiles._rescore(self.company, self.today)
        over = self.env["o2c.customer.snapshot"].with_user(self.controller)
        self.assertEqual(over.search([("over_limit", ">", 0)]).partner_id, self.sme)
        self.assertLessEqual(
            self._queries(lambda: over.search([("over_limit", ">", 0)]).ids), 12
        )

    def test_b17_nothing_is_written_on_customers_by_a_sale(self):
        before = self.sme.write_date
        self._quote(self.sme, 100).action_confirm()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.sme.write_date, before)
