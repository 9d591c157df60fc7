"""An answer to a reminder reaches the case and pauses it until it was read."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon

ANSWER = """From: {sender}
To: {to}
Subject: Re: reminder
Message-ID: <answer-1@proef.example>
In-Reply-To: {reply_to}
References: {reply_to}
Content-Type: text/plain; charset="utf-8"
{extra}
We paid yesterday.
"""


@tagged("post_install", "-at_install")
class TestAnswer(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].sudo().create({"name": "proef.example"})
        cls.company.sudo().alias_domain_id = domain

    def _answer(self, notice, extra=""):
        mail = ANSWER.format(
            sender="crediteuren@proef.example",
            to=notice.mail_message_id.reply_to,
            reply_to=notice.mail_message_id.message_id,
            extra=extra,
        )
        self.env["mail.thread"].sudo().message_process(False, mail)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_an_answer_pauses_the_case_until_somebody_read_it(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertIn("catchall@proef.example", notice.mail_message_id.reply_to)
        self._answer(notice)
        case = notice.case_id
        self.assertEqual(case.state, "answered")
        self.assertIn("paid yesterday", case.message_ids[0].body)
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        self.assertEqual(self._verdict(invoice).reason, "answered")
        case.with_user(self.collector).action_read_answer()
        self.assertEqual(self._nightly("2026-03-25").o2c_notice_ids.step_days, 17)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_an_automatic_reply_is_not_an_answer(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self._answer(notice, extra="Auto-Submitted: auto-replied\n")
        self.assertEqual(notice.case_id.state, "open")
