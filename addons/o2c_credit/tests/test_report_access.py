"""Who sees what a bureau said: controllers of the company, nobody else."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CreditCommon

MODELS = (
    "o2c.credit.report",
    "o2c.credit.report.person",
    "o2c.report.source",
    "o2c.report.request",
)


@tagged("post_install", "-at_install")
class TestReportAccess(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sources = cls.env["o2c.report.source"]._ensure(cls.company)
        cls.sources[0].api_key = "secret"
        cls.report = cls.env["o2c.credit.report"].create(
            {
                "partner_id": cls.sme.id,
                "source": "Bureau",
                "document": b"UmVwb3J0",
                "document_name": "report.pdf",
                "person_ids": [Command.create({"name": "A. Proef"})],
            }
        )
        cls.env["o2c.report.request"]._ask(cls.sources[0], cls.sme)
        cls.profiles._ensure(cls.company, cls.sme)
        cls.env.flush_all()

    def test_sellers_collectors_and_accountants_read_no_report(self):
        for name, group in (
            ("s", "sales_team.group_sale_manager"),
            ("c", "o2c_base.group_collecting_manager"),
            ("a", "account.group_account_manager"),
        ):
            user = self._user(name, group)
            for model in MODELS:
                with self.assertRaises(AccessError, msg=f"{name} {model}"):
                    self.env[model].with_user(user).search([]).mapped("display_name")
            attachments = self.env["ir.attachment"].with_user(user)
            domain = [
                ("res_model", "=", "o2c.credit.report"),
                ("res_field", "=", "document"),
            ]
            with self.assertRaises(AccessError):
                attachments.search(domain)

    def test_a_collector_reads_the_profile_without_what_the_bureau_said(self):
        collector = self._user("c", "o2c_base.group_collector")
        profile = self.sme._o2c_profile(self.company).with_user(collector)
        profile.read(["grade", "limit_kind"])
        for name in ("legal_form", "report_person_ids", "payment_score", "solvency"):
            with self.assertRaises(AccessError):
                profile.read([name])

    def test_only_administrators_read_keys(self):
        for user in (self.controller, self.manager):
            source = self.sources[0].with_user(user)
            source.read(["state", "price"])
            for name in ("api_key", "username", "password", "base_url"):
                with self.assertRaises(AccessError):
                    source.read([name])
        with self.assertRaises(AccessError):
            self.sources[0].with_user(self.controller).budget = 1000
        self.sources[0].with_user(self.manager).budget = 1000

    def test_a_controller_asks_only_through_the_page_that_shows_the_price(self):
        requests = self.env["o2c.report.request"].with_user(self.controller)
        with self.assertRaises(AccessError):
            requests.search([], limit=1).write({"state": "done"})
        requests.search([], limit=1).action_cancel()
        self.assertEqual(requests.search([], limit=1).state, "cancelled")

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        for model in MODELS:
            found = self.env[model].with_user(stranger).search([])
            self.assertFalse(found, model)
