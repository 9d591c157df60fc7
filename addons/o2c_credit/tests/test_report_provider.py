"""Reports fetched from a provider: fine answers, every fault, money and secrets."""

import logging
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import CreditCommon
from .fake_provider import BEGUN, KEY, LIFTED, PASSWORD, USER, fake_provider


class ProviderCommon(CreditCommon):
    """KVK and CIR switched on against a local server."""

    @classmethod
    def _request_handler(cls, session, request, /, **kw):
        # core stretches short time limits to ten seconds; only this server is reached
        if request.url.startswith("http://127.0.0.1:"):
            return cls._send(session, request, **kw)
        return super()._request_handler(session, request, **kw)

    @classmethod
    def setUpClass(cls):
        from odoo.tests.common import _super_send

        cls._send = staticmethod(_super_send)
        super().setUpClass()
        cls.server = cls.enterClassContext(fake_provider())
        cls.corporate.company_registry = "11223344"
        sources = cls.env["o2c.report.source"]._ensure(cls.company)
        cls.kvk = sources.filtered(lambda one: one.code == "kvk")
        cls.cir = sources.filtered(lambda one: one.code == "cir")
        cls.kvk.write({"api_key": KEY, "base_url": cls.server.address, "timeout": 1})
        cls.cir.write(
            {
                "username": USER,
                "password": PASSWORD,
                "base_url": f"{cls.server.address}/cir.asmx",
                "timeout": 1,
            }
        )
        (cls.kvk | cls.cir).state = "on"
        cls.requests = cls.env["o2c.report.request"]
        cls.reports = cls.env["o2c.credit.report"]

    def setUp(self):
        super().setUp()
        server = self.server
        server.mood, server.missing, server.profile = None, set(), {}
        server.events, server.case_number = [], None
        server.asked.clear()
        # nothing is committed in a test
        patch.object(
            self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1000.0
        ).start()
        self.addCleanup(patch.stopall)

    def _asked(self, partner=None, source=None):
        return self.requests._ask(source or self.kvk, partner or self.sme)

    def _work(self, minutes=0):
        with freeze_time(fields.Datetime.now() + timedelta(minutes=minutes)):
            self.requests._cron_fetch()

    def _old_report(self, **values):
        return self.reports.create(
            {
                "partner_id": self.sme.id,
                "date": "2025-01-01",
                "source": "Bureau",
                "bureau_score": 70,
                **values,
            }
        )

    def _alerts(self, source=None):
        return (source or self.kvk).activity_ids


