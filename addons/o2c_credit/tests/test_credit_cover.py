"""Insurance, guarantees and deposits are taken off what a customer uses."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestCreditCover(LimitCommon):
    def _cover(self, amount, kind="guarantee", **values):
        return self.env["o2c.credit.cover"].create(
            {
                "profile_id": self.profile.id,
                "kind": kind,
                "amount": amount,
                "date_from": self.today - timedelta(days=30),
                **values,
            }
        )

    def _covered(self, days=0):
        return float(self._facts(today=self.today + timedelta(days=days)).cover)

    def test_valid_cover_lets_a_customer_order_more(self):
        self.assertEqual(self._quote(self.sme, 1500)._o2c_verdict().verdict, "hold")
        self._cover(500)
        order = self._quote(self.sme, 1500)
        self.assertEqual(order._o2c_verdict().verdict, "pass")
        self.assertEqual(float(order._o2c_verdict().headroom), 1500)
        self.assertIn("Covered", order.o2c_verdict_card)
        self.assertEqual(self._quote(self.sme, 1501)._o2c_verdict().verdict, "hold")
        self.profile.invalidate_recordset()
        self.assertEqual(self.profile.headroom_today, 1500)
        self.assertEqual(self.profile.cover_amount, 500)

    def test_who_pays_up_front_orders_up_to_his_deposit(self):
        self._limit(self.sme, "cash")
        self._cover(400, kind="deposit")
        self.assertEqual(self._quote(self.sme, 400)._o2c_verdict().verdict, "pass")
        over = self._quote(self.sme, 401)._o2c_verdict()
        self.assertEqual((over.codes, float(over.to_pay)), (("cash_only",), 1))

    def test_the_last_day_is_covered_and_the_day_after_is_not(self):
        self._cover(500, date_until=self.today + timedelta(days=3))
        self.assertEqual([self._covered(days) for days in (0, 3, 4)], [500, 500, 0])

    def test_after_the_stop_date_a_new_order_has_no_cover(self):
        cover = self._cover(
            500, kind="insurance", stop_date=self.today + timedelta(days=2)
        )
        self.assertEqual([self._covered(days) for days in (2, 3)], [500, 0])
        cover.stop_date = self.today - timedelta(days=1)
        self.assertEqual(self._quote(self.sme, 1500)._o2c_verdict().verdict, "hold")
        self.assertEqual(cover.amount_today, 0)
        self.assertTrue(cover.why_nothing)
        self.assertEqual(self.profile.cover_amount, 0)

    def test_an_insurer_accepts_only_so_much_delay(self):
        self._cover(500, kind="insurance", overdue_days=60)
        self._invoice(self.sme, 90, self.today - timedelta(days=200))
        self.assertEqual(self._covered(), 500, "small arrears do not count")
        self.company.o2c_overdue_amount = 50
        self.assertEqual(self._covered(), 0)

    def test_cover_in_dollars_counts_at_the_rate_of_the_day(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "=", usd.id)]).unlink()
        rates.create(
            {
                "currency_id": usd.id,
                "name": self.today,
                "rate": 2.0,
                "company_id": False,
            }
        )
        cover = self._cover(500, currency_id=usd.id)
        self.assertEqual(self._covered(), 250)
        self.assertEqual(cover.amount_today, 250)

    def test_the_night_puts_cover_into_the_figures(self):
        self._cover(500)
        self._invoice(self.sme, 1200, self.today)
        self.profiles._rescore(self.company, self.today)
        figures = self.env["o2c.customer.snapshot"].search(
            [("partner_id", "=", self.sme.id), ("company_id", "=", self.company.id)]
        )
        self.assertEqual((figures.cover, figures.headroom), (500, 300))
        self.assertEqual(figures.over_limit, 0)

    def test_archived_cover_and_cover_elsewhere_count_for_nothing(self):
        cover = self._cover(500)
        cover.active = False
        self.assertEqual(self._covered(), 0)
        self.assertEqual(self.profile.cover_amount, 0)
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        self.env["o2c.credit.cover"].sudo().create(
            {
                "profile_id": self.profiles._ensure(other, self.sme).id,
                "amount": 700,
                "date_from": self.today,
            }
        )
        self.assertEqual(self._covered(), 0)
        self.assertEqual(float(self._facts(company=other).cover), 700)

    def test_cover_asks_the_authority_of_a_limit(self):
        covers = self.env["o2c.credit.cover"]
        vals = {"profile_id": self.profile.id, "amount": 10000}
        mine = covers.with_user(self.controller).create(vals)
        with self.assertRaises(AccessError):
            covers.with_user(self.controller).create({**vals, "amount": 10001})
        with self.assertRaises(AccessError):
            mine.with_user(self.controller).amount = 20000
        mine.with_user(self.manager).amount = 20000
        with self.assertRaises(AccessError):
            mine.with_user(self.controller).unlink()

    def test_another_company_does_not_see_the_cover(self):
        cover = self._cover(500)
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        with self.assertRaises(AccessError):
            cover.with_user(stranger).read(["amount"])
