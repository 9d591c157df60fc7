"""The desk on a pay page: what a mailed address, a paper and a mailed code may do."""

import re

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..policy import mail_proof
from .desk_common import ACCOUNT, DeskCommon

ADDRESS = "crediteuren@proef.example"


@tagged("post_install", "-at_install")
class TestDeskLink(DeskCommon):
    def setUp(self):
        super().setUp()
        self.link = self.links._for(self.first)
        self.paper = self._path(self.link)

    def _mailed_path(self, link=None, address=ADDRESS):
        url = (link or self.link)._mailed_url(address)
        return url[url.index("/pay/") :]

    def _by_mail(self):
        """The customer opens the link in his mail."""
        page = self.url_open(self._mailed_path())
        self.assertEqual(page.status_code, 200)
        return page

    def _codes(self):
        """Codes that lie in the mail, oldest first."""
        mails = self.env["mail.mail"].sudo().search([("email_to", "=", ADDRESS)])
        bodies = mails.sorted("id").mapped("body_html")
        return [
            found.group().replace(" ", "")
            for found in (re.search(r"\d{3} \d{3}", body) for body in bodies)
            if found
        ]

    def _ask_code(self, link=None, then="plan"):
        """Ask for a code on a page, and the page that says it is on its way."""
        path = f"{self._path(link or self.link)}/code?then={then}"
        return self._press(self.url_open(path), "/code")

    def _press(self, page, ending, **values):
        """Send the form of a page whose address ends like this."""
        from lxml import html

        tree = html.fromstring(page.text)
        (form,) = tree.xpath("//form[@method='post']")[:1] or [None]
        for one in tree.xpath("//form[@method='post']"):
            if one.get("action").endswith(ending):
                form = one
        data = {
            field.get("name"): field.get("value") or ""
            for field in form.xpath(".//input[@name]")
        }
        return self.url_open(form.get("action"), data=data | values)

    def _type(self, page, code):
        return self._press(page, "/code/check", typed=code)

    # by mail

    def test_a_mailed_link_announces_a_payment_within_two_weeks(self):
        self._by_mail()
        path = f"{self.paper}/promise"
        page = self._send(path, date=self._day(15))
        self.assertIn("Choose a day until", "".join(self._errors(page)))
        page = self._send(path, date=self._day(14))
        promise = self.promises.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((promise.amount, promise.move_ids), (600, self.first))
        self.assertIn("we noted it", self._text(page))
        self.assertEqual(self._judged(self.first), "promised")
        receipt = self.receipts.search([("res_id", "=", promise.id)])
        self.assertEqual(
            (receipt.proof, receipt.contact_id), ("mail", self.sme_contact)
        )
        notes = " ".join(promise.message_ids.mapped("body"))
        self.assertIn("with the link mailed to", notes)
        self.assertNotIn(ADDRESS, notes)

    def test_a_mailed_link_disputes_and_asks_about_its_own_document(self):
        self._by_mail()
        self._send(
            f"{self.paper}/dispute", scope="invoice", cause="price", text="Te duur"
        )
        dispute = self.disputes.search([])
        self.assertEqual((dispute.move_id, dispute.amount), (self.first, 600))
        self.assertEqual(self._judged(self.first), "disputed")
        self._send(f"{self.paper}/question", text="Wie?")
        question = self.questions.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(question.move_ids, self.first)
        page = self._send(f"{self.paper}/requests/question/{question.id}", text="Nu?")
        self.assertIn("Thank you, we received it", self._text(page))
        text = self._text(self.url_open(f"{self.paper}/requests"))
        self.assertIn("Dispute of", text)

    def test_the_pay_page_shows_the_way(self):
        text = self._text(self._by_mail())
        for words in ("Pay in instalments", "Announce a payment", "Something is wrong"):
            self.assertIn(words, text)
        self._pay(self.first)
        self.assertNotIn("Announce a payment", self._text(self.url_open(self.paper)))

    def test_a_reminder_by_mail_carries_the_proof_and_a_letter_does_not(self):
        notices = self._remind(fields.Date.to_string(self.today))
        notice = notices.filtered(lambda one: one.partner_id == self.sme)
        link = self.links._for(notice)
        proof = mail_proof.split(self._mailed_path(link)[5:])[1]
        self.assertIn(proof, notice.content)
        # on the code that is drawn into the mail there is none either
        drawn = self.url_open(f"{self._mailed_path(link)}/qr.png").content
        self.assertEqual(drawn, link._qr_png(link._url()))

    def test_a_reminder_on_paper_carries_no_proof(self):
        self.sme.email = self.sme_contact.email = False
        notices = self._remind(fields.Date.to_string(self.today))
        notice = notices.filtered(lambda one: one.partner_id == self.sme)
        self.assertEqual(notice.channel, "letter")
        self.assertEqual(
            notice._payment_urls()[notice.id], self.links._for(notice)._url()
        )
        content = str(notice._rendered()["content"])
        self.assertFalse(re.search(r"/pay/\w+-\w+-\w+", content))

    # on paper

    def test_a_paper_opens_and_pays_and_says_nothing_more(self):
        self.assertEqual(self.url_open(self.paper).status_code, 200)
        for kind in ("plan", "promise", "dispute", "question"):
            answer = self.url_open(f"{self.paper}/{kind}", allow_redirects=False)
            self.assertIn(f"/code?then={kind}", answer.headers["Location"])
        self.promises._promise(self.first, self.today, 10)
        answer = self.url_open(f"{self.paper}/requests", allow_redirects=False)
        self.assertIn("/code?then=requests", answer.headers["Location"])
        self.assertNotIn("Your requests", self._text(self.url_open(self.paper)))

    def test_a_code_to_the_known_address_opens_the_desk(self):
        page = self.url_open(f"{self.paper}/promise")
        self.assertIn("c•••@p•••.example", page.text)
        self.assertNotIn("crediteuren", page.text)
        page = self._press(page, "/code")
        (code,) = self._codes()
        page = self._type(page, f"{code[:3]} {code[3:]}")
        self.assertTrue(page.url.endswith("/promise"))
        self._send(f"{self.paper}/promise", date=self._day(3))
        promise = self.promises.search([("partner_id", "=", self.sme.id)])
        receipt = self.receipts.search([("res_id", "=", promise.id)])
        self.assertEqual(
            (receipt.proof, receipt.contact_id), ("code", self.sme_contact)
        )

    def test_with_a_code_a_plan_over_all_invoices_is_agreed(self):
        self._type(self._ask_code(), self._codes()[0])
        self._send(
            f"{self.paper}/plan?months=4&item={self.first.id}&item={self.second.id}"
        )
        plan = self.plans.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((plan.state, plan.total), ("running", 1100))
        self.assertEqual(plan.signer_id, self.sme_contact)

    def test_the_same_code_opens_all_that_is_owed(self):
        everything = self._path(self.links._for(self.sme))
        page = self.url_open(everything)
        self.assertIn("First a code by e-mail", self._text(page))
        self.assertIn("log in with your account", self._text(page))
        self.assertNotIn("1,100.00", page.text)
        page = self._type(self._press(page, "/code"), self._codes()[0])
        self.assertIn("1,100.00", self._text(page))
        self.opener.cookies.clear()
        page = self._type(self._ask_code(then="all"), self._codes()[1])
        self.assertIn("All open invoices", self._text(page))
        self.assertIn("1,100.00", self._text(page))
        self._start_over_http(self.links._for(self.sme), amount=1100.0)
        hour = fields.Datetime.add(fields.Datetime.now(), minutes=61)
        with freeze_time(hour):
            answer = self.url_open(everything, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)

    def test_the_code_page_leads_back_and_keeps_the_choice(self):
        everything = self._path(self.links._for(self.sme))
        page = self.url_open(everything)
        self.assertNotIn("←", self._text(page))
        self.url_open(self.paper)
        items = f"item=m{self.first.id}&item=m{self.second.id}"
        page = self.url_open(f"{everything}?{items}&evil=1")
        self.assertIn(f'href="{self.paper}"', page.text)
        self.assertNotIn(f'href="{everything}"', page.text)
        page = self._type(self._press(page, "/code"), self._codes()[0])
        self.assertTrue(page.url.endswith(f"{everything}?{items}"), page.url)

    def test_a_contact_with_a_smaller_role_gets_no_more_by_a_code(self):
        self.sme_contact.o2c_own_documents = True
        own = self._due(self.sme_contact, 50, self._day(-10))
        page = self._type(self._ask_code(self.links._for(own)), self._codes()[0])
        self.assertNotIn(self.first.name, page.text)
        everything = self._path(self.links._for(self.sme))
        answer = self.url_open(everything, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_who_is_logged_in_goes_on_in_the_portal(self):
        self._login()
        answer = self.url_open(f"{self.paper}/plan", allow_redirects=False)
        self.assertIn(f"{ACCOUNT}/plan", answer.headers["Location"])
        text = self._text(self.url_open(f"{self.paper}/plan"))
        self.assertIn("Pay in instalments", text)
