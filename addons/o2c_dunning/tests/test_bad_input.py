"""Customers, calendars and mail servers as they really are."""

from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestBadInput(DunningCommon):
    def test_an_archived_customer_still_owes(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        (self.sme_contact + self.sme).action_archive()
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.line_ids.move_id, invoice)
        self.assertEqual((notice.state, notice.contact_id), ("sent", self.sme))

    def test_an_archived_contact_gets_nothing(self):
        self._due(self.sme, 1000, "2026-03-01")
        self.sme_contact.action_archive()
        self._remind("2026-03-04")
        self.assertIn("post@proef.example", self._mails[0]["email_to"][0])

    def test_several_invoice_contacts_are_one_mail_to_the_first_with_an_address(self):
        self.sme_contact.email = False
        contacts = self.env["res.partner"].create(
            [
                {
                    "name": f"Administratie {number}",
                    "parent_id": self.sme.id,
                    "type": "invoice",
                    "email": f"administratie{number}@proef.example",
                }
                for number in (1, 2)
            ]
        )
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.contact_id, contacts[0])
        self.assertEqual(len(self._mails), 1)

    def test_an_invoice_to_an_address_elsewhere_is_a_debt_of_the_customer(self):
        elsewhere = self.env["res.partner"].create(
            {
                "name": "Kantoor Antwerpen",
                "parent_id": self.sme.id,
                "type": "other",
                "country_id": self.env.ref("base.be").id,
                "email": "antwerpen@proef.example",
            }
        )
        self._due(elsewhere, 1000, "2026-03-01")
        self._due(self.sme, 500, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self.assertEqual((notice.partner_id, notice.amount), (self.sme, 1500))

    def test_two_addresses_in_one_field_are_two_recipients_of_one_mail(self):
        self.sme_contact.email = "een@proef.example, twee@proef.example"
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "sent")
        sent = ",".join(to for mail in self._mails for to in mail["email_to"])
        self.assertIn("een@proef.example", sent)
        self.assertIn("twee@proef.example", sent)

    def test_an_address_that_is_none_fails_and_asks_for_a_better_one(self):
        self.sme_contact.email = "geen adres"
        self._due(self.sme, 1000, "2026-03-01")
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            notice = self._remind("2026-03-04")
        self.assertEqual(notice.state, "failed")
        task = self.env["o2c.contact.task"].sudo().search([])
        self.assertIn(self.sme_contact, task.problem_ids.partner_id)

    def test_merged_customers_are_reminded_as_one_at_the_highest_step(self):
        twin = self._customer("Bakkerij Proef", "sme")
        self._due(self.sme, 1000, "2026-03-01")
        self._due(twin, 500, "2026-03-14")
        self._remind("2026-03-04")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.sme + twin).ids, self.sme)
        notice = self._nightly("2026-03-18").o2c_notice_ids
        self.assertEqual((len(notice), notice.amount), (1, 1500))
        self.assertEqual(notice.step_days, 17)

    def test_a_merge_keeps_flags(self):
        twin = self._customer("Bakkerij Proef", "sme")
        flag = (
            self.env["o2c.debtor.flag"]
            .sudo()
            .create({"partner_id": twin.id, "kind": "vulnerable", "reason": "ill"})
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.sme + twin).ids, self.sme)
        self.assertEqual(flag.partner_id, self.sme)

    def test_a_negative_residual_is_money_of_the_customer(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, -300, "2026-03-01", post=False).unlink()
        data = self.company_data
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": data["default_journal_misc"].id,
                "date": "2026-03-01",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": data["default_account_receivable"].id,
                            "partner_id": self.sme.id,
                            "credit": 300,
                            "date_maturity": "2026-03-01",
                        }
                    ),
                    Command.create(
                        {
                            "account_id": data["default_account_revenue"].id,
                            "debit": 300,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        self.assertEqual(self._nightly("2026-03-04").o2c_notice_ids.amount, 700)

    def test_a_debt_that_is_all_credit_is_silence(self):
        self._due(self.sme, 300, "2026-03-01", move_type="out_refund")
        run = self._nightly("2026-03-04")
        self.assertFalse(run.o2c_notice_ids)

    def test_29_february(self):
        self._due(self.sme, 1000, "2028-02-26")
        self.assertFalse(self._nightly("2028-02-28").o2c_notice_ids)
        notice = self._remind("2028-02-29")
        self.assertEqual((notice.step_days, notice.state), (3, "sent"))
        # the next step: day 17 is 14 March, in a leap year
        self.assertFalse(self._nightly("2028-03-13").o2c_notice_ids)
        self.assertEqual(self._nightly("2028-03-14").o2c_notice_ids.step_days, 17)

    def test_the_turn_of_the_year(self):
        self._due(self.sme, 1000, "2026-12-30")
        notice = self._remind("2027-01-02")
        self.assertEqual(notice.step_days, 3)
        self.assertEqual(notice.sent_on.isoformat(), "2027-01-02")
        self.assertEqual(self._nightly("2027-01-16").o2c_notice_ids.step_days, 17)

    def test_the_day_is_the_companys_not_the_servers(self):
        self._due(self.sme, 1000, "2026-03-01")
        # 23:30 UTC on 3 March is 4 March in Amsterdam
        today = self.company._o2c_today(datetime(2026, 3, 3, 23, 30))
        self.assertEqual(len(self.cases._run(self.company, today).o2c_notice_ids), 1)
        now = datetime(2026, 3, 4, 23, 30)
        with self.mock_datetime_and_now(now), self.mock_mail_gateway():
            self.notices._send_queue(self.company, now)
            self.env["mail.mail"].sudo().process_email_queue()
        notice = self.notices.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(notice.sent_on.isoformat(), "2026-03-05")

    def test_a_broken_placeholder_in_the_database_fails_its_own_notices_only(self):
        text = self.env["o2c.notice.text"].search([("lang", "=", "en")])
        text = text.filtered(lambda one: one.tone == self.standard.step_ids[0].tone)[:1]
        self.env["res.lang"].sudo()._activate_lang("nl_NL")
        self.corporate.lang = "nl_NL"
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 1000, "2026-03-01")
        self.env.execute_query(
            SQL(
                "UPDATE o2c_notice_text SET subject = 'Pay {totl}' WHERE id = %s"
                " RETURNING id",
                text.id,
            )
        )
        self.env.invalidate_all()
        notices = self._nightly("2026-03-04").o2c_notice_ids
        with self.assertLogs("odoo.addons.o2c_dunning", "ERROR"):
            self._deliver("2026-03-04")
        states = {notice.partner_id: notice.state for notice in notices}
        self.assertEqual(states, {self.sme: "failed", self.corporate: "sent"})
        failed = notices.filtered(lambda one: one.state == "failed")
        self.assertIn("totl", failed.failure_reason)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_a_mail_server_that_goes_down_half_way_loses_and_doubles_nothing(self):
        for partner in (self.sme, self.corporate, self.public_body):
            self._due(partner, 1000, "2026-03-01")
        notices = self._nightly("2026-03-04").o2c_notice_ids
        server = type(self.env["ir.mail_server"])
        original, taken = server.send_email, []

        def down_after_one(self, *args, **kwargs):
            if taken:
                raise OSError("connection reset")
            taken.append(1)
            return original(self, *args, **kwargs)

        now = datetime(2026, 3, 4, 8)
        with self.mock_datetime_and_now(now), self.mock_mail_gateway():
            with patch.object(server, "send_email", down_after_one):
                self.notices._send_queue(self.company, now)
                self.env["mail.mail"].sudo().process_email_queue()
        self.assertEqual(
            sorted(notices.mapped("state")), ["failed", "failed", "sent"]
        )
        self._deliver("2026-03-05")
        self.assertEqual(set(notices.mapped("state")), {"sent"})
        self.assertEqual(len(self._mails), 2, "the one that left is not sent again")

    def test_a_holiday_calendar_that_is_missing_stops_nothing(self):
        if "resource_calendar_id" in self.company._fields:
            self.company.resource_calendar_id = False
        self.company.country_id = False
        self.company.o2c_dunning_office_hours = True
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._remind("2026-03-04").state, "sent")


