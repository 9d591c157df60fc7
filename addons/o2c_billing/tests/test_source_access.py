"""Who may report and who works what was refused."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .source_common import SourceCommon


@tagged("post_install", "-at_install")
class TestSourceAccess(SourceCommon):
    def setUp(self):
        super().setUp()
        self.machine = self._user("machine", "o2c_billing.group_external_billing")

    def _as(self, user, *rows):
        return (
            self.env["o2c.billing.event"]
            .with_user(user)
            .o2c_report("customs", list(rows))
        )

    def test_a_machine_reports_for_its_own_source_only(self):
        with self.assertRaises(AccessError):
            self._as(self.machine, self._row("1"))
        self.source.user_ids = self.machine
        answer = self._as(self.machine, self._row("1"))
        self.assertEqual(answer["results"][0]["status"], "accepted")
        with self.assertRaises(AccessError):
            self.env["o2c.billing.event"].with_user(self.machine).search([])
        with self.assertRaises(AccessError):
            self.env["o2c.billing.event"].with_user(self.machine).o2c_report(
                "unknown", []
            )

    def test_others_do_not_report(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        self.source.user_ids = seller
        portal = new_test_user(self.env, "o2c_portal", groups="base.group_portal")
        for user in (seller, portal):
            with self.assertRaises(AccessError):
                self._as(user, self._row("1"))
            with self.assertRaises(AccessError):
                self.env["o2c.billing.event"].with_user(user).o2c_report_total(
                    "customs", "2026-03-02", 1
                )

    def test_sources_of_another_company_stay_out_of_reach(self):
        other = self._create_company(name="Other")
        self._switch("live", "billing", company=other)
        foreign = self.source.copy({"code": "foreign", "company_id": other.id})
        foreign.user_ids = self.machine
        with self.assertRaises(AccessError):
            self.env["o2c.billing.event"].with_user(self.machine).o2c_report(
                "foreign", [self._row("1")]
            )
        user = self._user("approver", "o2c_base.group_billing_approver")
        self.assertFalse(foreign.with_user(user)._filtered_access("read"))

    def test_a_billing_user_solves_but_does_not_rewrite(self):
        self._send(self._row("1", customer="nobody"))
        refusal = self.env["o2c.source.refusal"].search([("key", "=", "1")])
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            refusal.with_user(user).content = {}
        with self.assertRaises(AccessError):
            refusal.with_user(user).state = "solved"
        with self.assertRaises(AccessError):
            refusal.batch_id.with_user(user).state = "done"
        refusal.with_user(user).action_drop()
        self.assertEqual(refusal.state, "dropped")
        with self.assertRaises(AccessError):
            refusal.with_user(self.machine).action_drop()

    def test_charge_types_are_set_by_an_approver(self):
        user = self._user("billing", "o2c_base.group_billing_user")
        with self.assertRaises(AccessError):
            self.fee.with_user(user).name = "x"
