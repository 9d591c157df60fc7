"""Texts: placeholders from a closed list, shipped in four languages."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..models.ladder.o2c_notice_text import BLOCKS, PLACEHOLDERS
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
                self.text.opening = f"<p>Beste {wrong}</p>"

    def test_every_tone_ships_in_four_languages_with_good_placeholders(self):
        texts = self.env["o2c.notice.text"].search([])
        keys = {(text.tone, text.lang) for text in texts}
        for tone in ("friendly", "clear", "firm", "final"):
            for lang in ("nl", "en", "de", "fr"):
                self.assertIn((tone, lang), keys)
        for text in texts:
            for block in BLOCKS:
                self.assertFalse(unknown_placeholders(text[block] or "", PLACEHOLDERS))

    def test_preview_with_a_real_customer_shows_his_open_items(self):
        invoice = self._due(self.sme, 1234, "2026-03-01")
        self.text.preview_partner_id = self.sme
        preview = str(self.text.preview)
        self.assertIn(invoice.name, preview)
        self.assertIn("1,234.00", preview)
        self.assertFalse(self.notices.search([("partner_id", "=", self.sme.id)]))

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
                "opening": "<p>Hello</p>",
            }
        )
        self._due(self.sme, 1000, "2026-03-01")
        self.assertEqual(self._remind("2026-03-04").subject, "Our own words")
