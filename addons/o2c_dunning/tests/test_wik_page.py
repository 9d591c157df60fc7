"""The 14-day letter on paper: a normal one is one page, with everything on it."""

import io
from datetime import datetime

from odoo.tests import tagged
from odoo.tools.pdf import PdfReader

from .common import DunningCommon

LANGS = ("nl_NL", "de_DE", "fr_FR", "en_US")


@tagged("post_install", "-at_install")
class TestWikPage(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_term_agreed = "agreed"
        for lang in LANGS:
            cls.env["res.lang"].sudo()._activate_lang(lang)
        cls.standard.step_ids.sorted("days")[0].kind = "wik"
        if "o2c_pay_links" in cls.company._fields:
            cls.company.sudo().write({"o2c_pay_links": True, "link_qr_code": True})
            params = cls.env["ir.config_parameter"].sudo()
            params.set_param("web.base.url", "https://o2c.example")

    def _letters(self, count):
        """A letter per language about so many invoices, ready to print."""
        for lang in LANGS:
            partner = self._customer(
                f"Mw. A. van der Proef {lang}", "consumer", is_company=False, lang=lang
            )
            partner.write(
                {
                    "email": False,
                    "street": "Burgemeester Proefstraat 112",
                    "zip": "1234 AB",
                    "city": "Proefdam",
                }
            )
            for number in range(count):
                self._due(partner, 148.5 + 61 * number, f"2026-02-{10 + number}")
        letters = self._nightly("2026-03-04").o2c_notice_ids
        with self.mock_datetime_and_now(datetime(2026, 3, 4, 9)):
            letters.action_print()
        self.assertEqual(set(letters.mapped("state")), {"queued"})
        return letters

    def _paper(self, letter):
        """The PDF of a letter, read back."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        raw, kind = reports._render_qweb_pdf(
            "o2c_dunning.o2c_dunning_notice_report", letter.ids
        )
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(raw))

    def test_six_invoices_fit_on_one_page_in_every_language(self):
        for letter in self._letters(6):
            with self.subTest(lang=letter.lang):
                paper = self._paper(letter)
                self.assertEqual(len(paper.pages), 1)
                self.assertFalse(letter._wik_findings(letter.content))
