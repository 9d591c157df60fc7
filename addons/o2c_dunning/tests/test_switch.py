"""Off, watch, live: nothing leaves before somebody says so."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon

RUN = "odoo.addons.o2c_dunning.models.case.o2c_dunning_case_run"


@tagged("post_install", "-at_install")
class TestSwitch(DunningCommon):
    def test_watch_shows_everything_and_touches_nothing_of_core(self):
        self._switch("watch", "dunning")
        invoice = self._due(self.sme, 1000, "2026-03-01")
        self.env.flush_all()
        mails = self.env["mail.mail"].sudo().search_count([])
        activities = self.env["mail.activity"].sudo().search_count([])
        before = invoice.read(["write_date", "payment_state", "no_followup"])
        partner_before = self.sme.write_date
        run = self._nightly("2026-03-04")
        self._deliver("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.state, "preview")
        self.assertEqual(self._verdict(invoice).reason, "remind")
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), mails)
        self.assertEqual(self.env["mail.activity"].sudo().search_count([]), activities)
        self.env.invalidate_all()
        self.assertEqual(
            invoice.read(["write_date", "payment_state", "no_followup"]), before
        )
        self.assertEqual(self.sme.write_date, partner_before)

    def test_a_night_of_watching_replaces_the_previews_of_the_night_before(self):
        self._switch("watch", "dunning")
        self._due(self.sme, 1000, "2026-03-01")
        first = self._nightly("2026-03-04").o2c_notice_ids
        second = self._nightly("2026-03-05").o2c_notice_ids
        self.assertFalse(first.exists())
        self.assertEqual(len(second), 1)

    def test_off_means_that_the_nightly_job_does_nothing(self):
        self._switch("off", "dunning")
        self._due(self.sme, 1000, "2026-03-01")
        before = self.env["o2c.run"].sudo().search_count([])
        self.cases._cron_run()
        self.assertEqual(self.env["o2c.run"].sudo().search_count([]), before)

    def test_it_refuses_to_go_live_beside_another_reminder_engine(self):
        self._switch("watch", "dunning")
        modules = type(self.env["ir.module.module"])
        with patch.object(modules, "_installed", lambda self: {"account_followup": 1}):
            with self.assertRaises(ValidationError):
                self._switch("live", "dunning")

    def test_the_nightly_job_runs_once_a_day_per_company(self):
        self._switch("off", "dunning")
        self._switch("watch", "dunning")
        self.cases._cron_run()
        runs = self.env["o2c.run"].sudo().search_count([("kind", "=", "dunning")])
        self.cases._cron_run()
        self.assertEqual(
            self.env["o2c.run"].sudo().search_count([("kind", "=", "dunning")]), runs
        )

    def test_a_work_list_that_fails_costs_no_reminder_and_is_made_up_for(self):
        self._due(self.sme, 1000, "2026-03-01")
        cases, fails = type(self.cases), {"now": True}
        real = cases._rank_cases

        def rank(this, *args, **kwargs):
            if fails["now"]:
                raise ValueError("bad luck")
            return real(this, *args, **kwargs)

        self.patch(cases, "_rank_cases", rank)
        runs = [("kind", "=", "dunning"), ("company_id", "=", self.company.id)]
        with self.mock_datetime_and_now("2026-03-04 02:30:00"):
            with mute_logger(RUN):
                self.cases._cron_run()
            run = self.env["o2c.run"].sudo().search(runs, order="id desc", limit=1)
            case = run.o2c_notice_ids.case_id
            self.assertEqual((len(case), case.work_rank), (1, 0))
            fails["now"] = False
            self.cases._cron_run()
            self.assertEqual(self.env["o2c.run"].sudo().search(runs)[:1], run)
            self.assertGreater(case.work_rank, 0)