@tagged("post_install", "-at_install")
class TestReportProvider(ProviderCommon):
    def test_a_profile_of_the_trade_register_becomes_a_report(self):
        old = self._old_report()
        request = self._asked()
        self._work()
        report = request.report_id
        self.assertEqual(request.state, "done")
        self.assertRecordValues(
            report,
            [
                {
                    "partner_id": self.sme.id,
                    "method": "fetched",
                    "kvk_number": "87654321",
                    "legal_form": "Besloten Vennootschap",
                    "sbi_code": "10711",
                    "nace_code": "10.71",
                    "employees": 24,
                    "company_size": "small",
                    "has_score": False,
                    "insolvent": False,
                    "document_name": "kvk-87654321.json",
                }
            ],
        )
        self.assertEqual(str(report.founded_on), "2009-06-01")
        self.assertTrue(report.is_newest)
        self.assertTrue(old.exists())
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual(profile.legal_form, "Besloten Vennootschap")
        self.assertEqual(self.kvk.health, "ok")
        self.assertEqual(self.server.asked, ["/v1/basisprofielen/87654321"])

    def test_directors_and_signatories_come_with_their_amounts(self):
        self.kvk.with_people = True
        request = self._asked()
        self.assertEqual(request.cost, 0.04)
        self._work()
        self.assertRecordValues(
            request.report_id.person_ids,
            [
                {"name": "A. Proef", "role": "director", "signs": "alone"},
                {"name": "B. Proef", "role": "proxy", "signs": "amount"},
            ],
        )
        self.assertEqual(request.report_id.person_ids[1].amount, 25000)
        self.assertEqual((request.calls, request.paid), (2, 0.04))

    def test_an_insolvency_of_the_register_holds_orders_and_tells_the_controller(self):
        self.server.events = [BEGUN]
        self._asked(source=self.cir)
        self._work()
        report = self.reports.search([("partner_id", "=", self.sme.id)])
        self.assertRecordValues(
            report,
            [
                {
                    "insolvent": True,
                    "insolvency_kind": "bankruptcy",
                    "insolvency_number": "F.16/26/150",
                    "trustee": "mr K. Proef",
                }
            ],
        )
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual((profile.grade, profile.insolvent), ("E", True))
        self.assertEqual(profile.activity_ids.user_id, self.controller)
        order = self._quote(self.sme, 1)
        order.action_confirm()
        self.assertEqual(order.state, "draft")

    def test_an_ended_insolvency_ends_and_silence_does_not_end_it(self):
        self.server.events = [BEGUN]
        self._asked(source=self.cir)
        self._work()
        # the trade register does not speak of insolvency
        self._asked(source=self.kvk)
        self._work()
        newest = self.reports.search([("partner_id", "=", self.sme.id)], limit=1)
        self.assertEqual((newest.source, newest.insolvent), (self.kvk.display_name, 1))
        self.assertTrue(self.sme._o2c_profile(self.company).insolvent)
        self.server.events = [BEGUN, LIFTED]
        self._asked(source=self.cir)
        self._work()
        self.assertFalse(self.sme._o2c_profile(self.company).insolvent)

    def test_who_is_not_in_the_insolvency_register_is_not_insolvent(self):
        request = self._asked(source=self.cir)
        self._work()
        self.assertFalse(request.report_id.insolvent)
        self.assertEqual(request.calls, 1)

    def test_a_case_of_somebody_else_is_no_case(self):
        self.server.events, self.server.case_number = [BEGUN], "99999999"
        request = self._asked(source=self.cir)
        self._work()
        self.assertEqual((request.state, request.failure), ("failed", "nonsense"))
        self.assertFalse(request.report_id)

    def test_an_answer_about_another_company_is_nonsense(self):
        self.server.profile = {"kvkNummer": "00000001"}
        request = self._asked()
        self._work()
        self.assertEqual((request.state, request.failure), ("failed", "nonsense"))

    def test_an_unknown_number_is_missing_and_others_go_on(self):
        old = self._old_report()
        self.server.missing = {"87654321"}
        unknown, known = self._asked(), self._asked(self.corporate)
        self._work()
        self.assertEqual((unknown.state, unknown.failure), ("missing", "not_found"))
        self.assertEqual(known.state, "done")
        self.assertTrue(old.is_newest)
        run = self.env["o2c.run"].search([("kind", "=", "credit_reports")])
        self.assertEqual((run.done_count, run.failed_count), (1, 1))
        self.assertEqual((run.state, run.note_ids.partner_id), ("partly", self.sme))

    def test_too_many_waits_as_long_as_was_asked_and_no_other_call_goes_out(self):
        self.server.mood = (429, [("Retry-After", "600")])
        request, other = self._asked(), self._asked(self.corporate)
        self._work()
        self.assertEqual(len(self.server.asked), 1)
        self.assertEqual((request.state, request.failure), ("waiting", "too_many"))
        wait = request.next_try_at - fields.Datetime.now()
        self.assertAlmostEqual(wait.total_seconds(), 600, delta=5)
        self.server.mood = None
        self._work(5)
        self.assertEqual(other.state, "waiting")
        self._work(11)
        self.assertEqual((request.state, other.state), ("done", "done"))
        self.assertEqual(self.kvk.health, "ok")

    def test_a_provider_that_is_down_is_tried_again_then_given_up_with_an_alert(self):
        old = self._old_report()
        score = self.sme._o2c_profile(self.company).score
        self.server.mood = (503, [])
        request = self._asked()
        for minutes in (0, 2, 8, 40, 170, 540, 1000):
            self._work(minutes)
        self.assertEqual((request.state, request.failure), ("failed", "server"))
        self.assertEqual(request.tries, 6)
        self.assertEqual(self.kvk.health, "down")
        self.assertTrue(old.is_newest)
        self.assertEqual(self.sme._o2c_profile(self.company).score, score)
        self.assertEqual(self._alerts().user_id, self.controller)
        self.assertEqual(len(self._alerts()), 1)

    def test_a_slow_provider_is_not_waited_for(self):
        self.server.mood = "slow"
        request = self._asked()
        self._work()
        self.assertEqual((request.state, request.failure), ("waiting", "timeout"))
        self.server.mood = None
        self._work(2)
        self.assertEqual(request.state, "done")

    def test_a_provider_that_is_not_there_is_tried_again(self):
        self.kvk.base_url = "http://127.0.0.1:9"
        request = self._asked()
        self._work()
        self.assertEqual((request.state, request.failure), ("waiting", "unreachable"))

    def test_nonsense_and_endless_answers_leave_the_old_report(self):
        old = self._old_report()
        for mood in ("nonsense", "huge", (302, [("Location", "http://127.0.0.1:1/")])):
            self.server.mood = mood
            request = self._asked()
            self._work()
            self.assertEqual((request.state, request.failure), ("failed", "nonsense"))
        self.assertEqual(self.reports.search([]), old)
        self.assertEqual(len(self._alerts()), 1)
        self.server.mood = "nonsense"
        request = self._asked(source=self.cir)
        self._work()
        self.assertEqual(request.failure, "nonsense")

    def test_a_wrong_key_stops_the_provider_until_it_is_mended(self):
        self.kvk.api_key = "wrong"
        first, second = self._asked(), self._asked(self.corporate)
        self._work()
        self.assertEqual(len(self.server.asked), 1)
        self.assertTrue(self.kvk.stopped)
        self.assertEqual((first.state, second.state), ("waiting", "waiting"))
        self.assertEqual(len(self._alerts()), 1)
        self._work(10_000)
        self.assertEqual(len(self.server.asked), 1)
        self.kvk.api_key = KEY
        self.assertFalse(self.kvk.stopped or self._alerts())
        self._work()
        self.assertEqual((first.state, second.state), ("done", "done"))

    def test_a_wrong_password_comes_as_a_fault_and_stops_the_register(self):
        self.cir.password = "wrong"
        self._asked(source=self.cir)
        self._work()
        self.assertEqual((self.cir.stopped, self.cir.health), (True, "refused"))

    def test_no_secret_in_any_log_note_or_error(self):
        with (
            self.assertLogs("odoo.addons", logging.DEBUG) as ours,
            self.assertLogs("urllib3", logging.DEBUG) as wire,
        ):
            for mood in (None, (500, []), "nonsense", (401, [])):
                self.server.mood = mood
                self._asked(self.corporate)
                self._asked(self.corporate, self.cir)
                self._work()
            self.cir.base_url = "http://127.0.0.1:9/cir.asmx"
            self._asked(source=self.cir)
            self._work(10)
        notes = self.env["o2c.run.note"].search([]).mapped("text")
        said = "\n".join(
            [
                *ours.output,
                *wire.output,
                *notes,
                *(str(one) for one in self._alerts().mapped("note")),
            ]
        )
        for secret in (KEY, PASSWORD, "pass&amp;word"):
            self.assertNotIn(secret, said)
        self.assertIn("Provider kvk: 200", said)

    def test_a_request_is_made_once_and_a_second_one_finds_it_waiting(self):
        self.assertTrue(self._asked())
        self.assertFalse(self._asked())

    def test_calls_per_minute_are_a_limit(self):
        self.kvk.per_minute = 1
        self._asked(self.sme | self.corporate)
        self._work()
        self.assertEqual(len(self.server.asked), 1)
        self._work(2)
        self.assertEqual(len(self.server.asked), 2)

    def test_the_budget_of_the_month_is_a_limit_and_somebody_hears_of_it(self):
        self.kvk.budget = 0.02
        self._asked(self.sme | self.corporate)
        self._work()
        self._work(60)
        self.assertEqual(len(self.server.asked), 1)
        self.assertIn("budget", self._alerts().note)
        self.assertEqual(self.kvk.spent, 0.02)
        with freeze_time(fields.Datetime.now() + timedelta(days=35)):
            self.requests._cron_fetch()
        self.assertEqual(len(self.server.asked), 2)

    def test_the_test_environment_costs_nothing(self):
        self.kvk.write({"state": "test", "budget": 0})
        request = self._asked()
        self._work()
        self.assertEqual((request.state, request.paid), ("done", 0))

    def test_nothing_is_refetched_at_night_unless_that_was_chosen(self):
        self._asked()
        self._work()
        self._invoice(self.sme, 100, fields.Date.today())
        self.profiles._rescore(self.company, self.today)
        self._work(60 * 24 * 400)
        self.assertEqual(len(self.server.asked), 1)
        self.kvk.write({"refresh": True, "refresh_days": 365})
        self._work(60 * 24 * 300)
        self.assertEqual(len(self.server.asked), 1)
        self._work(60 * 24 * 400)
        self.assertEqual(len(self.server.asked), 2)

    def test_credit_switched_off_asks_nothing(self):
        self._asked()
        self._switch("off", "credit")
        self._work()
        self.assertFalse(self.server.asked)

    def test_a_bug_in_a_provider_costs_one_request_and_is_not_chatty(self):
        kvk = self.registry["o2c.report.provider.kvk"]

        def broken(*args):
            raise ValueError(KEY)

        first, second = self._asked(), self._asked(self.corporate)
        with (
            patch.object(kvk, "_remark", broken),
            self.assertLogs(
                "odoo.addons.o2c_credit.models.report.o2c_report_queue", "WARNING"
            ) as log,
        ):
            self._work()
        self.assertEqual((first.state, first.failure), ("failed", "broken"))
        self.assertEqual(second.state, "failed")
        self.assertNotIn(KEY, "\n".join(log.output))

    def test_only_https_gets_a_key_and_nothing_is_on_without_one(self):
        with self.assertRaises(ValidationError):
            self.kvk.base_url = "http://kvk.example/api"
        with self.assertRaises(ValidationError):
            self.kvk.api_key = False
            self.kvk.state = "on"

    def test_people_are_never_asked_for(self):
        self.consumer.company_registry = "44332211"
        request = self._asked(self.consumer)
        self._work()
        self.assertEqual((request.state, request.failure), ("missing", "no_number"))
        self.assertFalse(self.server.asked)


