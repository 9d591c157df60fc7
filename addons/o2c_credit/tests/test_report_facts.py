"""Reports typed in: ratios, size, who may sign, which report counts."""

from decimal import Decimal

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestReportFacts(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["o2c.credit.report"]

    def _report(self, date="2026-01-01", partner=None, **values):
        return self.reports.sudo().create(
            {
                "partner_id": (partner or self.sme).id,
                "date": date,
                "source": "Bureau",
                "bureau_score": 60,
                **values,
            }
        )

    def test_ratios_and_size_follow_from_the_accounts_or_are_typed_in(self):
        report = self._report(
            total_assets=1_000_000,
            equity=-50_000,
            current_assets=300_000,
            current_liabilities=400_000,
            turnover=2_000_000,
            net_profit=60_000,
            employees=12,
            sbi_code="46311",
        )
        self.assertEqual(
            (report.solvency, report.liquidity, report.profitability), (-5, 0.75, 3)
        )
        self.assertEqual((report.company_size, report.nace_code), ("small", "46.31"))
        ratio_only = self._report(solvency=31.5)
        self.assertEqual((ratio_only.solvency, ratio_only.company_size), (31.5, False))
        ratio_only.equity = 400
        self.assertEqual(ratio_only.solvency, 31.5)

    def test_the_newest_report_counts_and_the_others_stay(self):
        old, new = self._report("2025-01-01"), self._report("2026-01-01")
        other = self._report("2024-01-01", self.corporate)
        self.assertEqual((old | new | other).filtered("is_newest"), new | other)
        found = self.reports.search([("is_newest", "=", True)])
        self.assertEqual(found, new | other)
        self.assertEqual(self.reports.search([("is_newest", "=", False)]), old)
        new.date = "2024-06-01"
        self.assertTrue(old.is_newest)

    def test_each_fact_comes_from_the_newest_report_that_has_it(self):
        self._report(
            "2025-01-01",
            legal_form="B.V.",
            solvency=20,
            person_ids=[Command.create({"name": "A. Proef", "signs": "alone"})],
        )
        self._report("2026-01-01", solvency=25)
        profile = self.profiles._ensure(self.company, self.sme)
        self.assertEqual((profile.legal_form, profile.solvency), ("B.V.", 25))
        self.assertEqual(profile.report_person_ids.name, "A. Proef")
        self.assertEqual(str(profile.report_id.date), "2026-01-01")

    def test_a_signatory_signs_up_to_his_amount(self):
        clerk, director = self._report(
            person_ids=[
                Command.create({"name": "C", "signs": "amount", "amount": 5000}),
                Command.create({"name": "D", "signs": "alone"}),
            ]
        ).person_ids
        self.assertTrue(clerk._may_sign(Decimal(5000)))
        self.assertFalse(clerk._may_sign(Decimal("5000.01")))
        self.assertTrue(director._may_sign(Decimal(10**9)))
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            clerk.amount = 0
            clerk.flush_recordset()

    def test_a_report_without_advice_is_not_advice_of_nothing(self):
        self.assertFalse(self._report().has_advised_limit)
        self.assertTrue(self._report(advised_limit=10).has_advised_limit)
        zero = self._report(advised_limit=0, has_advised_limit=True)
        self.assertTrue(zero.has_advised_limit)

    def test_a_report_that_is_silent_about_insolvency_ends_none(self):
        self._report("2025-01-01", insolvent=True, insolvency_kind="bankruptcy")
        silent = self._report("2026-01-01", insolvency_known=False)
        self.assertEqual((silent.insolvent, silent.insolvency_kind), (1, "bankruptcy"))
        self.assertTrue(self.sme._o2c_profile(self.company).insolvent)
        self._report("2026-02-01", insolvent=False)
        self.assertFalse(self.sme._o2c_profile(self.company).insolvent)

    def test_what_a_provider_sent_stays_as_it_came(self):
        fetched = (
            self._report(
                method="fetched", person_ids=[Command.create({"name": "A. Proef"})]
            )
            .with_user(self.manager)
            .sudo(False)
        )
        for values in (
            {"bureau_score": 99},
            {"method": "typed"},
            {"person_ids": [Command.create({"name": "X"})]},
            {"person_ids": [Command.update(fetched.person_ids.id, {"name": "X"})]},
            {"person_ids": [Command.clear()]},
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                fetched.write(values)
        fetched.note = "Called them."
        fetched.person_ids.contact_id = self.sme_contact
        typed = self._report().with_user(self.controller).sudo(False)
        typed.bureau_score = 10
        with self.assertRaises(UserError):
            typed.method = "fetched"
        mine = self.reports.with_user(self.controller).create(
            {"partner_id": self.sme.id, "source": "Me", "method": "fetched"}
        )
        self.assertEqual(mine.method, "typed")
