"""Who may see and do what: each role, other companies, other people's orders."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import CreditCommon

MODELS = (
    "o2c.risk.profile",
    "o2c.customer.snapshot",
    "o2c.credit.report",
    "o2c.credit.policy",
    "o2c.score.card",
    "o2c.score.card.line",
    "o2c.score.history",
    "o2c.payment.behaviour",
)


@tagged("post_install", "-at_install")
class TestAccess(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.collector = cls._user("collector", "o2c_base.group_collector")
        cls.accountant = cls._user("accountant", "account.group_account_invoice")
        cls.portal = new_test_user(cls.env, "o2c_portal", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.sme
        cls.order = cls._quote(cls.sme, 5000)
        cls.order.action_confirm()
        cls.hold = cls.order.o2c_hold_id
        cls.env["o2c.credit.report"].create(
            {"partner_id": cls.sme.id, "source": "Bureau", "bureau_score": 40}
        )
        cls.env.flush_all()

    def test_sellers_accountants_and_customers_read_none_of_it(self):
        for user in (self.seller, self.accountant, self.portal):
            for model in MODELS:
                with self.assertRaises(AccessError, msg=f"{user.login} {model}"):
                    self.env[model].with_user(user).search([]).mapped("display_name")

    def test_a_customer_does_not_read_what_is_said_about_him(self):
        own = self.sme.with_user(self.portal)
        self.assertEqual(own.read(["name"])[0]["name"], self.sme.name)
        for name in ("o2c_grade", "o2c_credit_line", "o2c_payment_line"):
            with self.assertRaises(AccessError, msg=name):
                own.read([name])
        order = self.order.with_user(self.portal)
        self.order.partner_id = self.sme
        self.order.message_subscribe(self.portal.partner_id.ids)
        self.assertEqual(order.read(["name"])[0]["name"], self.order.name)
        for name in ("o2c_verdict", "o2c_verdict_card"):
            with self.assertRaises(AccessError, msg=name):
                order.read([name])

    def test_controllers_read_and_only_managers_set_the_policy(self):
        for model in MODELS:
            records = self.env[model].with_user(self.controller).search([])
            records.mapped("display_name")
        cell = self.env.ref("o2c_credit.o2c_credit_policy_a")
        with self.assertRaises(AccessError):
            cell.with_user(self.controller).limit_factor = 9
        cell.with_user(self.manager).limit_factor = 9

    def test_figures_and_history_are_written_by_the_night_alone(self):
        for user in (self.controller, self.manager):
            for model in ("o2c.customer.snapshot", "o2c.score.history"):
                record = self.env[model].with_user(user).search([], limit=1)
                with self.assertRaises(AccessError):
                    record.write({"score": 100})
        with self.assertRaises(AccessError):
            self.env["o2c.customer.snapshot"].with_user(self.seller).action_refresh()

    def test_a_seller_reads_holds_of_his_own_orders(self):
        other = self._user("seller2", "sales_team.group_sale_salesman")
        holds = self.env["o2c.credit.hold"]
        self.assertIn(self.hold, holds.with_user(self.seller).search([]))
        self.assertNotIn(self.hold, holds.with_user(other).search([]))
        leader = self._user("leader", "sales_team.group_sale_salesman_all_leads")
        self.assertIn(self.hold, holds.with_user(leader).search([]))
        with self.assertRaises(AccessError):
            holds.with_user(self.portal).search([])

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        own = {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        stranger.write(own)
        for model in (*MODELS, "o2c.credit.hold"):
            if model == "o2c.credit.policy":
                continue
            found = self.env[model].with_user(stranger).search([])
            self.assertFalse(found.filtered(lambda r: r.company_id == self.company))

    def test_a_branch_reads_the_profiles_of_its_head_company(self):
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        user = self._user("branch", "o2c_base.group_credit_controller")
        user.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
        found = self.env["o2c.risk.profile"].with_user(user).search([])
        self.assertIn(self.sme, found.partner_id)

    def test_everybody_with_the_order_can_see_that_it_waits(self):
        order = self.order.with_user(self.accountant)
        self.assertTrue(order.o2c_hold_deadline)
        values = order.web_read(
            {"o2c_hold_id": {"fields": {"display_name": {}}}, "o2c_verdict": {}}
        )
        self.assertTrue(values[0]["o2c_hold_id"])
        waiting = self.env["sale.order"].with_user(self.accountant)
        self.assertIn(self.order, waiting.search([("o2c_hold_id", "!=", False)]))
        self.assertNotIn(self.order, waiting.search([("o2c_hold_id", "=", False)]))

    def test_deleting_a_quotation_takes_its_hold_and_activity_along(self):
        activity = self.hold.activity_ids
        self.order.unlink()
        self.assertFalse(self.hold.exists())
        self.assertFalse(activity.exists())

    def test_switching_off_lets_everything_go(self):
        self._switch("off", "credit")
        self.assertEqual(self.hold.state, "resolved")
        self.order.action_confirm()
        self.assertEqual(self.order.state, "sale")
