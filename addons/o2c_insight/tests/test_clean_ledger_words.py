"""What the clean ledger says after a click, and the lists that it opens."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .ledger_common import LedgerCommon

TODAY = date(2026, 6, 3)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestCleanLedgerWords(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "o2c_bad_debt_account_id": cls.cost.id,
                "o2c_write_off_own": 3,
                "o2c_small_amount": 5,
                "o2c_small_days": 60,
                "o2c_dunning_tolerance": 10,
            }
        )
        cls.clerk = cls._user(
            "clerk", "o2c_base.group_collector,account.group_account_invoice"
        )
        cls.env["res.partner"].search([]).flush_recordset()

    def _find(self, kind):
        findings = self.env["o2c.ledger.finding"]
        findings.sudo()._find(self.company, TODAY)
        company = ("company_id", "=", self.company.id)
        found = findings.search([company, ("kind", "=", kind)])
        return found.with_user(self.clerk)

    def _said(self, action):
        return action["params"]["message"].replace("\xa0", " ")

    def _handling(self, opened, **values):
        return (
            self.env["o2c.finding.handling"]
            .with_user(self.clerk)
            .with_context(**opened["context"])
            .create(values)
        )

    def test_a_write_off_names_customers_and_amounts(self):
        self._due(self.sme, 3, "2026-01-04")
        self._due(self.corporate, 4, "2026-01-04")
        said = self._said(self._find("small").action_write_off())
        self.assertRegex(said, rf"{self.sme.name} \S*\s?3.00")
        self.assertRegex(said, rf"{self.corporate.name} \S*\s?4.00")
        self.assertIn("1 wait for somebody with more authority", said)

    def test_many_are_counted_after_the_first(self):
        for number in range(6):
            self._due(self._customer(f"Klant {number}", "sme"), 2, "2026-01-04")
        said = self._said(self._find("small").action_write_off())
        self.assertIn("and 2 more", said)
        self.assertIn("Klant 0 ", said)

    def test_applied_credit_names_customer_and_amount(self):
        self._due(self.sme, 100, "2026-03-01")
        self._invoice(self.sme, 60, "2026-05-05", move_type="out_refund")
        said = self._said(self._find("credit").action_apply_credit())
        self.assertRegex(said, rf"oldest invoices: {self.sme.name} \S*\s?60.00")

    def test_a_plan_names_who_when_customer_and_amount(self):
        self._due(self.sme, 400, "2026-03-01")
        handling = self._handling(
            self._find("loose").action_follow_up(), day="2026-06-05", action="Call"
        )
        said = self._said(handling.action_apply())
        self.assertIn(f"{self.clerk.name} follows up on 06/05/2026", said)
        self.assertRegex(said, rf"{self.sme.name} \S*\s?400.00")

    def test_the_hint_fits_the_kind(self):
        self._due(self.sme, 4, "2026-01-04")
        self._due(self.corporate, 400, "2026-03-01")
        small, loose = self._find("small"), self._find("loose")
        self.assertIn("next payment", self._handling(small.action_dismiss()).hint)
        self.assertIn("director", self._handling(loose.action_dismiss()).hint)
        both = self._handling((small | loose).action_dismiss())
        self.assertFalse(both.hint)

    def test_documents_open_in_a_list_in_which_nothing_is_made(self):
        first = self._due(self.sme, 400, "2026-03-01")
        alone = self._find("loose").action_open_documents()
        self.assertEqual((alone["res_model"], alone["res_id"]), (first._name, first.id))
        second = self._due(self.sme, 300, "2026-03-02")
        opened = self._find("loose").action_open_documents()
        self.assertEqual(set(opened["domain"][0][2]), {first.id, second.id})
        self.assertIn(self.sme.name, opened["name"])
        self.assertEqual(opened["context"], {"create": False})
        arch = self.env[first._name].get_view(opened["views"][0][0], "list")["arch"]
        self.assertIn('create="0"', arch)
        self.assertNotIn("js_class", arch)

    def test_double_customers_open_in_such_a_list_too(self):
        twin = self._customer("Bakkerij Proef", "sme", registry="87654321")
        (self.sme | twin).write({"customer_rank": 1})
        opened = self._find("double").action_open_documents()
        self.assertEqual(opened["res_model"], "res.partner")
        arch = self.env["res.partner"].get_view(opened["views"][0][0], "list")["arch"]
        self.assertIn('create="0"', arch)
