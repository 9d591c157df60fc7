"""Texts: placeholders from a closed list, shipped in four languages."""

from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..tools.placeholder import unknown_placeholders
from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestNoticeText(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = cls.env.ref("o2c_dunning.o2c_notice_text_friendly_nl")

    def test_a_placeholder_that_means_nothing_is_refused_on_save(self):
        for wrong in ("{klant}", "{total", "total}", "{to<b>tal</b>}"):
            with self.assertRaises(ValidationError, msg=wrong):
                self.text.block_ids[0].body = f"<p>Beste {wrong}</p>"
            with self.assertRaises(ValidationError, msg=wrong):
                self.text.subject = f"Open: {wrong}"

    def test_every_tone_ships_in_four_languages_with_good_placeholders(self):
        texts = self.env["o2c.notice.text"].search([])
        keys = {(text.tone, text.lang) for text in texts}
        for tone in ("friendly", "clear", "firm", "final"):
            for lang in ("nl", "en", "de", "fr"):
                self.assertIn((tone, lang), keys)
        names = set(self.text._placeholder_labels())
        for text in texts:
            kinds = text.block_ids.mapped("kind")
            self.assertEqual((kinds.count("invoices"), kinds.count("pay")), (1, 1))
            for words in (text.subject, text.script, *text.block_ids.mapped("body")):
                self.assertFalse(unknown_placeholders(words or "", names))

    def test_preview_with_a_real_customer_shows_his_open_items(self):
        invoice = self._due(self.sme, 1234, "2026-03-01")
        self.text.preview_partner_id = self.sme
        preview = str(self.text.preview)
        self.assertIn(invoice.name, preview)
        self.assertIn("1,234.00", preview)
        self.assertFalse(self.notices.search([("partner_id", "=", self.sme.id)]))

    def test_a_placeholder_that_means_nothing_is_shown_while_it_is_typed(self):
        with self.assertRaisesRegex(ValidationError, "naam"), Form(self.text) as form:
            form.subject = "Beste {naam}, {total}"
            with form.block_ids.edit(0) as block:
                block.body = "<p>Beste {naam} van {company}</p>"
            self.assertIn(f"{{naam}} van {self.company.name}", form.preview)

    def test_who_changed_a_block_stands_on_the_text(self):
        block = self.text.block_ids[0]
        before = self.text.message_ids
        block.with_user(self.manager).body = "<p>Beste {contact}, betaal snel</p>"
        block.with_user(self.manager).sequence = 11
        line = self.text.message_ids - before
        self.assertEqual(len(line), 1)
        self.assertIn("Block changed: Words · Beste {contact}, betaal", line.body)
        self.assertEqual(line.author_id, self.manager.partner_id)

    def test_values_are_escaped(self):
        self.sme_contact.name = "<script>alert(1)</script>"
        self._due(self.sme, 1000, "2026-03-01")
        content = self._remind("2026-03-04").content
        self.assertNotIn("<script>", content)

    def test_a_company_text_goes_before_the_shared_one(self):
        self.env["o2c.notice.text"].create(
            {
                "tone": "friendly",
                "lang": "en",
                "company_id": self.company.id,
                "subject": "Our own words",
            }
        )
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._remind("2026-03-04").subject, "Our own words")

    def _own_text(self, subject, **values):
        text = self.env["o2c.notice.text"].create(
            {"tone": "friendly", "lang": "en", "subject": subject, **values}
        )
        text.block_ids[0].body = f"<p>{subject}</p>"
        return text

    def test_the_order_of_the_blocks_is_the_order_of_the_mail(self):
        self._due(self.sme, 1000, "2026-03-01")
        text = self._own_text("Turned round", company_id=self.company.id)
        words, invoices, pay = text.block_ids[:3]
        words.sequence, invoices.sequence, pay.sequence = 30, 20, 10
        text.invalidate_recordset()
        content = str(self._remind("2026-03-04").content)
        where = [content.index(part) for part in ("bank transfer", "To pay", "Turned")]
        self.assertEqual(where, sorted(where))

    def test_every_reminder_lists_its_invoices_and_says_how_to_pay(self):
        text = self._own_text("Short", company_id=self.company.id)
        made = text.block_ids.filtered(lambda block: block.kind == "pay")
        with self.assertRaises(ValidationError):
            text.block_ids = [Command.delete(made.id)]
        with self.assertRaises(ValidationError):
            text.block_ids = [Command.create({"kind": "invoices"})]
        made.unlink()  # past the form: the reminder has it all the same
        self._due(self.sme, 1000, "2026-03-01")
        self.assertIn("NL02 ABNA 0123 4567 89", str(self._remind("2026-03-04").content))

    def test_step_goes_before_kind_before_segment_before_everybody(self):
        step = self.standard.step_ids[0]
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        company = {"company_id": self.company.id}
        segment = {"segment_id": self.sme.o2c_segment_id.id}
        for subject, values in (
            ("Everybody", {}),
            ("Segment", segment),
            ("Kind", {"kind": "reminder"}),
            ("Step", {"step_id": step.id}),
        ):
            self._own_text(subject, **company, **values)
            self.assertEqual(notice._rendered()["subject"], subject)
        other = {"segment_id": self.corporate.o2c_segment_id.id}
        self._own_text("Somebody else", **company, **other)
        self.assertEqual(notice._rendered()["subject"], "Step")

    def test_the_customer_s_language_goes_before_a_more_particular_text(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        self._own_text("Nur Deutsch", lang="de", segment_id=self.sme.o2c_segment_id.id)
        self.assertIn("is still open", notice._rendered()["subject"])

    def test_there_is_one_text_for_the_same_people(self):
        self._own_text("One", segment_id=self.sme.o2c_segment_id.id)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._own_text("Two", segment_id=self.sme.o2c_segment_id.id)

    def test_a_step_in_advance_has_words_of_its_own(self):
        strict = self.env.ref("o2c_dunning.o2c_dunning_ladder_strict")
        self.sme.o2c_dunning_ladder_id = strict
        self._due(self.sme, 1000, "2026-03-20")
        notice = self._nightly("2026-03-17").o2c_notice_ids
        rendered = notice._rendered()
        self.assertTrue(rendered["subject"].startswith("Due soon"))
        self.assertIn("20 March 2026", str(rendered["content"]))
        self.assertNotIn("late", str(rendered["content"]))

    def test_a_test_mail_goes_to_oneself_and_to_nobody_else(self):
        self._due(self.sme, 1234, "2026-03-01")
        self.manager.email = "chef@waterlelie.example"
        text = self.env.ref("o2c_dunning.o2c_notice_text_clear_nl")
        text = text.with_user(self.manager)
        text = text.with_context(o2c_preview_partner_id=self.sme.id)
        with self.mock_mail_gateway():
            text.action_test_mail()
        self.assertEqual(len(self._mails), 1)
        self.assertIn("chef@waterlelie.example", self._mails[0]["email_to"][0])
        self.assertIn("1,234.00", self._mails[0]["body"])
        self.assertFalse(self.notices.search([("partner_id", "=", self.sme.id)]))
        with self.assertRaises(AccessError):
            text.with_user(self.collector).action_test_mail()
        self.manager.email = False
        with self.assertRaises(UserError):
            text.action_test_mail()

    def test_cost_is_spoken_of_only_in_steps_that_do(self):
        self._due(self.sme, 1000, "2026-03-01")
        notice = self._nightly("2026-03-04").o2c_notice_ids
        text = self._own_text("Cost", company_id=self.company.id)
        charge = text.block_ids.filtered(lambda block: block.kind == "charge")
        charge.body = "<p>It may cost you more</p>"
        figures = [("Interest", "€ 1.23")]
        with patch.object(type(notice), "_charge_figures", lambda *_args: figures):
            for info, words, amount in (
                ("none", False, False),
                ("announce", True, False),
                ("show", True, True),
                ("claim", True, True),
            ):
                notice.charge_info = info
                content = str(notice._rendered()["content"])
                self.assertEqual("cost you more" in content, words, info)
                self.assertEqual("€ 1.23" in content, amount, info)
