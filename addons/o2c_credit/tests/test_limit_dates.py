"""Limits start, end and are converted by the day, whatever job ran or did not."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.o2c_credit.hooks import uninstall_hook

from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestLimitDates(LimitCommon):
    def test_a_temporary_limit_counts_through_its_last_day_and_falls_back(self):
        change = self._propose(3000, date_until=self.today + timedelta(days=9))
        change.with_user(self.manager).action_approve()
        self.assertEqual(self.profile.limit_amount, 1000, "what was agreed stays")
        self.assertEqual(self._counts(0), ("amount", 3000))
        self.assertEqual(self._core(self.sme), 3000)
        # no job ran in between
        self.assertEqual(self._counts(9), ("amount", 3000))
        self.assertEqual(self._counts(10), ("amount", 1000))
        self.assertIn("until", self.profile.limit_words)

    def test_a_change_of_tomorrow_counts_tomorrow_without_any_job(self):
        change = self._propose(4000, date_from=self.today + timedelta(days=1))
        change.with_user(self.manager).action_approve()
        self.assertEqual(change.state, "approved")
        self.assertEqual(self._counts(0), ("amount", 1000))
        self.assertEqual(self._counts(1), ("amount", 4000))
        self.assertEqual(self._core(self.sme), 1000)

    def test_one_minute_past_midnight_in_the_company_the_new_limit_decides(self):
        # Amsterdam is an hour ahead: 23:01 in UTC is the day of the change there
        with freeze_time("2026-12-14 12:00:00"):
            change = self._propose(4000, date_from="2026-12-15")
            change.with_user(self.manager).action_approve()
            order = self._quote(self.sme, 3500)
        with freeze_time("2026-12-14 22:59:00"):
            order.invalidate_recordset()
            self.assertEqual(order._o2c_verdict().verdict, "hold")
        with freeze_time("2026-12-14 23:01:00"):
            order.invalidate_recordset()
            self.assertEqual(order._o2c_verdict().verdict, "pass")

    def test_the_job_writes_down_what_started_and_ended(self):
        later = self._propose(4000, date_from=self.today + timedelta(days=1))
        later.with_user(self.manager).action_approve()
        busy = self._propose(
            9000, source="alert", date_until=self.today + timedelta(days=1)
        )
        busy.with_user(self.manager).action_approve()
        self.assertEqual(self._core(self.sme), 9000)
        with self._on_day(1):
            self._job()
            self.assertEqual((later.state, busy.state), ("applied", "applied"))
            self.assertEqual(self.profile.limit_amount, 4000)
            self.assertEqual(self.profile.effective_limit, 9000, "temporary still")
        with self._on_day(2):
            self._job()
            self._job()  # twice is harmless
            self.assertEqual(busy.state, "ended")
            self.assertEqual(self.profile.effective_limit, 4000)
            self.assertEqual(self._core(self.sme), 4000)

    def test_cash_only_ends_a_temporary_limit(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self._propose(2000).with_user(self.manager).action_approve()
        self.assertEqual(self._counts(0), ("amount", 3000), "a raise leaves it alone")
        self._propose("cash").with_user(self.manager).action_approve()
        self.assertEqual(self._counts(0), ("cash", 0))
        self.assertEqual(self._core(self.sme), 0.01)

    def test_a_proposal_that_lay_around_counts_from_its_approval(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        old = self._propose("cash", date_from=self.today - timedelta(days=20))
        old.with_user(self.manager).action_approve()
        self.assertEqual(old.date_from, self.today)
        self.assertEqual(self._counts(0), ("cash", 0), "the temporary one ended")
        over = self._propose(
            4000,
            date_from=self.today - timedelta(days=9),
            date_until=self.today - timedelta(days=1),
        )
        with self.assertRaises(UserError):
            over.with_user(self.manager).action_approve()

    def test_a_limit_in_dollars_is_judged_in_euros_at_the_rate_of_the_day(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        rates = self.env["res.currency.rate"]
        rates.search([("currency_id", "=", usd.id)]).unlink()
        for days, rate in ((-30, 2.0), (1, 4.0)):
            rates.create(
                {
                    "currency_id": usd.id,
                    "name": self.today + timedelta(days=days),
                    "rate": rate,
                    "company_id": self.company.id,
                }
            )
        change = self._propose(8000, currency_id=usd.id)
        self.assertEqual(change.company_amount, 4000)
        change.with_user(self.manager).action_approve()
        self.assertEqual(self.profile.limit_amount, 8000)
        self.assertEqual(self.profile.agreed_currency_id, usd)
        self.assertEqual(self._counts(0), ("amount", 4000))
        self.assertEqual(self._counts(1), ("amount", 2000))
        self.assertEqual(self._core(self.sme), 4000)
        self.assertEqual(self._quote(self.sme, 4000)._o2c_verdict().verdict, "pass")
        self.assertEqual(self._quote(self.sme, 4001)._o2c_verdict().verdict, "hold")
        with self._on_day(1):
            self._job()
            self.assertEqual(self._core(self.sme), 2000)

    def test_switching_off_leaves_the_agreed_limit_in_core(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self.assertEqual(self._core(self.sme_contact), 3000)
        self._switch("off", "credit")
        self.assertEqual(self._core(self.sme), 1000)
        self.assertEqual(self._core(self.sme_contact), 1000)
        self._switch("live", "credit")
        self.assertEqual(self.profile.limit_amount, 1000)
        self.assertEqual(self._core(self.sme), 3000, "it still runs")

    def test_uninstalling_leaves_the_agreed_limit_in_core(self):
        self._propose(3000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        self._limit(self.corporate, "cash")
        uninstall_hook(self.env)
        self.assertEqual(self._core(self.sme), 1000)
        self.assertEqual(self._core(self.sme_contact), 1000)
        self.assertEqual(self._core(self.corporate), 0.01)
        self.assertFalse(self.env.ref("o2c_credit.ir_cron_limits").active)

    def test_merging_ends_what_runs_and_keeps_the_stricter_and_the_cover(self):
        self._limit(self.corporate, 400)
        self._propose(9000, date_until=self.today + timedelta(days=9)).with_user(
            self.manager
        ).action_approve()
        waiting = self._propose(5000, partner=self.corporate)
        cover = self.env["o2c.credit.cover"].create(
            {
                "profile_id": self.corporate._o2c_profile(self.company).id,
                "kind": "deposit",
                "amount": 250,
            }
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge((self.sme | self.corporate).ids, self.sme, False)
        self.assertEqual(self._counts(), ("amount", 400))
        self.assertEqual(waiting.state, "withdrawn")
        self.assertEqual(waiting.profile_id, self.profile)
        self.assertEqual(cover.profile_id, self.profile)
        self.assertEqual(float(self._facts().cover), 250)
