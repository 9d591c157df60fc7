"""The account page names what is open in other ledgers, where that is allowed."""

from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestOtherLedgers(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = (
            cls.env["o2c.memo.source"]
            .sudo()
            .create({"name": "Oud systeem", "company_id": cls.company.id})
        )
        cls.item = (
            cls.env["o2c.memo.item"]
            .sudo()
            .create(
                {
                    "source_id": source.id,
                    "partner_id": cls.sme.id,
                    "number": "OUD-1",
                    "date": "2026-01-01",
                    "due": "2026-02-01",
                    "currency_id": cls.company.currency_id.id,
                    "amount": 77,
                    "open_amount": 77,
                    "open_company": 77,
                }
            )
        )
        cls.other = cls.item.copy({"partner_id": cls.corporate.id, "number": "OUD-2"})
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.user = cls._portal_user("contact", cls.sme_contact)

    def _page(self):
        self.authenticate("contact", "contact")
        return self.url_open("/my/account-overview").text

    def _printed(self):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "o2c_portal.report_statement", self.sme.ids, data={}
        )
        return content.decode()

    def test_off_the_page_says_nothing_of_them(self):
        self.assertNotIn("OUD-1", self._page())
        self.assertNotIn("OUD-1", self._printed())

    def test_allowed_they_stand_there_with_a_total_of_their_own(self):
        self.company.o2c_memo_shown = True
        page = self._page()
        self.assertIn("OUD-1", page)
        self.assertIn("Oud systeem", page)
        self.assertNotIn("OUD-2", page, "another customer's")
        overview = self.env["o2c.account.overview"].with_user(self.user)
        [account] = overview._accounts(self.user.partner_id)
        self.assertEqual(account["to_pay"], 100, "never asked here")
        self.assertIn("OUD-1", self._printed())
        self.sme_contact.o2c_own_documents = True
        self.assertNotIn("OUD-1", self._page(), "he sees only his own documents")

    def test_who_owes_only_elsewhere_sees_it_too(self):
        self.company.o2c_memo_shown = True
        self.invoice.button_draft()
        self.invoice.button_cancel()
        self.assertIn("OUD-1", self._page())

    def test_the_table_of_the_statement_has_them_in_no_balance(self):
        self.authenticate("contact", "contact")
        path = "/my/account-overview/statement?kind=csv"
        self.assertNotIn("OUD-1", self.url_open(path).content.decode("utf-8-sig"))
        self.company.o2c_memo_shown = True
        text = self.url_open(path).content.decode("utf-8-sig")
        [line] = [one for one in text.splitlines() if "OUD-1" in one]
        self.assertIn("Administration: Oud systeem", line)
        self.assertIn("77", line)
        [closing] = [one for one in text.splitlines() if "Closing balance" in one]
        self.assertNotIn("177", closing)
        self.assertNotIn("OUD-2", text, "another customer's")
        earlier = f"{path}&since=2026-01-01&until=2026-02-28"
        self.assertNotIn("OUD-1", self.url_open(earlier).content.decode("utf-8-sig"))