#: Automatic answers as mail programs really write them.
AUTOMATIC = {
    "Exchange": "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n",
    "Outlook.com": "Auto-Submitted: auto-replied\n",
    "Gmail": "Auto-Submitted: auto-replied\nPrecedence: bulk\nX-Autoreply: yes\n",
    "cPanel": "X-Autorespond: Re: reminder\nPrecedence: auto_reply\n",
    "Lotus": "X-Autogenerated: Reply\n",
    "vacation(1)": "Auto-Submitted: auto-replied (vacation)\nPrecedence: bulk\n",
    "empty sender": "Return-Path: <>\n",
    "ticket system": "X-Auto-Reply-From: support@proef.example\n",
}


@tagged("post_install", "-at_install")
class TestAutomaticAnswers(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].sudo().create({"name": "proef.example"})
        cls.company.sudo().alias_domain_id = domain

    def _answer(self, notice, number, extra="", subject="Re: reminder"):
        mail = (
            "From: crediteuren@proef.example\n"
            f"To: {notice.mail_message_id.reply_to}\n"
            f"Subject: {subject}\n"
            f"Message-ID: <auto-{number}@proef.example>\n"
            f"In-Reply-To: {notice.mail_message_id.message_id}\n"
            f"References: {notice.mail_message_id.message_id}\n"
            f"{extra}"
            'Content-Type: text/plain; charset="utf-8"\n\nI am away.\n'
        )
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].sudo().message_process(False, mail)

    def test_no_automatic_answer_pauses_a_case(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        for number, (program, headers) in enumerate(AUTOMATIC.items()):
            self._answer(notice, number, headers)
            self.assertEqual(notice.case_id.state, "open", program)
        for number, subject in enumerate(
            ("Automatisch antwoord: Herinnering", "Automatic reply: reminder"), 50
        ):
            self._answer(notice, number, subject=subject)
            self.assertEqual(notice.case_id.state, "open", subject)

    def test_a_person_behind_a_shared_mailbox_is_heard(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self._answer(notice, 99, "Precedence: list\nX-Auto-Response-Suppress: OOF\n")
        self.assertEqual(notice.case_id.state, "answered")

    def test_an_answer_lands_on_the_list_of_today(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._remind("2026-03-04")
        self._answer(notice, 100)
        today = self.env["o2c.today"].with_user(self.collector)
        cards = today._cards(self.company, self.company._o2c_today())
        card = next(one for one in cards if one["key"] == "dunning_answered")
        self.assertEqual(card["value"], "1")
