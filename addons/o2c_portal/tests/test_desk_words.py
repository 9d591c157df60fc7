"""Whose language a page speaks, and that all of them name the same reference."""

from odoo import fields
from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestDeskWords(DeskCommon):
    def test_a_pay_page_speaks_the_customers_language_else_the_companys(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        link = self.links._for(self.first)
        self.assertIn('lang="en"', self.url_open(self._path(link)).text[:200])
        self.sme.lang = "nl_NL"
        self.assertIn('lang="nl"', self.url_open(self._path(link)).text[:200])
        self.sme.lang = False
        self.company.partner_id.lang = "nl_NL"
        self.assertEqual(link._page_language()[0], "nl")
        self.company.partner_id.lang = "en_US"
        self.assertEqual(link._page_language()[0], "en")

    def test_the_portal_speaks_the_language_of_its_user(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        link = self.links._for(self.first)
        for lang, short, other in (("en_US", "en", "nl"), ("nl_NL", "nl", "en")):
            self.opener.cookies.clear()
            self.url_open(f"{self._path(link)}?lang={other}")
            self.user.sudo().lang = lang
            self._login()
            page = self.url_open(f"{ACCOUNT}/requests")
            self.assertIn(f'"bundle_params": {{"lang": "{lang}"}}', page.text)
            self.assertIn(f'lang="{short}', page.text[:200])

    def test_letter_pay_page_and_account_name_one_reference(self):
        notices = self._remind(fields.Date.to_string(self.today))
        notice = notices.filtered(lambda one: one.partner_id == self.sme)
        self.assertEqual(notice._asked_lines().move_id, self.first + self.second)
        letter = notice._payment_reference()
        self.assertIn(letter, notice.content)
        page = self._text(self.url_open(self._path(self.links._for(notice))))
        self.assertIn(letter, page)
        self._login()
        self.assertIn(letter, self._text(self.url_open(ACCOUNT)))
        # another set has its own
        self._due(self.sme, 50, self._day(-1))
        self.assertNotIn(letter, self._text(self.url_open(ACCOUNT)))

    def test_a_reminder_of_one_invoice_names_what_the_invoice_asks(self):
        self.foreign.payment_reference = "RF18539007547034"
        notices = self._remind(fields.Date.to_string(self.today))
        notice = notices.filtered(lambda one: one.partner_id == self.corporate)
        self.assertEqual(notice._payment_reference(), "RF18 5390 0754 7034")
        page = self._text(self.url_open(self._path(self.links._for(notice))))
        self.assertIn("RF18 5390 0754 7034", page)

    def test_an_unfinished_payment_is_a_fact_of_the_case_and_stops_nothing(self):
        transaction = self._start(self.links._for(self.first))
        self._reported(transaction, "cancel")
        self.assertEqual(self._judged(self.first), "remind")
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        (event,) = [
            one
            for one in case.with_user(self.collector)._work_timeline()
            if one["kind"] == "unfinished"
        ]
        self.assertIn("600", event["text"])
        self.assertEqual(event["title"], "Online payment not finished")
