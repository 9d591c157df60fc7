"""Sending: fresh amounts, the customer's language, and only what left counts."""

from datetime import datetime
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestSend(DunningCommon):
    def test_the_mail_goes_to_the_invoice_contact_and_the_notice_is_sent(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._deliver("2026-03-04")
        self.assertEqual(len(self._mails), 1)
        mail = self._mails[0]
        self.assertIn("crediteuren@proef.example", mail["email_to"][0])
        self.assertIn("1,000.00", mail["subject"])
        self.assertIn("INV/2026", mail["body"])
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.sent_on.isoformat(), "2026-03-04")
        self.assertEqual(notice.case_id.step_days, 3)
        log = self.env["o2c.delivery.log"].search(
            [("res_model", "=", notice._name), ("res_id", "=", notice.id)]
        )
        self.assertEqual(set(log.mapped("event")), {"queued", "sent"})

    def test_a_paid_invoice_is_not_reminded_any_more(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(invoice, date="2026-03-04")
        self._deliver("2026-03-04")
        self.assertFalse(self._mails)
        self.assertEqual(notice.state, "withdrawn")
        self.assertFalse(notice.line_ids.filtered("live"))

    def test_a_part_payment_shrinks_the_message(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(invoice, 400, "2026-03-04")
        self._deliver("2026-03-04")
        self.assertEqual(notice.amount, 600)
        self.assertIn("600.00", self._mails[0]["body"])
        self.assertNotIn("1,000.00", self._mails[0]["body"])

    def test_one_of_two_invoices_paid_leaves_the_other(self):
        paid = self._due(self.sme, 1000, "2026-03-01")
        left = self._due(self.sme, 250, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._pay(paid, date="2026-03-04")
        self._deliver("2026-03-04")
        self.assertEqual(notice.line_ids.move_id, left)
        self.assertEqual(notice.amount, 250)

    def test_the_customers_language_decides(self):
        self._activate("nl_NL", "de_DE", "fr_FR")
        words = {
            "nl_NL": "staat nog open",
            "de_DE": "sind noch offen",
            "fr_FR": "restent à payer",
            "en_US": "is still open",
        }
        for lang in words:
            partner = self._customer(f"Klant {lang}", "sme", lang=lang)
            self._due(partner, 1000, "2026-03-01")
        self._remind("2026-03-04")
        self.assertEqual(len(self._mails), 4)
        for words_of_lang in words.values():
            self.assertEqual(
                len([m for m in self._mails if words_of_lang in m["subject"]]), 1
            )

    def _activate(self, *codes):
        for code in codes:
            self.env["res.lang"].sudo()._activate_lang(code)

    def test_a_language_without_text_falls_back(self):
        self._activate("es_ES")
        partner = self._customer("Cliente", "sme", lang="es_ES")
        self._due(partner, 1000, "2026-03-01")
        self._remind("2026-03-04")
        self.assertIn("is still open", self._mails[0]["subject"])

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_when_the_mail_server_is_down_the_notice_says_so_and_is_retried(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        now = datetime(2026, 3, 4, 8)
        with (
            self.mock_datetime_and_now(now),
            self.mock_mail_gateway(),
            patch.object(
                type(self.env["ir.mail_server"]),
                "_connect__",
                side_effect=OSError("no route to mail server"),
            ),
        ):
            self.notices._send_queue(self.company, now)
            self.env["mail.mail"].sudo().process_email_queue()
        self.assertEqual(notice.state, "failed")
        self.assertIn("no route", notice.failure_reason)
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        with self.mock_mail_gateway():
            self.env["mail.mail"].sudo().process_email_queue()
        self.assertFalse(self._mails, "the failed mail itself is never sent again")
        self._deliver("2026-03-05")
        self.assertEqual(notice.state, "sent")
        self.assertEqual(notice.tries, 2)
        self.assertEqual(len(self._mails), 1)

    def test_a_bounce_never_advances_until_the_address_is_mended(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        notice.case_id._message_receive_bounce("crediteuren@proef.example", None)
        self.assertEqual(notice.state, "bounced")
        task = self.env["o2c.contact.task"].sudo().search([])
        self.assertEqual(
            (task.problem_ids.partner_id, task.problem),
            (self.sme_contact, "email_bounced"),
        )
        self.assertFalse(self._nightly("2026-03-25").o2c_notice_ids)
        self.assertEqual(self._verdict(invoice).reason, "reminder_bounced")
        self.sme_contact.email = "nieuw@proef.example"
        again = self._remind("2026-03-26")
        self.assertEqual((again.step_days, again.state), (3, "sent"))

    def test_a_customer_without_address_gets_a_letter(self):
        self.sme_contact.email = False
        self.sme.email = False
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual((notice.channel, notice.state), ("letter", "approved"))
        self._deliver("2026-03-04")
        self.assertFalse(self._mails)
        notice.with_user(self.collector).action_print()
        self.assertEqual(notice.state, "queued")
        self.assertIn("INV/2026", notice.content)
        self.assertFalse(notice.sent_on)
        notice.with_user(self.collector).action_posted()
        self.assertEqual(notice.state, "sent")

    def test_a_call_step_becomes_an_activity_and_counts_when_it_is_done(self):
        self.sme.phone = "+31 30 765 43 21"
        self.standard.step_ids[0].channel = "call"
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._deliver("2026-03-04")
        activity = notice.case_id.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertIn("1,000.00", activity.note)
        self.assertEqual(notice.state, "queued")
        activity.action_feedback("Will pay tomorrow")
        self.assertEqual(notice.state, "sent")

    def test_nothing_leaves_in_watch_mode(self):
        self._switch("watch", "dunning")
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._deliver("2026-03-04")
        self.assertEqual(notice.state, "preview")
        self.assertFalse(self._mails)

    def test_what_was_sent_cannot_be_changed_by_anybody(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04").sudo()
        seal = notice.content_hash
        for values in (
            {"content": "other"},
            {"amount": 1},
            {"state": "approved"},
            {"line_ids": [(5,)]},
        ):
            with self.assertRaises(UserError):
                notice.write(values)
        with self.assertRaises(UserError):
            notice.line_ids.amount = 5
        with self.assertRaises(UserError):
            notice.line_ids.unlink()
        with self.assertRaises(UserError):
            notice.unlink()
        self.assertEqual(notice._seal(), seal)

    def test_the_mail_invites_an_answer_to_the_case(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        message = notice.mail_message_id
        self.assertEqual(
            (message.model, message.res_id), ("o2c.dunning.case", notice.case_id.id)
        )
        self.assertTrue(message.exists())
        self.assertTrue(message.reply_to)
