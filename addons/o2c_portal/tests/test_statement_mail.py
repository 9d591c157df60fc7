"""A controller mails a customer his statement: PDF, pay link and code, once."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestStatementMail(PayCommon, DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("nl_NL")
        cls.company.o2c_pay_links = True
        cls.invoice = cls._invoice(cls.sme, 250.0, "2026-02-10")
        cls.sme_contact.write(
            {
                "type": "invoice",
                "email": "crediteuren@proef.example",
                "lang": "nl_NL",
            }
        )
        cls.clerk = cls._user("clerk", "o2c_base.group_credit_controller")
        cls.clerk.write(
            {"group_ids": [Command.link(cls.env.ref("base.group_partner_manager").id)]}
        )
        cls.mails = cls.env["o2c.statement.mail"].sudo()
        cls.text = cls.env["o2c.customer.text"].sudo()

    def _screen(self, partners=None, user=None):
        partners = (partners or self.sme).with_user(user or self.clerk)
        action = partners.action_o2c_send_statement()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.clerk)
            .browse(action["res_id"])
        )

    def _sent(self, partners=None):
        """Statements from the screen to the mail queue."""
        screen = self._screen(partners)
        screen.action_send()
        self._worked_off()
        return self.mails.search([("batch", "=", screen.batch)])

    def _worked_off(self):
        progress = self.registry["ir.cron"]
        with patch.object(progress, "_commit_progress", lambda *_a, **_k: 1000.0):
            self.mails._cron_send()

    def _mail(self, row):
        letters = row.letter_ids.sudo()
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("mail_message_id", "in", letters.mail_message_id.ids)])
        )

    def test_it_goes_to_the_invoice_contact_in_his_language_with_the_pdf(self):
        row = self._sent()
        self.assertEqual((row.state, row.closing), ("handed", 250.0))
        letter, mail = row.letter_ids, self._mail(row)
        self.assertEqual(letter.email_to, "crediteuren@proef.example")
        self.assertEqual(letter.lang, "nl_NL")
        self.assertIn("rekeningoverzicht", letter.subject)
        self.assertIn("250,00", letter.content)
        (paper,) = mail.attachment_ids
        self.assertEqual(paper.mimetype, "application/pdf")
        self.assertIn(self.invoice.name, paper.raw.decode())

    def test_the_mail_has_the_pay_link_and_its_code(self):
        row = self._sent()
        link = self.links._for(self.sme)
        self.assertIn(f'href="{link._url()}', row.letter_ids.content)
        self.assertIn(f"{link._url()}/qr.png", row.letter_ids.content)

    def test_who_owes_nothing_gets_no_pay_link(self):
        self._pay(self.invoice)
        screen = self._screen()
        screen.write({"since": "2026-01-01"})
        screen.action_send()
        self._worked_off()
        row = self.mails.search([("batch", "=", screen.batch)])
        self.assertEqual((row.state, row.closing), ("handed", 0.0))
        self.assertNotIn("/pay/", row.letter_ids.content)

    def test_it_stands_in_the_conversation_when_it_left(self):
        row = self._sent()
        before = self.sme.message_ids
        self._mail(row)._postprocess_sent_message([], [])
        self.assertEqual(row.state, "sent")
        (note,) = self.sme.message_ids - before
        self.assertIn("crediteuren@proef.example", note.body)
        self.assertEqual(note.author_id, self.clerk.partner_id)
        self.assertEqual(note.attachment_ids.mimetype, "application/pdf")

    def test_a_mail_that_does_not_arrive_is_seen(self):
        row = self._sent()
        self._mail(row)._postprocess_sent_message(
            [], [], failure_reason="no such host", failure_type="mail_smtp"
        )
        self.assertEqual((row.state, row.reason), ("failed", "no such host"))

    def test_the_words_are_those_of_the_house(self):
        text = self.text.search([("kind", "=", "statement"), ("lang", "=", "nl")])
        text.body = "<p>Dag {contact}, het saldo is {amount} ({reference}).</p>"
        content = self._sent().letter_ids.content
        self.assertIn(f"Dag {self.sme_contact.name}", content)
        self.assertIn(self.links._for(self.sme).reference, content)

    def test_the_same_screen_counts_once(self):
        screen = self._screen()
        screen.action_send()
        screen.action_send()
        self.assertEqual(self.mails.search_count([("batch", "=", screen.batch)]), 1)
        self.assertIn("last 24 hours", self._screen().line_ids.note)

    def test_who_wants_no_mail_gets_none(self):
        """Blacklist, flag, no address: said before, and looked at again."""
        screen = self._screen()
        self.assertEqual(screen.ready_count, 1)
        self.env["mail.blacklist"].sudo()._add("crediteuren@proef.example")
        self.assertIn("blacklist", self._screen().line_ids.reason)
        with self.assertRaises(UserError):
            self._screen().action_send()
        screen.action_send()
        self._worked_off()
        row = self.mails.search([("batch", "=", screen.batch)])
        self.assertEqual(row.state, "failed")
        self.assertFalse(row.letter_ids)
        self.env["mail.blacklist"].sudo()._remove("crediteuren@proef.example")
        self.env["o2c.debtor.flag"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "kind": "channel",
                "channel": "letter",
                "reason": "asked by phone",
            }
        )
        self.assertIn("debtor flag", self._screen().line_ids.reason)
        (self.sme + self.sme_contact).write({"email": False})
        self.assertIn("no e-mail address", self._screen().line_ids.reason)

    def test_on_watch_nothing_leaves_and_off_there_is_no_screen(self):
        self.company.o2c_dunning_mode = "watch"
        self.assertIn("nothing leaves", self._screen().mode_words)
        row = self._sent()
        self.assertEqual(row.state, "watched")
        self.assertFalse(row.letter_ids)
        self.company.o2c_dunning_mode = "off"
        with self.assertRaises(UserError):
            self._screen()

    def test_a_selection_goes_as_one_and_one_failure_stops_no_other(self):
        self._invoice(self.corporate, 99.0, "2026-02-10")
        self.corporate.email = "ap@groot.example"
        broken = self.corporate

        def paper(row, lang):
            if row.partner_id == broken:
                raise ValueError("no paper")
            return self.env["ir.attachment"]

        partners = self.sme_contact + self.sme + self.corporate + self.consumer
        screen = self._screen(partners)
        self.assertEqual(screen.ready_count, 2)
        idle = screen.line_ids.filtered("reason")
        self.assertEqual(idle.partner_id, self.consumer)
        screen.action_send()
        logger = "odoo.addons.o2c_portal.models.o2c_statement_mail"
        with (
            patch.object(type(self.mails), "_paper", paper),
            self.assertLogs(logger, "ERROR"),
        ):
            self._worked_off()
        rows = self.mails.search([("batch", "=", screen.batch)])
        states = {row.partner_id: row.state for row in rows}
        self.assertEqual(states, {self.sme: "handed", self.corporate: "failed"})

    def test_the_period_changes_what_is_sent(self):
        screen = Form(self._screen())
        screen.since = "2026-01-01"
        screen.until = "2026-02-01"
        self.assertEqual(screen.ready_count, 0)
        screen.until = "2026-02-10"
        self.assertEqual(screen.ready_count, 1)

    def test_others_do_not_send_statements(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self._screen(user=seller)
        row = self._sent()
        with self.assertRaises(AccessError):
            row.with_user(seller).sudo(False).read(["closing"])
        with self.assertRaises(AccessError):
            row.with_user(self.clerk).sudo(False).write({"state": "waiting"})