@tagged("post_install", "-at_install")
class TestAskForReports(ProviderCommon):
    def _page(self, partners, user=None, **values):
        pages = self.env["o2c.report.fetch"].with_user(user or self.controller)
        action = pages._open(partners.with_env(pages.env))
        page = pages.browse(action["res_id"])
        page.write({"source_id": self.kvk.id, **values})
        return page

    def test_the_cost_is_shown_before_and_nothing_is_called_while_one_waits(self):
        page = self._page(self.sme | self.corporate | self.consumer)
        self.assertEqual((page.calls, page.cost), (2, 0.04))
        self.assertIn("0.04", page.plan)
        self.assertIn("KVK", page.leaves_text)
        self.assertIn(self.consumer.name, page.skipped)
        page.action_ask()
        self.assertFalse(self.server.asked)
        waiting = self.requests.search([("state", "=", "waiting")])
        self.assertEqual(waiting.user_id, self.controller)
        self._work()
        self.assertEqual(set(waiting.mapped("state")), {"done"})

    def test_who_has_a_recent_report_is_only_asked_for_again_on_purpose(self):
        self._asked()
        self._work()
        page = self._page(self.sme)
        self.assertEqual((page.calls, page.fresh_count), (0, 1))
        with self.assertRaises(UserError):
            page.action_ask()
        page.again = True
        self.assertEqual(page.calls, 1)

    def test_what_is_over_the_budget_is_refused(self):
        self.kvk.budget = 0.03
        page = self._page(self.sme | self.corporate)
        self.assertTrue(page.over_budget)
        with self.assertRaises(UserError):
            page.action_ask()

    def test_a_seller_asks_for_nothing(self):
        with self.assertRaises(AccessError):
            self._page(self.sme, self.seller)
        page = self._page(self.sme)
        with self.assertRaises(AccessError):
            page.with_user(self.seller).action_ask()
        with self.assertRaises(AccessError):
            self.requests.with_user(self.controller).create(
                {"source_id": self.kvk.id, "partner_id": self.sme.id}
            )

    def test_without_a_provider_that_is_on_one_is_told_where_to_go(self):
        (self.kvk | self.cir).state = "off"
        with self.assertRaises(UserError):
            self._page(self.sme)
