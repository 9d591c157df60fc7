"""Pages for customers by WCAG 2.2 AA, in a browser: contrast, names, language."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import file_open, mute_logger

from .common import PayHttpCommon

#: Spoils a page, so that the judge must speak up.
GREY = """
document.querySelector("#wrap h1").style.color = "#bbbbbb";
document.querySelector("#wrap h1 *").style.color = "#bbbbbb";
"""
NAMELESS = """
document.querySelector("#wrap").insertAdjacentHTML(
    "beforeend", '<input type="text" name="nobody"/>');
"""


@tagged("post_install", "-at_install")
class TestWcag(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_pay_links = True
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.old = cls._invoice(cls.sme, 40.0, "2025-11-05")
        cls.paid = cls._invoice(cls.sme, 10.0, "2025-11-05")
        cls._pay(cls.paid)
        cls._portal_user("contact", cls.sme_contact)
        with file_open("o2c_portal/static/tests/wcag.js") as script:
            cls.judge = script.read()

    def _judge(self, path, login=None, spoil=""):
        self.browser_js(path, spoil + self.judge, login=login, timeout=60)

    def test_the_pay_page_in_every_state(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        for size in ("375x812", "1366x900"):
            self.browser_size = size
            self._judge(self._path(self.links._for(self.invoice)))
        self._judge(self._path(self.links._for(self.paid)))
        self._judge("/pay/1-00000000000000000000")
        link = self.links._for(self.old)
        link.expires_on = "2026-01-01"
        self._judge(self._path(link))

    def test_the_account_pages(self):
        account = "/my/account-overview"
        document = f"{account}/document/{self.invoice.id}"
        for path in (
            f"{account}?show=all",
            document,
            f"{account}/details",
            self._path(self.links._for(self.sme)),
        ):
            self._judge(path, "contact")
        self._in_parts()
        self.browser_size = "375x812"
        desk = [f"{account}/{kind}" for kind in ("plan", "promise", "question")]
        dispute = f"{account}/dispute?move={self.invoice.id}"
        for path in (account, document, *desk, dispute):
            self._judge(path, "contact")

    def _in_parts(self):
        """An invoice of two instalments, one of them late: the longest of rows."""
        term = self.env["account.payment.term"].create(
            {
                "name": "In two",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (14, 4000)
                ],
            }
        )
        self._invoice(self.sme, 128203.8, "2026-01-05", invoice_payment_term_id=term.id)

    def test_the_judge_speaks_up(self):
        path = self._path(self.links._for(self.invoice))
        browser = f"{__name__}.{type(self).__name__}.{self._testMethodName}.browser"
        for spoil, word in ((GREY, "contrast"), (NAMELESS, "no name")):
            with (
                mute_logger(browser),
                self.assertRaisesRegex(AssertionError, f"WCAG {word}"),
            ):
                self._judge(path, spoil=spoil)
