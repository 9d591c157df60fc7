"""Contacts of a customer see what their company owes, and nobody else's."""

from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestAccountOverview(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        today = cls.company._o2c_today()
        cls.late = cls._invoice(
            cls.sme,
            300.0,
            "2026-01-05",
            invoice_payment_term_id=False,
            invoice_date_due="2026-02-05",
        )
        cls.soon = cls._invoice(cls.sme_contact, 200.0, today)
        cls.paid = cls._invoice(cls.sme, 50.0, "2026-01-05")
        cls._pay(cls.paid)
        cls.foreign = cls._invoice(cls.corporate, 999.0, "2026-01-05")
        cls.user = cls._portal_user("contact", cls.sme_contact)
        cls.overview = cls.env["o2c.account.overview"].with_user(cls.user)

    def _accounts(self, **options):
        return self.overview._accounts(self.user.partner_id, **options)

    def test_open_overdue_and_paid_of_the_whole_company(self):
        (account,) = self._accounts()
        self.assertEqual((account["open"], account["overdue"]), (500.0, 300.0))
        self.assertEqual(account["rows"], self.late + self.soon)
        self.assertEqual(account["paid"], self.paid)

    def test_credit_notes_lower_what_is_to_pay(self):
        self._invoice(self.sme, 120.0, "2026-03-01", move_type="out_refund")
        (account,) = self._accounts()
        self.assertEqual((account["credit"], account["to_pay"]), (120.0, 380.0))

    def test_currencies_have_their_own_account(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self._invoice(self.sme, 70.0, "2026-01-05", currency_id=usd.id)
        accounts = {one["currency"].name: one["open"] for one in self._accounts()}
        self.assertEqual(accounts, {"EUR": 500.0, "USD": 70.0})

    def test_the_page_pays_what_is_late_and_offers_all(self):
        self.authenticate("contact", "contact")
        page = self.url_open("/my/account-overview")
        text = self._text(page)
        for part in ("300.00", "500.00", self.late.name, self.paid.name):
            self.assertIn(part, text)
        self.assertNotIn(self.foreign.name, text)
        link = self.links._for(self.sme)
        self.assertIn(f"/pay/{link._code()}?item={self.late.id}.1", page.text)
        self.assertIn(self.late.payment_reference, text)

    def test_the_first_page_says_what_to_pay_now(self):
        self.authenticate("contact", "contact")
        text = self._text(self.url_open("/my/home"))
        self.assertIn("To pay now", text)
        self.assertIn("300.00", text)

    def test_who_owes_nothing_is_thanked(self):
        partner = self.env["res.partner"].create({"name": "Niets open B.V."})
        self._portal_user("clean", partner)
        self.authenticate("clean", "clean")
        self.assertIn(
            "Nothing is open", self._text(self.url_open("/my/account-overview"))
        )

    def test_overdue_invoices_of_the_company_are_seen_by_its_contacts(self):
        self.authenticate("contact", "contact")
        text = self._text(self.url_open("/my/invoices?filterby=overdue_invoices"))
        self.assertIn(self.late.name, text)
        self.assertNotIn(self.foreign.name, text)
        self.assertEqual(self.url_open("/my/invoices/overdue").status_code, 200)

    def test_overdue_invoices_to_two_addresses_go_to_the_account(self):
        self._invoice(
            self.sme_contact,
            20.0,
            "2026-01-05",
            invoice_payment_term_id=False,
            invoice_date_due="2026-02-06",
        )
        self.authenticate("contact", "contact")
        response = self.url_open("/my/invoices/overdue")
        self.assertTrue(response.url.endswith("/my/account-overview"))

    def test_a_large_account_asks_no_more_queries_than_a_small_one(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            accounts = self._accounts(with_lists=False)
            self.overview._pay(accounts[0])
            return self.env.cr.sql_log_count - before

        count()
        small = count()
        for _number in range(12):
            self._invoice(self.sme, 10.0, "2026-01-05")
        self.assertLessEqual(count(), small * 1.2)
