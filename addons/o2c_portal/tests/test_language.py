"""Who reads in a language goes on reading in it, from the portal to paid and back."""

from lxml import html

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon


@tagged("post_install", "-at_install")
class TestLanguage(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("nl_NL", "de_DE", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.sme.lang = cls.sme_contact.lang = "nl_NL"
        cls.link = cls.links._for(cls.first)

    def _paths(self, page):
        return html.fromstring(page.text).xpath("//a/@href")

    def _reads(self, page, short):
        self.assertIn(f'lang="{short}', page.text[:200], page.url)

    def test_a_visitor_of_the_german_portal_pays_in_german(self):
        self._login()
        for short in ("de", "fr"):
            account = self.url_open(f"/{short}{ACCOUNT}")
            self._reads(account, short)
            (path, *_more) = [p for p in self._paths(account) if p.startswith("/pay/")]
            self._reads(self.url_open(path), short)
            document = self.url_open(f"/{short}{ACCOUNT}/document/{self.first.id}")
            (path,) = [p for p in self._paths(document) if p.startswith("/pay/")]
            self._reads(self.url_open(path), short)

    def test_the_language_of_the_contact_is_that_of_the_pay_page(self):
        """His company reads Dutch, he reads French: his pages are French."""
        self.sme_contact.lang = "fr_FR"
        self._login()
        account = self.url_open(ACCOUNT)
        self._reads(account, "fr")
        self._reads(self._open_page(self.link), "fr")

    def test_the_way_back_to_the_portal_keeps_the_language(self):
        self._login()
        self.sme_contact.lang = "nl_NL"
        self.url_open(ACCOUNT)
        page = self._open_page(self.link, "?lang=fr")
        self.assertIn(f"/fr{ACCOUNT}", self._paths(page))
        self._reads(self.url_open(f"{self._path(self.link)}/plan"), "fr")
        page = self._open_page(self.link, "?lang=en")
        (back, *_more) = [p for p in self._paths(page) if p.endswith(ACCOUNT)]
        self._reads(self.url_open(back), "en")

    def test_after_the_payment_he_reads_on_in_his_language(self):
        self._open_page(self.link, "?lang=de")
        started = self._start_over_http(self.link, amount=600.0)
        transaction = self.env["payment.transaction"].search(
            [("reference", "=", started["reference"])]
        )
        self._reads(self.url_open("/payment/status"), "de")
        self._reported(transaction)
        transaction._post_process()
        back = self.url_open("/pay/back")
        self._reads(back, "de")
        self.assertIn(self._path(self.link), back.url)

    def test_the_pay_page_asked_without_a_portal_speaks_to_the_customer(self):
        self._reads(self._open_page(self.link), "nl")
