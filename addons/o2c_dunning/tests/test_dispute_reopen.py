"""An answer that does not hold any more is stopped, or it is said that it left."""

from odoo.tests import tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestDisputeReopen(TalkCommon):
    def _rejected(self):
        """A dispute that was rejected; its answer waits in the queue."""
        with self._at("2026-03-20"):
            dispute = self.env["o2c.dispute"]._dispute(
                self.first, 0, "quality", source="call"
            )
            dispute.outcome = "It was as ordered."
            dispute.with_user(self.collector).action_reject()
        self.assertEqual(dispute.letter_ids.state, self.waits)
        return dispute

    waits = "queued"

    def _mail(self, letter):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("mail_message_id", "=", letter.mail_message_id.id)])
        )

    def _reopen(self, dispute):
        """Open it again. :return: what its conversation says then"""
        before = dispute.message_ids
        with self._at("2026-03-23"):
            dispute.with_user(self.collector).action_reopen()
        self.assertEqual(dispute.state, "open")
        return " ".join(map(str, (dispute.message_ids - before).mapped("body")))

    def test_the_mail_that_waits_is_stopped_and_it_is_said(self):
        dispute = self._rejected()
        letter = dispute.letter_ids
        said = self._reopen(dispute)
        self.assertEqual(self._mail(letter).state, "cancel")
        self.assertEqual(letter.state, "stopped")
        self.assertIn("was stopped", said)
        self.assertIn(letter.subject, said)
        self._flush_mail()
        self.assertFalse(self._mails, "the customer hears nothing")
        self.assertEqual(letter.state, "stopped")

    def test_a_mail_that_left_is_said_to_have_left(self):
        dispute = self._rejected()
        with self._at("2026-03-21"):
            self._flush_mail()
        self.assertEqual(dispute.letter_ids.state, "sent")
        said = self._reopen(dispute)
        self.assertIn("already left on", said)
        self.assertIn("21 Mar 2026", said)
        self.assertNotIn("stopped", said)
        self.assertEqual(dispute.letter_ids.state, "sent")

    def test_a_letter_that_was_not_printed_is_stopped(self):
        self.waits = "print"
        self.sme.email = False
        self.sme.child_ids.email = False
        dispute = self._rejected()
        self.assertIn("was stopped", self._reopen(dispute))
        self.assertEqual(dispute.letter_ids.state, "stopped")

    def test_rejected_again_he_gets_one_new_answer(self):
        dispute = self._rejected()
        self._reopen(dispute)
        with self._at("2026-03-23"):
            dispute.with_user(self.collector).action_reject()
        self._flush_mail()
        self.assertEqual(len(self._mails), 1)
        told = self.letters.search([("res_id", "=", dispute.id)], order="id")
        told = told.filtered(lambda one: one.res_model == dispute._name)
        self.assertEqual(told.mapped("state"), ["stopped", "sent"])
