"""Reports fetched from a provider: fine answers, and what they change."""

from odoo.tests import tagged

from .fake_provider import BEGUN, LIFTED
from .provider import ProviderCommon


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
        self.assertEqual(profile.alert_ids.kind, "insolvent")
        self.assertEqual(profile.alert_ids.activity_ids.user_id, self.controller)
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
        self.assertEqual((newest.source, newest.insolvent), ("KVK Handelsregister", 1))
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
