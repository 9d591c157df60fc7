"""Odoo's own pages about invoices lead to ours, where we are switched on."""

from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged

from odoo.addons.payment import utils as payment_utils

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestAccountDoors(DeskCommon):
    def _goes_to(self, path):
        """Where the server sends the visitor: path and arguments; None if nowhere."""
        answer = self.url_open(path, allow_redirects=False)
        if answer.status_code not in (301, 302, 303):
            return None
        parts = urlsplit(answer.headers["Location"])
        return parts.path, {key: one[0] for key, one in parse_qs(parts.query).items()}

    def _off(self):
        self.company.o2c_desk_open = False
        self.company.o2c_pay_links = False

    def _by_mail(self, invoice):
        """Address of Odoo's page as its mails carry it."""
        return (
            f"/my/invoices/{invoice.id}?access_token={invoice._portal_ensure_token()}"
        )

    def test_the_list_is_the_account_with_its_filter(self):
        self._login()
        for query, wanted in (
            ("", {"show": "all"}),
            ("?filterby=invoices&sortby=duedate", {"show": "all", "sort": "due"}),
            ("?filterby=overdue_invoices", {"show": "overdue"}),
            ("/page/2?sortby=state", {"show": "all"}),
            ("/overdue", {"show": "overdue"}),
        ):
            self.assertEqual(self._goes_to(f"/my/invoices{query}"), (ACCOUNT, wanted))

    def test_what_the_customer_bills_us_stays_where_it_is(self):
        self._login()
        self.assertIsNone(self._goes_to("/my/invoices?filterby=bills"))
        bill = self._invoice(self.sme, 70, "2026-01-05", move_type="in_invoice")
        self.assertIsNone(self._goes_to(f"/my/invoices/{bill.id}"))

    def test_an_invoice_is_our_page_of_it_and_asks_no_disputed_money(self):
        self._login()
        path = f"{ACCOUNT}/document/{self.first.id}"
        self.assertEqual(self._goes_to(f"/my/invoices/{self.first.id}"), (path, {}))
        token = self._by_mail(self.first)
        self.assertEqual(self._goes_to(token), (path, {}))
        self.assertNotIn("Pay Now", self.url_open(token).text)

    def test_a_mail_without_a_login_leads_to_the_pay_page(self):
        self.env["o2c.dispute"].sudo().create(
            {"move_id": self.first.id, "amount": 100.0, "cause": "price"}
        )
        link = self.links._for(self.first)
        path = self._by_mail(self.first)
        self.assertEqual(self._goes_to(path), (self._path(link), {}))
        text = self._text(self.url_open(path))
        self.assertIn("Pay €500.00", text)
        self.assertNotIn("Pay Now", text)
        self.assertIn("Not in this amount: in dispute €100.00", text)

    def test_a_wrong_token_gets_nothing(self):
        wrong = f"/my/invoices/{self.first.id}?access_token=nonsense"
        self.assertEqual(self._goes_to(wrong)[0], "/my")
        self._login()
        self.assertEqual(self._goes_to(f"/my/invoices/{self.foreign.id}")[0], "/my")

    def test_papers_and_credit_notes_stay_with_odoo(self):
        refund = self._invoice(self.sme, 20, "2026-03-01", move_type="out_refund")
        self.assertIsNone(self._goes_to(self._by_mail(refund)))
        pdf = {"filename": "a.pdf", "filetype": "pdf", "content": b"%PDF-1.4"}
        kind = type(self.env["account.move"])
        with patch.object(kind, "_get_invoice_legal_documents_all", return_value=[pdf]):
            paper = f"{self._by_mail(self.first)}&report_type=pdf&download=True"
            self.assertEqual(self.url_open(paper).content, b"%PDF-1.4")

    def test_the_amount_of_a_payment_link_of_odoo_is_kept_while_it_is_a_part(self):
        for amount, wanted in (
            ("250.0", {"other": "250.0"}),
            ("600.0", {}),
            ("900.0", {}),
        ):
            token = payment_utils.generate_access_token(
                self.first.id, amount, env=self.env
            )
            path = f"{self._by_mail(self.first)}&amount={amount}&payment_token={token}"
            found = self._goes_to(path)
            self.assertTrue(found[0].startswith("/pay/"), amount)
            self.assertEqual(found[1], wanted, amount)
        path = f"{self._by_mail(self.first)}&amount=1.0&payment_token=forged"
        self.assertEqual(self._goes_to(path)[1], {})

    def test_a_colleague_sees_odoos_page_with_a_button_to_ours(self):
        user = self._user("look", "account.group_account_invoice", password="look" * 3)
        self.authenticate(user.login, "look" * 3)
        page = self.url_open(f"/my/invoices/{self.first.id}")
        self.assertIn("/my/invoices/", page.url)
        self.assertIn(f'href="{self._path(self.links._for(self.first))}"', page.text)
        self.assertNotIn('data-bs-target="#pay_with"', page.text)

    def test_where_the_part_is_off_odoo_stays_as_it_is(self):
        self._off()
        token = self._by_mail(self.first)
        self.assertIsNone(self._goes_to(token))
        self.assertIn("Pay Now", self.url_open(token).text)
        self._login()
        self.assertIsNone(self._goes_to("/my/invoices"))
        self.assertIsNone(self._goes_to("/my/invoices/overdue"))
        self.assertIsNone(self._goes_to(f"/my/invoices/{self.first.id}"))
        self.assertEqual(self._counts(), 2)
        self.assertIn("filterby=invoices", self.url_open("/my/home").text)
        self.company.o2c_pay_links = True
        self.assertEqual(self._goes_to("/my/invoices"), (ACCOUNT, {"show": "all"}))

    def _counts(self):
        """Number of invoices to pay on the first page."""
        counters = {"counters": ["overdue_invoice_count"]}
        found = self.make_jsonrpc_request("/my/counters", counters)
        return found["overdue_invoice_count"]

    def test_the_first_page_counts_what_is_late_and_asked(self):
        self._login()
        self.assertEqual(self._counts(), 2)
        home = self.url_open("/my/home").text
        self.assertNotIn("filterby=invoices", home)
        self.assertIn(f'href="{ACCOUNT}"', home)
        self.assertIn("filterby=bills", home)
        dispute = self.env["o2c.dispute"].sudo()
        part = dispute.create(
            {"move_id": self.first.id, "amount": 100.0, "cause": "price"}
        )
        self.assertEqual(self._counts(), 2)
        part.amount = 600.0
        self.assertEqual(self._counts(), 1)
