"""Who withdraws a reminder says why; colleagues and the dossier read it later."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestNoticeWithdrawal(DunningCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._due(self.sme, 600, "2026-03-01")
        self.notice = self._nightly("2026-03-04").o2c_notice_ids
        self.asking = self.notice.with_user(self.collector)

    def _dialog(self):
        action = self.asking.action_withdraw()
        self.assertEqual(self.notice.state, "approved", "not before somebody said why")
        model = self.env[action["res_model"]].with_user(self.collector)
        return Form(model.with_context(**action["context"]))

    def test_the_reason_stands_on_the_reminder_and_in_the_conversation(self):
        dialog = self._dialog()
        dialog.reason = "Paid by phone"
        dialog.save().action_apply()
        self.assertEqual(self.notice.state, "withdrawn")
        self.assertIn("Paid by phone", self.notice.failure_reason)
        self.assertIn(self.collector.name, self.notice.failure_reason)
        [said] = [
            message
            for message in self.notice.case_id.message_ids
            if "Paid by phone" in str(message.body)
        ]
        self.assertIn(self.notice.step_name, str(said.body))
        self.assertEqual(said.author_id, self.collector.partner_id)
        self.assertFalse(self.notice.line_ids.filtered("live"), "judged again")

    def test_two_of_one_case_are_both_told(self):
        other = self.notice.copy({"run_id": False, "amount": 77.0})
        other.state = "approved"
        both = (self.notice + other).with_user(self.collector)
        both._withdraw_because("Verkeerde brief")
        said = self.notice.case_id.message_ids[0].body
        self.assertEqual(said.count("Verkeerde brief"), 2)
        self.assertIn("77", said)

    def test_without_a_reason_it_is_not_withdrawn(self):
        dialog = self._dialog()
        with self.assertRaises(AssertionError):
            dialog.save()
        dialog.reason = "   "
        with self.assertRaises(UserError):
            dialog.save().action_apply()
        self.assertEqual(self.notice.state, "approved")

    def test_what_has_left_cannot_be_withdrawn(self):
        self._deliver("2026-03-04")
        with self.assertRaises(UserError):
            self.asking.action_withdraw()

    def test_only_a_collector_withdraws(self):
        seller = self._user("seller", "base.group_user")
        with self.assertRaises(AccessError):
            self.notice.with_user(seller).action_withdraw()
        with self.assertRaises(AccessError):
            self.notice.with_user(seller)._withdraw_because("No")
