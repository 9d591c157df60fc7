"""On a phone-sized browser: ask a plan, dispute a line, ask a question."""

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestDeskPhone(DeskCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_customer_helps_himself_with_his_phone(self):
        self.start_tour(ACCOUNT, "o2c_portal_desk", login="contact")
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((plan.state, plan.move_ids), ("running", self.first))
        dispute = self.disputes.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(dispute.line_ids.name, "Bakplaten")
        self.assertEqual((dispute.amount, dispute.note), (100, "They are bent"))
        question = self.questions.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(question.text, "When do you open?")
        self.assertEqual(self._judged(self.first), "on_plan")
