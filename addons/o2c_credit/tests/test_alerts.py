"""Alerts: open once, one owner, close by themselves, told in one mail a day."""

from datetime import timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CreditCommon


class AlertCommon(CreditCommon):
    """A controller with an address, and nights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["o2c.credit.alert"]
        cls.digests = cls.env["o2c.credit.digest"]
        cls.controller.email = "controller@waterlelie.example"

    def _night(self, day=None, partners=None):
        day = day or self.today
        self.env.flush_all()
        self.profiles._rescore(self.company, day)
        self.profiles._watch(self.company, day, partners)
        self.env.flush_all()

    def _living(self, partner, kind=None):
        domain = [("partner_id", "=", partner.id), ("state", "in", ("open", "noted"))]
        if kind:
            domain.append(("kind", "=", kind))
        return self.alerts.search(domain)

    def _over_limit(self, amount=1500):
        return self._invoice(self.sme, amount, self.today)


@tagged("post_install", "-at_install")
class TestAlerts(AlertCommon):
    def test_who_is_over_his_limit_is_told_once_with_one_activity(self):
        self._over_limit()
        self._night()
        self._night()
        alert = self._living(self.sme, "over_limit")
        self.assertEqual(len(alert), 1)
        self.assertEqual(alert.amount, 500)
        self.assertEqual(alert.user_id, self.controller)
        self.assertEqual(len(alert.activity_ids), 1)
        self.assertEqual(alert.activity_ids.user_id, self.controller)
        self.assertIn("500", alert.text)

    def test_an_alert_closes_by_itself_when_it_no_longer_holds(self):
        invoice = self._over_limit()
        self._night()
        alert = self._living(self.sme, "over_limit")
        activity = alert.activity_ids
        self._pay(invoice)
        self._night()
        self.assertEqual(alert.state, "closed")
        self.assertFalse(activity.exists())

    def test_the_responsible_of_the_customer_owns_its_alerts(self):
        other = self._user("responsible", "o2c_base.group_credit_controller")
        profile = self.profiles._ensure(self.company, self.sme)
        profile.user_id = other
        self._over_limit()
        self._night()
        alert = self._living(self.sme, "over_limit")
        self.assertEqual(alert.user_id, other)
        profile.user_id = self.controller
        self.assertEqual(alert.user_id, self.controller)
        self.assertEqual(alert.activity_ids.user_id, self.controller)

    def test_a_fall_of_grade_is_told_and_a_rise_is_not(self):
        profile = self.profiles._ensure(self.company, self.sme)
        history = self.env["o2c.score.history"].sudo()
        for days, grade in ((20, "B"), (5, "D")):
            history.create(
                {
                    "profile_id": profile.id,
                    "date": self.today - timedelta(days=days),
                    "grade": grade,
                }
            )
        profile.sudo().grade = "D"
        self.env.flush_all()
        self.profiles._watch(self.company, self.today)
        alert = self._living(self.sme, "grade_drop")
        self.assertEqual(alert.figures, {"before": "B", "after": "D"})
        profile.sudo().grade = "A"
        history.create({"profile_id": profile.id, "date": self.today, "grade": "A"})
        self.env.flush_all()
        self.profiles._watch(self.company, self.today)
        self.assertEqual(alert.state, "closed")

    def test_overdue_is_told_only_while_orders_are_open(self):
        old = self.today - timedelta(days=90)
        self._invoice(self.corporate, 800, old)
        self._night()
        self.assertFalse(self._living(self.corporate, "overdue_orders"))
        order = self._quote(self.corporate, 300)
        order.action_confirm()
        order.o2c_hold_id and order.o2c_hold_id.with_user(self.manager)._release("ok")
        self.assertEqual(order.state, "sale")
        self._night()
        alert = self._living(self.corporate, "overdue_orders")
        self.assertEqual(alert.amount, 800)

    def test_cover_is_told_14_and_3_days_before_and_after(self):
        profile = self.profiles._ensure(self.company, self.sme)
        cover = (
            self.env["o2c.credit.cover"]
            .sudo()
            .create(
                {
                    "profile_id": profile.id,
                    "amount": 5000,
                    "reference": "POL-1",
                    "date_from": self.today - timedelta(days=300),
                    "date_until": self.today + timedelta(days=15),
                    "stop_date": self.today + timedelta(days=14),
                }
            )
        )
        self._night()
        self.assertFalse(self._living(self.sme, "cover_ends"))
        stop = self._living(self.sme, "cover_stops")
        self.assertEqual(stop.stage, 14)
        self.assertIn("POL-1", stop.text)
        stop.with_user(self.controller).action_noted()
        self.assertEqual(stop.state, "noted")
        self.assertFalse(stop.activity_ids)
        self._night(self.today + timedelta(days=5))
        self.assertEqual(stop.state, "noted", "dealt with, and no nearer stage yet")
        self._night(self.today + timedelta(days=11))
        self.assertEqual((stop.state, stop.stage), ("open", 3))
        self.assertEqual(len(stop.activity_ids), 1)
        self._night(self.today + timedelta(days=16))
        self.assertEqual(stop.stage, 0)
        cover.sudo().stop_date = self.today + timedelta(days=400)
        self._night(self.today + timedelta(days=16))
        self.assertEqual(stop.state, "closed")

    def test_a_review_an_old_report_and_an_insolvency_are_told(self):
        profile = self.profiles._ensure(self.company, self.sme)
        profile.review_date = self.today
        self._invoice(self.sme, 100, self.today)
        report = self.env["o2c.credit.report"].create(
            {
                "partner_id": self.sme.id,
                "source": "Bureau",
                "date": self.today - timedelta(days=400),
            }
        )
        self._night()
        kinds = set(self._living(self.sme).mapped("kind"))
        self.assertEqual(kinds, {"review_due", "report_old"})
        report.write({"date": self.today, "insolvent": True})
        self._night()
        kinds = set(self._living(self.sme).mapped("kind"))
        self.assertEqual(kinds, {"review_due", "insolvent"})

    def test_an_insolvency_that_comes_in_is_told_at_once_and_once(self):
        report = self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Register", "insolvent": True}
        )
        report._alarm_insolvency()
        report._alarm_insolvency()
        self._night()
        self.assertEqual(len(self._living(self.sme, "insolvent").activity_ids), 1)

    def test_a_provider_that_is_down_is_told_without_a_second_activity(self):
        source = self.env["o2c.report.source"]._ensure(self.company)[:1].sudo()
        source.write({"api_key": "secret", "state": "on"})
        source.stopped = True
        self._night()
        alert = self.alerts.search([("kind", "=", "provider_down")])
        self.assertEqual(alert.key, str(source.id))
        self.assertFalse(alert.activity_ids)
        source.write({"stopped": False, "health": "ok"})
        self._night()
        self.assertEqual(alert.state, "closed")

    def test_an_insolvent_customer_gets_a_proposal_never_a_limit(self):
        self.env["o2c.credit.report"].create(
            {"partner_id": self.sme.id, "source": "Register", "insolvent": True}
        )
        self._night()
        self._night()
        change = self.env["o2c.limit.change"].search(
            [("partner_id", "=", self.sme.id), ("source", "=", "alert")]
        )
        self.assertEqual(len(change), 1)
        self.assertEqual((change.limit_kind, change.state), ("cash", "proposed"))
        profile = self.profiles._of(self.company, self.sme.ids)[self.sme.id]
        self.assertEqual(profile.limit_amount, 1000)
        change.with_user(self.manager).action_refuse("We know him")
        self._night()
        self.assertFalse(
            self.env["o2c.limit.change"].search(
                [("partner_id", "=", self.sme.id), ("state", "=", "proposed")]
            ),
            "what was refused is not asked again next morning",
        )

    def test_long_over_the_limit_with_a_bad_grade_proposes_less(self):
        self._over_limit(3000)
        self._night()
        profile = self.profiles._of(self.company, self.sme.ids)[self.sme.id]
        alert = self._living(self.sme, "over_limit")
        alert._record({"opened_on": self.today - timedelta(days=14)})
        self.env.flush_all()
        profile.grade = "E"
        self.env.flush_all()
        self.profiles._complete_snapshots(self.company, self.today, self.sme.ids)
        self.profiles._watch(self.company, self.today)
        change = self.env["o2c.limit.change"].search(
            [("partner_id", "=", self.sme.id), ("source", "=", "alert")]
        )
        self.assertEqual(change.direction, "lower")
        self.assertIn("3,000", change.arithmetic)

    def test_statements_do_not_grow_with_customers(self):
        def portfolio(count, name):
            customers = self.env["res.partner"].browse()
            for number in range(count):
                customer = self._customer(f"{name} {number}", "sme")
                self._limit(customer, 10)
                self._invoice(customer, 100, self.today)
                customers |= customer
            self.env.flush_all()
            self.profiles._rescore(self.company, self.today, customers.ids)
            self.env.flush_all()
            self.env.invalidate_all()
            return customers.ids

        few, many = portfolio(3, "Few"), portfolio(15, "Many")
        self.profiles._watch(self.company, self.today, self.sme.ids)
        self.env.flush_all()

        def statements(ids):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.profiles._watch(self.company, self.today, ids)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        first_few, first_many = statements(few), statements(many)
        self.assertLessEqual(first_many, first_few + 2)
        again_few, again_many = statements(few), statements(many)
        self.assertLessEqual(again_many, again_few + 2)
        self.assertEqual(
            self.alerts.search_count([("partner_id", "in", few + many)]), 18
        )

    def test_the_night_watches_after_scoring_and_shows_a_run(self):
        self._over_limit()
        with patch.object(type(self.env["ir.cron"]), "_commit_progress") as left:
            left.return_value = 100.0
            self.profiles._rescore_company(self.company, self.today)
        self.assertTrue(self._living(self.sme, "over_limit"))
        run = self.env["o2c.run"].search([("kind", "=", "credit_watch")], limit=1)
        self.assertEqual(run.state, "done")

    def test_sellers_portal_users_and_strangers_read_no_alerts(self):
        self._over_limit()
        self._night()
        alert = self._living(self.sme, "over_limit")
        portal = new_test_user(self.env, "o2c_portal_alert", "base.group_portal")
        for user in (self.seller, portal):
            with self.assertRaises(AccessError):
                self.alerts.with_user(user).search([])
            with self.assertRaises(AccessError):
                alert.with_user(user).action_noted()
        other = self.env["res.company"].create({"name": "Andere B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertFalse(self.alerts.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            alert.with_user(stranger).action_noted()

    def test_an_alert_is_not_edited_away(self):
        self._over_limit()
        self._night()
        alert = self._living(self.sme, "over_limit")
        with self.assertRaises(AccessError):
            alert.with_user(self.manager).write({"state": "closed"})
        with self.assertRaises(AccessError):
            alert.with_user(self.manager).unlink()
        alert.with_user(self.controller).outcome = "Called him"

    def test_merging_customers_leaves_no_activity_behind(self):
        self._over_limit()
        double = self._customer("Bakkerij Proef (dubbel)", "sme")
        self._limit(double, 10)
        self._invoice(double, 100, self.today)
        self._night()
        activities = self._living(double).activity_ids
        self.assertTrue(activities)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.sme | double).ids, self.sme)
        self.env.invalidate_all()
        orphans = (
            self.env["mail.activity"]
            .search([("res_model", "=", "o2c.credit.alert")])
            .filtered(lambda one: not self.alerts.browse(one.res_id).exists())
        )
        self.assertFalse(orphans)
        self._night()
        self.assertEqual(len(self._living(self.sme, "over_limit")), 1)

    def test_today_shows_the_alerts(self):
        self._over_limit()
        self._night()
        cards = (
            self.env["o2c.today"]
            .with_user(self.controller)
            ._cards(self.company, self.today)
        )
        card = next(one for one in cards if one["key"] == "credit_alerts")
        self.assertEqual(card["rows"][0]["label"], self.sme.name)
