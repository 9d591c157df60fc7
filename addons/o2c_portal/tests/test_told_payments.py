"""A payment on its way is told on every page, and its money is not asked again."""

from lxml import html

from odoo import fields
from odoo.tests import tagged

from .common import PayHttpCommon

ACCOUNT = "/my/account-overview"


@tagged("post_install", "-at_install")
class TestToldPayments(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.second = cls._invoice(cls.sme, 40.0, "2026-01-06")
        cls.user = cls._portal_user("bookkeeper", cls.sme_contact)

    def setUp(self):
        super().setUp()
        self.authenticate("bookkeeper", "bookkeeper")

    def _document(self, move):
        return self.url_open(f"{ACCOUNT}/document/{move.id}")

    def _asks(self, page):
        """Addresses where the page wants money."""
        return [
            path
            for path in html.fromstring(page.text).xpath("//a/@href")
            if path.startswith("/pay/")
        ]

    def _words(self, move):
        overview = self.env["o2c.account.overview"].with_user(self.user)
        (row,) = overview._document_rows(move)
        return [text for _tone, text in row["words"]]

    def test_an_invoice_that_is_being_paid_is_not_asked_again(self):
        self.assertTrue(self._asks(self._document(self.first)))
        self._reported(self._start(self.links._for(self.first)), "pending")
        page = self._document(self.first)
        text = self._text(page)
        self.assertIn("Payment of €1,210.00", text)
        self.assertIn("being processed. You do not have to pay it again", text)
        self.assertFalse(self._asks(page))
        self.assertNotIn("days late", text)
        self.assertEqual(self._words(self.first), ["payment under way"])

    def test_the_account_asks_the_rest_and_tells_what_is_on_its_way(self):
        self._reported(self._start(self.links._for(self.first)), "pending")
        for path in (ACCOUNT, "/my/home"):
            page = self.url_open(path)
            text = self._text(page)
            self.assertIn("Payment of €1,210.00", text, path)
            self.assertIn("being processed", text, path)
        overview = self.env["o2c.account.overview"].with_user(self.user)
        (account,) = overview._accounts(self.user.partner_id)
        self.assertEqual(overview._pay(account)["amount"], 40.0)

    def test_where_everything_is_being_paid_nothing_is_asked(self):
        self._reported(self._start(self.links._for(self.sme)), "pending")
        page = self.url_open(ACCOUNT)
        self.assertIn("Payment of €1,250.00", self._text(page))
        self.assertFalse(self._asks(page))

    def test_what_the_bank_has_taken_is_received(self):
        self._reported(self._start(self.links._for(self.first)))
        text = self._text(self._document(self.first))
        self.assertIn("received. We are booking it now", text)

    def test_who_turned_back_at_his_bank_is_asked_at_once_and_others_wait(self):
        link = self.links._for(self.first)
        self._start_over_http(link, amount=1210.0)
        page = self._document(self.first)
        self.assertTrue(self._asks(page))
        self.assertNotIn("being processed", self._text(page))
        self.authenticate("bookkeeper", "bookkeeper")
        page = self._document(self.first)
        self.assertFalse(self._asks(page))
        self.assertIn("started on", self._text(page))
        link.transaction_ids.create_date = fields.Datetime.subtract(
            fields.Datetime.now(), minutes=20
        )

    def test_an_announced_transfer_is_told_and_holds_nothing(self):
        transaction = self._start(self.links._for(self.first))
        transaction.provider_id = self.provider.copy(
            {"company_id": self.company.id, "code": "none"}
        )
        transaction._set_pending()
        page = self._document(self.first)
        self.assertIn("Bank transfer of €1,210.00", self._text(page))
        self.assertTrue(self._asks(page))
        words = self._words(self.first)
        self.assertIn("bank transfer announced", words)
        self.assertTrue([word for word in words if "late" in word], words)

    def test_the_money_of_another_customer_is_not_told(self):
        foreign = self._invoice(self.corporate, 77.0, "2026-01-05")
        self._reported(self._start(self.links._for(foreign)), "pending")
        self.assertNotIn("77.00", self._text(self.url_open(ACCOUNT)))
