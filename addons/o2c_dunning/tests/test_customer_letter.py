"""Letters beside the ladder: texts that hold, once, and never changed."""

from datetime import datetime

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestCustomerLetter(TalkCommon):
    def test_a_placeholder_that_means_nothing_is_refused(self):
        text = self.env.ref("o2c_dunning.o2c_customer_text_plan_before_en")
        for body in ("<p>{nothing}</p>", "<p>{amo<b>unt}</b></p>"):
            with self.assertRaises(ValidationError):
                text.body = body

    def test_every_occasion_has_a_text_in_every_language(self):
        texts = self.env["o2c.customer.text"]
        found = {(one.kind, one.lang) for one in texts.search([])}
        kinds = [kind for kind, _label in texts._fields["kind"].selection]
        for kind in kinds:
            for lang in ("nl", "en", "de", "fr"):
                self.assertIn((kind, lang), found)

    def test_a_company_text_goes_before_a_shared_one(self):
        texts = self.env["o2c.customer.text"]
        shared = texts._find("plan_kept", self.company, "en_US")
        own = shared.copy({"company_id": self.company.id, "subject": "Ours"})
        self.assertEqual(texts._find("plan_kept", self.company, "en_US"), own)
        self.assertEqual(texts._find("plan_kept", self.company, "pl_PL"), own)

    def test_a_letter_is_written_once_and_stays_as_it_is(self):
        plan = self._plan()
        letter = plan._write_letter("plan_late", key="1")
        self.assertFalse(plan._write_letter("plan_late", key="1"))
        with self.assertRaises(AccessError):
            letter.with_user(self.manager).write({"content": "<p>Else</p>"})
        with self.assertRaises(AccessError):
            letter.with_user(self.manager).unlink()

    def test_a_mail_that_fails_is_shown(self):
        plan = self._plan()
        letter = self.letters.search([("kind", "=", "plan_agreed")])
        mail = self.env["mail.mail"].search(
            [("mail_message_id", "=", letter.mail_message_id.id)]
        )
        mail._postprocess_sent_message(
            [], [], failure_reason="No route", failure_type="mail_smtp"
        )
        self.assertEqual((letter.state, letter.failure_reason), ("failed", "No route"))
        self.assertIn(letter, plan.letter_ids)

    def test_night_mail_leaves_in_office_hours(self):
        plan = self._plan()
        self.company.o2c_dunning_office_hours = True
        # Saturday night: Monday morning, 8 o'clock in Amsterdam
        letter = plan._write_letter(
            "plan_late", key="9", now=datetime(2026, 3, 21, 1, 30)
        )
        self.assertEqual(str(letter.leaves_at), "2026-03-23 07:00:00")
