"""The page: what it tells, what it refuses, and what it never shows."""

from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..controllers import pay_visit
from ..models import o2c_payment_link_page
from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPayPage(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.other = cls._invoice(cls.corporate, 77.77, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)
        cls.env["res.lang"]._activate_lang("nl_NL")

    # what it tells

    def test_the_page_opens_without_login_and_says_what_is_open_now(self):
        text = self._text(self._open_page(self.link))
        for part in (
            self.company.name,
            f"Invoice {self.invoice.name}",
            "1,210.00",
            "NL02 ABNA 0123 4567 89",
            self.invoice.payment_reference,
            "iDEAL",
        ):
            self.assertIn(part, text)
        self._pay(self.invoice, 210.0)
        text = self._text(self._open_page(self.link))
        self.assertIn("Pay €1,000.00", text)
        self.assertIn("Paid", text)

    def test_nothing_of_another_customer_or_of_the_books_is_on_it(self):
        body = self._open_page(self.link).text
        for secret in (
            self.other.name,
            self.corporate.name,
            self.sme.email,
            self.sme_contact.email,
            self.sme.street,
            self.sme.company_registry,
        ):
            self.assertNotIn(secret, body)

    def test_no_page_is_kept_indexed_framed_or_passed_on(self):
        path = self._path(self.link)
        for address in (path, f"{path}/qr.png", f"{path[:-1]}!", "/pay/nonsense"):
            headers = self.url_open(address).headers
            self.assertEqual(headers["Cache-Control"], "no-store", address)
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertEqual(headers["X-Frame-Options"], "DENY")
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])

    def test_the_language_is_the_customers_until_he_switches(self):
        self.assertIn('lang="en"', self._open_page(self.link).text)
        self.sme.lang = "nl_NL"
        self.assertIn('lang="nl"', self._open_page(self.link).text)
        self.assertIn('lang="en"', self._open_page(self.link, "?lang=en").text)
        self.assertIn('lang="en"', self._open_page(self.link).text)
        self.assertIn('lang="en"', self._open_page(self.link, "?lang=xx").text)

    def test_ideal_stands_first_for_a_dutch_customer_who_pays_euros(self):
        body = self._open_page(self.link).text
        codes = [
            part.split('"')[0] for part in body.split('data-payment-method-code="')[1:]
        ]
        self.assertEqual(codes, ["ideal", "card"])

    def test_without_a_way_to_pay_online_the_bank_details_remain(self):
        self.provider.is_published = False
        text = self._text(self._open_page(self.link))
        self.assertIn("NL02 ABNA 0123 4567 89", text)
        self.assertNotIn("No payment method available", text)

    def test_a_choice_or_another_amount_is_shown_without_javascript(self):
        second = self._invoice(self.sme, 40.0, "2026-01-06")
        user = self._portal_user("bookkeeper", self.sme_contact)
        self.authenticate(user.login, user.login)
        link = self.links._for(self.sme)
        chosen = self._open_page(link, f"?item={second.id}.1").text
        self.assertIn(f"/start/{second.id}.1", chosen)
        self.assertIn("40.00", chosen)
        part = self._open_page(self.link, "?other=100,5")
        self.assertIn("/start/all~100.5", part.text)
        refused = self._text(self._open_page(self.link, "?other=99999"))
        self.assertIn("more than what is open", refused)
        self.assertIn("1,210.00", refused)

    def test_a_page_lists_no_more_than_people_read_and_pays_all(self):
        for day in range(1, 5):
            self._invoice(self.sme, 10.0, f"2026-02-0{day}")
        link = self.links._for(self.sme)
        with patch.object(o2c_payment_link_page, "MOST_SHOWN", 2):
            page = link._page()
            self.assertEqual((len(page["lines"]), page["unshown"]), (2, 3))
            self.assertEqual(page["amount"], 1250.0)
            last = link._offer()[0].payable[-1].key
            self.assertEqual(
                link._page([last])["lines"][0]["key"], f"{last[0]}.{last[1]}"
            )
            self.assertEqual(len(link._selection_rows()), 6)

    def test_paid_says_thank_you(self):
        self._pay(self.invoice)
        text = self._text(self._open_page(self.link))
        self.assertIn("Paid, thank you", text)
        self.assertNotIn("iDEAL", text)

    def test_credited_says_that_nothing_is_to_pay(self):
        refund = self.invoice._reverse_moves(
            [{"date": "2026-02-01", "invoice_date": "2026-02-01"}], cancel=True
        )
        self.assertEqual(refund.state, "posted")
        text = self._text(self._open_page(self.link))
        self.assertIn("Nothing to pay", text)

    def test_an_invoice_back_in_draft_cannot_be_paid(self):
        self.invoice.button_draft()
        text = self._text(self._open_page(self.link))
        self.assertIn("Nothing to pay now", text)
        self.assertNotIn("1,210", text)

    # wrong addresses

    def test_every_wrong_address_gets_the_same_answer(self):
        revoked = self.links._for(self.other)
        path = self._path(revoked)
        revoked.sudo().write({"state": "revoked", "version": 2})
        right = self._path(self.link)
        answers = set()
        for address in (
            right[:-1] + ("1" if right[-1] != "1" else "2"),
            "/pay/ZZZZZZ-00000000000000000000",
            path,
            "/pay/nonsense",
            f"{right}x",
        ):
            response = self.url_open(address)
            self.assertEqual(response.status_code, 404, address)
            answers.add(self._text(response))
        self.assertEqual(len(answers), 1)
        self.assertIn("We cannot find this page", answers.pop())

    def test_a_wrong_address_cannot_start_a_payment_or_fetch_a_document(self):
        path = self._path(self.link)
        wrong = path[:-1] + ("1" if path[-1] != "1" else "2")
        self.assertEqual(
            self.url_open(f"{wrong}/invoice/{self.invoice.id}").status_code, 404
        )
        self.assertEqual(self.url_open(f"{wrong}/qr.png").status_code, 404)
        with mute_logger("odoo.http"):
            self.assertIn("error", self._post_start(wrong, amount=1210.0))
        self.assertFalse(self.link.transaction_ids)

    def test_who_guesses_gets_a_short_answer_and_his_office_still_pays(self):
        wrong = "/pay/1-00000000000000000000"
        for _guess in range(pay_visit.guessing.LIMIT):
            self.url_open(wrong)
        answer = self.url_open(wrong)
        self.assertEqual((answer.status_code, answer.text), (429, ""))
        self.assertTrue(answer.headers["Retry-After"])
        self.assertEqual(self._open_page(self.link).status_code, 200)
        moment = pay_visit.time.monotonic() + pay_visit.guessing.SECONDS + 1
        with patch.object(pay_visit.time, "monotonic", return_value=moment):
            self.assertEqual(self.url_open(wrong).status_code, 404)

    def test_an_expired_link_says_so(self):
        self.link.sudo().expires_on = "2020-01-01"
        text = self._text(self._open_page(self.link))
        self.assertIn("This link has expired", text)
        self.assertNotIn("1,210", text)
        self.assertIn("expired", self._refused(self.link, amount=1210.0))

    # documents

    def test_just_the_document_of_the_link_can_be_downloaded(self):
        pdf = {"filename": "invoice.pdf", "filetype": "pdf", "content": b"%PDF-1.4"}
        move_class = type(self.env["account.move"])
        with patch.object(move_class, "_get_invoice_legal_documents", return_value=pdf):
            path = self._path(self.link)
            own = self.url_open(f"{path}/invoice/{self.invoice.id}")
            other = self.url_open(f"{path}/invoice/{self.other.id}")
        self.assertEqual(own.headers["Content-Type"], "application/pdf")
        self.assertEqual(own.content, b"%PDF-1.4")
        self.assertEqual(other.status_code, 404)
        self.assertIn("downloaded", self._events(self.invoice))

    # the log

    def test_opening_is_logged_once_in_a_while_and_never_for_colleagues(self):
        colleague = self._user(
            "colleague", "o2c_base.group_collector", password="x" * 12
        )
        self.authenticate(colleague.login, "x" * 12)
        self._open_page(self.link)
        self.assertFalse(self._events(self.invoice))
        self.authenticate(None, None)
        self._open_page(self.link)
        self._open_page(self.link)
        self.assertEqual(self._events(self.invoice), ["opened"])
        later = fields.Datetime.subtract(
            fields.Datetime.now(), seconds=pay_visit.LOG_AGAIN_AFTER + 1
        )
        self.link.sudo().opened_at = later
        self._open_page(self.link)
        self.assertEqual(self._events(self.invoice), ["opened", "opened"])
