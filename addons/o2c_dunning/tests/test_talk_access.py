"""Who sees what of promises, plans, disputes and questions, and in which company."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestTalkAccess(TalkCommon):
    def setUp(self):
        super().setUp()
        self.plan = self._plan()
        self.question = self.questions._ask(
            self.sme, self.first, "A copy, please", "portal"
        )
        self.dispute = self.env["o2c.dispute"]._dispute(self.second, 10, "price")
        self.records = [
            self.plan,
            self.plan.line_ids,
            self.plan.item_ids,
            self.plan.letter_ids,
            self.question,
            self.dispute,
        ]

    def test_another_company_sees_nothing(self):
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        stranger = new_test_user(
            self.env,
            login="o2c_talk_stranger",
            groups="base.group_user,o2c_base.group_collecting_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in self.records:
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["display_name"])

    def test_a_portal_customer_sees_nothing_directly(self):
        portal = new_test_user(
            self.env,
            login="o2c_talk_portal",
            groups="base.group_portal",
            partner_id=self.sme_contact.id,
        )
        for record in self.records:
            with self.assertRaises(AccessError):
                record.with_user(portal).read(["display_name"])

    def test_a_seller_sees_no_plan_and_starts_none(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.plan.with_user(seller).read(["total"])
        for action in ("action_start", "action_withdraw", "action_approve"):
            with self.assertRaises(AccessError):
                getattr(self.plan.with_user(seller), action)()

    def test_a_credit_controller_reads_and_changes_nothing(self):
        controller = self._user("controller", "o2c_base.group_credit_controller")
        for record in self.records:
            record.with_user(controller).read(["display_name"])
        with self.assertRaises(AccessError):
            self.plan.with_user(controller).action_withdraw()
        with self.assertRaises(AccessError):
            self.question.with_user(controller).name = "Mine"

    def test_only_managers_change_policy_routes_and_texts(self):
        text = self.env.ref("o2c_dunning.o2c_customer_text_plan_kept_en")
        policy = self.env.ref("o2c_dunning.o2c_plan_policy_every")
        cause = self.env.ref("o2c_dunning.o2c_dispute_cause_price")
        for record, field in ((text, "name"), (policy, "max_months"), (cause, "name")):
            with self.assertRaises(AccessError):
                record.with_user(self.collector)[field] = 3
            record.with_user(self.manager)[field] = record[field]

    def test_today_shows_what_waits(self):
        def keys(user):
            cards = self.env["o2c.today"].with_user(user)
            with self._at("2026-03-20"):
                found = cards._cards(self.company, self.company._o2c_today())
            return {card["key"] for card in found}

        self.question.user_id = self.dispute.user_id = self.collector
        self.assertLessEqual(
            {"dunning_questions", "dunning_disputes"}, keys(self.collector)
        )
        big = self._due(self.corporate, 900, "2026-03-01")
        self._plan(moves=big, count=9)
        self.assertIn("dunning_plans", keys(self.manager))
        self.assertNotIn("dunning_plans", keys(self.collector))
        self._switch("off", "dunning")
        self.assertFalse({key for key in keys(self.manager) if "dunning" in key})
