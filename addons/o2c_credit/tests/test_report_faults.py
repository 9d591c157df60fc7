"""A provider that is down, slow, strict or silly; money, patience and secrets."""

import logging
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .fake_provider import KEY, PASSWORD
from .provider import ProviderCommon


@tagged("post_install", "-at_install")
class TestReportFaults(ProviderCommon):
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

    def test_what_happened_is_told_in_the_language_of_the_controller(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.env["ir.module.module"]._load_module_terms(
            ["o2c_credit"], ["nl_NL"], overwrite=True
        )
        self.controller.lang = "nl_NL"
        self.server.mood = "nonsense"
        self._asked()
        self._work()
        self.assertIn("Eerdere rapporten blijven staan", str(self._alerts().note))
