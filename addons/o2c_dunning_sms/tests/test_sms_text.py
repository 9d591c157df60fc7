"""The words of an SMS: own or usual, filled, measured, checked when saved."""

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from odoo.addons.o2c_dunning.tests.common import DunningCommon


@tagged("post_install", "-at_install")
class TestSmsText(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sme.phone = "06 12345678"
        cls.step = cls.standard.step_ids.sorted("days")[0]
        cls.step.write({"channel": "sms", "fallback_channel": "email"})
        cls.text = cls.env["o2c.notice.text"].search(
            [("tone", "=", cls.step.tone), ("lang", "=", "en"), ("kind", "=", False)],
            limit=1,
        )

    def _body(self):
        notice = self._nightly("2026-03-04").o2c_notice_ids
        return notice._freeze_content(self.company)._sms_body()

    def test_own_words_with_what_is_special_in_html(self):
        self.sme.name = "Bakker & Zn <de beste>"
        self._due(self.sme, 1000, "2026-03-01")
        self.text.sms = "{customer}: pay {total}\nThanks"
        self.assertEqual(self._body(), "Bakker & Zn <de beste>: pay €1,000.00\nThanks")

    def test_the_usual_words_name_sender_amount_and_day(self):
        self._due(self.sme, 1000, "2026-03-01")
        body = self._body()
        for word in (self.company.name, "€1,000.00", "March"):
            self.assertIn(word, body)
        self.assertNotIn("{", body)

    def test_typography_that_makes_it_dear_is_written_plainly(self):
        self._due(self.sme, 1000, "2026-03-01")
        self.text.sms = "“Pay” – {total}…"
        self.assertEqual(self._body(), '"Pay" - €1,000.00...')

    def test_the_form_says_what_it_costs_while_it_is_typed(self):
        with Form(self.text) as form:
            form.sms = "a" * 160
            self.assertIn("160", form.sms_size)
            self.assertIn("1 SMS", form.sms_size)
            form.sms = "a" * 161
            self.assertIn("2 SMS", form.sms_size)
            form.sms = "ë" * 71
            self.assertIn("Because of ë", form.sms_size)
            form.sms = "{tota"
            self.assertIn("{tota", form.sms_example)
            form.sms = "Pay {total}"
            self.assertIn("1,573", form.sms_example)

    def test_a_placeholder_that_means_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "{totl}"):
            self.text.sms = "Pay {totl}"
        self.text.sms = "Pay {total}: {link}"
