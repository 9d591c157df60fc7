"""Who approves: by rule and amount, four eyes, deputies, many at once."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .check_common import CheckCommon


@tagged("post_install", "-at_install")
class TestCheckApprovers(CheckCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls._rule(
            "amount", (cls.approver, 1000), (cls.chief, None), amount=100
        )

    def _waiting(self, amount=500.0, **values):
        draft = self._draft(amount, **values)
        draft.action_o2c_ask_approval()
        return draft

    def _away(self, user, deputy, first="today -1d", last="today", by=None):
        today = self.company._o2c_today()
        return (
            self.env["o2c.approver.absence"]
            .with_user(by or user)
            .create(
                {
                    "user_id": user.id,
                    "date_from": today if first == "today" else "2020-01-01",
                    "date_to": today if last == "today" else last,
                    "deputy_id": deputy.id,
                }
            )
        )

    def test_the_least_authority_that_is_enough_is_asked(self):
        draft = self._waiting(1000)
        self.assertEqual(draft.o2c_approver_id, self.approver)
        self.assertEqual(draft.o2c_check_desk, self.approver.name)
        self.assertEqual(self._waiting(1000.01).o2c_approver_id, self.chief)

    def test_a_larger_amount_needs_a_higher_approver(self):
        draft = self._waiting(1000.01)
        with self.assertRaisesRegex(UserError, "more than you may approve"):
            draft.with_user(self.approver).action_o2c_approve()
        draft.with_user(self.chief).action_o2c_approve()
        self.assertEqual(draft.state, "posted")

    def test_two_rules_need_two_authorities(self):
        self._rule("manual")
        self.sme.o2c_check_invoices = True
        self._rule("customer", (self.chief, None))
        draft = self._waiting(500)
        self.assertEqual(draft.o2c_approver_id, self.chief)
        with self.assertRaises(UserError):
            draft.with_user(self.approver).action_o2c_approve()
        draft.with_user(self.chief).action_o2c_approve()
        self.assertEqual(draft.o2c_approved_by_id, self.chief)

    def test_a_group_can_be_named(self):
        group = self.env["res.groups"].create({"name": "Directie"})
        self.rule.authority_ids.filtered("any_amount").write(
            {"user_ids": [(5,)], "group_id": group.id}
        )
        draft = self._waiting(5000)
        self.assertFalse(draft.o2c_approver_id, "nobody is in that group yet")
        with self.assertRaises(UserError):
            draft.with_user(self.chief).action_o2c_approve()
        self.chief.group_ids += group
        draft.with_user(self.chief).action_o2c_approve()
        self.assertEqual(draft.state, "posted")

    def test_a_rule_without_names_asks_any_approver(self):
        self.rule.authority_ids.unlink()
        draft = self._waiting(99999)
        self.assertFalse(draft.o2c_approver_id)
        self.assertEqual(draft.o2c_check_desk, "Any approver")
        draft.with_user(self.approver).action_o2c_approve()
        self.assertEqual(draft.state, "posted")

    def test_nobody_approves_what_he_made_not_even_as_the_only_one(self):
        draft = self._draft(500)
        draft.with_user(self.approver).action_o2c_ask_approval()
        self.assertEqual(draft.o2c_approver_id, self.chief, "the maker is passed over")
        with self.assertRaisesRegex(UserError, "Four eyes"):
            draft.with_user(self.approver).action_o2c_approve()

    def test_who_changes_a_waiting_draft_does_not_approve_it(self):
        draft = self._waiting(500)
        draft.with_user(self.approver).invoice_line_ids.price_unit = 400
        with self.assertRaisesRegex(UserError, "Four eyes"):
            draft.with_user(self.approver).action_o2c_approve()
        draft.with_user(self.chief).action_o2c_approve()

    def test_a_deputy_approves_on_the_days_that_were_given(self):
        deputy = self._user("deputy", "o2c_base.group_billing_approver")
        draft = self._waiting(5000)
        with self.assertRaises(UserError):
            draft.with_user(deputy).action_o2c_approve()
        absence = self._away(self.chief, deputy)
        self.assertEqual(self._waiting(5000).o2c_approver_id, deputy)
        self.assertTrue(draft.with_user(deputy).o2c_check_mine)
        mine = self.env["account.move"].with_user(deputy)
        self.assertIn(draft, mine.search([("o2c_check_mine", "=", True)]))
        self.assertNotIn(draft, mine.search([("o2c_check_mine", "=", False)]))
        draft.with_user(deputy).action_o2c_approve()
        self.assertEqual(draft.o2c_approved_by_id, deputy)
        absence.sudo().date_to = "2020-01-31"
        late = self._waiting(5000)
        self.assertEqual(late.o2c_approver_id, self.chief)
        with self.assertRaises(UserError):
            late.with_user(deputy).action_o2c_approve()

    def test_a_deputy_does_not_lend_the_authority_of_the_maker(self):
        deputy = self._user("deputy", "o2c_base.group_billing_approver")
        self._away(self.chief, deputy)
        draft = self._draft(5000)
        draft.with_user(self.chief).action_o2c_ask_approval()
        with self.assertRaises(UserError):
            draft.with_user(deputy).action_o2c_approve()

    def test_nobody_makes_himself_a_deputy(self):
        with self.assertRaisesRegex(AccessError, "himself a deputy"):
            self._away(self.chief, self.approver, by=self.approver)
        third = self._user("third", "o2c_base.group_billing_approver")
        absence = self._away(self.chief, third, by=self.approver)
        with self.assertRaises(AccessError):
            absence.with_user(self.approver).deputy_id = self.approver
        with self.assertRaises(AccessError):
            absence.with_user(third).date_to = "2099-01-01"
        with self.assertRaises(ValidationError):
            self._away(self.chief, self.billing)
        with self.assertRaises(AccessError):
            self._away(self.billing, self.chief, by=self.billing)

    @mute_logger("odoo.sql_db")
    def test_an_absence_that_cannot_be_is_refused(self):
        with self.assertRaises(Exception):  # noqa: B017
            self._away(self.chief, self.chief).flush_recordset()

    def test_nobody_gives_authority_to_himself(self):
        own = self.rule.authority_ids.filtered(lambda one: one.up_to == 1000)
        with self.assertRaisesRegex(AccessError, "himself"):
            own.with_user(self.approver).any_amount = True
        own.with_user(self.chief).up_to = 2000
        self.assertEqual(self._waiting(2000).o2c_approver_id, self.approver)
        with self.assertRaises(AccessError):
            own.with_user(self.billing).up_to = 1
        with self.assertRaises(ValidationError):
            own.with_user(self.chief).user_ids = self.billing

    def test_the_least_busy_of_equals_is_asked(self):
        second = self._user("second", "o2c_base.group_billing_approver")
        self.rule.authority_ids.filtered(
            lambda one: one.up_to == 1000
        ).sudo().user_ids += second
        asked = [self._waiting(500).o2c_approver_id for _ in range(4)]
        self.assertEqual(asked.count(second), 2)
        self.assertEqual(asked.count(self.approver), 2)

    def test_of_many_those_beyond_authority_stay_and_are_named(self):
        small, large = self._waiting(500), self._waiting(5000, partner=self.corporate)
        result = (small | large).with_user(self.approver).action_o2c_approve()
        self.assertEqual((small.state, large.state), ("posted", "draft"))
        self.assertEqual(large.o2c_check_state, "to_check")
        self.assertEqual(result["tag"], "display_notification")
        self.assertIn(self.corporate.name, result["params"]["message"])
        self.assertNotIn(self.sme.name, result["params"]["message"])
        self.assertIn("1 approved", result["params"]["title"])

    def test_what_cannot_be_posted_is_not_approved_either(self):
        good, bad = self._waiting(500), self._waiting(600, partner=self.corporate)
        bad.partner_bank_id = self.env["res.partner.bank"].create(
            {
                "acc_number": "NL91ABNA0417164300",
                "partner_id": self.sme.id,
                "active": False,
            }
        )
        result = (bad | good).with_user(self.chief).action_o2c_approve()
        self.assertEqual((good.state, bad.state), ("posted", "draft"))
        self.assertEqual(bad.o2c_check_state, "to_check")
        self.assertFalse(bad.o2c_approved_by_id)
        self.assertIn(self.corporate.name, result["params"]["message"])
        with self.assertRaises(UserError):
            bad.with_user(self.chief).action_o2c_approve()

    def test_all_approved_says_nothing(self):
        drafts = self._waiting(500) | self._waiting(600)
        self.assertIsNone(drafts.with_user(self.chief).action_o2c_approve())
        self.assertEqual(set(drafts.mapped("state")), {"posted"})

    def test_a_rule_is_made_on_its_form(self):
        form = Form(self.env["o2c.draft.check.rule"].with_user(self.chief))
        form.kind = "price"
        form.percentage = 5
        with form.authority_ids.new() as line:
            line.user_ids.add(self.approver)
            line.up_to = 250
        rule = form.save()
        self.assertIn("5%", rule.name)
        self.assertIn("250", rule.authority_ids.display_name)
