"""Only the disputed part pauses."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestDispute(DunningCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._due(self.sme, 1000, "2026-03-01")

    def _dispute(self, amount):
        return self.env["o2c.dispute"]._dispute(
            self.invoice, amount, "quality", source="call", note="Broken on arrival"
        )

    def test_a_wholly_disputed_invoice_is_left_alone(self):
        self._dispute(1000)
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)
        self.assertEqual(self._verdict(self.invoice).reason, "disputed")

    def test_half_a_dispute_asks_the_other_half(self):
        self._dispute(400)
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual(notice.amount, 600)
        self.assertEqual(notice.line_ids.amount_disputed, 400)
        self._deliver("2026-03-04")
        self.assertIn("600.00", self._mails[0]["body"])
        self.assertIn("Under discussion", self._mails[0]["body"])

    def test_a_disputed_invoice_is_named_and_not_asked_beside_another(self):
        self._dispute(1000)
        other = self._due(self.sme, 300, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        kinds = {line.move_id: line.kind for line in notice.line_ids}
        self.assertEqual(kinds, {self.invoice: "disputed", other: "remind"})
        self.assertEqual(notice.amount, 300)

    def test_after_the_decision_the_ladder_goes_on(self):
        dispute = self._dispute(1000).with_user(self.collector)
        with self.assertRaises(UserError):
            dispute.action_reject()
        dispute.outcome = "Delivery note was signed."
        dispute.action_reject()
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids, "not told yet")
        with self.mock_mail_gateway():
            self.env["mail.mail"].sudo().process_email_queue()
        self.assertIn("Delivery note was signed.", self._mails[0]["body"])
        self.assertEqual(self._nightly("2026-03-05").o2c_notice_ids.amount, 1000)

    def test_a_dispute_raised_between_run_and_sending_is_respected(self):
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._dispute(1000)
        self._deliver("2026-03-04")
        self.assertEqual(notice.state, "withdrawn")
        self.assertFalse(self._mails)

    def test_no_more_than_the_invoice_and_no_state_by_hand(self):
        with self.assertRaises(ValidationError):
            self._dispute(1001)
        dispute = self._dispute(1000)
        with self.assertRaises(AccessError):
            dispute.with_user(self.collector).state = "rejected"
