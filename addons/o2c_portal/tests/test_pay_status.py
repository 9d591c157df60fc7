"""After the bank: what happens now, in the customer's language, and the way back."""

from odoo.tests import tagged

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPayStatus(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)
        cls.env["res.lang"]._activate_lang("nl_NL")

    def _started(self, state=None, choice="all", amount=1210.0, link=None):
        """A payment of this visitor, with what its bank said."""
        link = link or self.link
        self._start_over_http(link, choice, amount)
        transaction = link.transaction_ids.sorted("id")[-1:]
        if state:
            self._reported(transaction, state)
        return transaction

    def _transferred(self, **options):
        """The same by a provider that leaves the transfer to the customer."""
        transaction = self._started(**options)
        transaction.provider_id = self.provider.copy(
            {"company_id": self.company.id, "code": "none"}
        )
        transaction._set_pending()
        return transaction

    def test_what_stays_pending_leads_back_and_says_what_happens_now(self):
        self._started("pending")
        page = self.url_open("/payment/status")
        self.assertTrue(page.url.endswith(self._path(self.link)))
        text = self._text(page)
        self.assertIn("Thank you, your payment is being processed", text)
        self.assertIn("Your payment of €1,210.00", text)
        self.assertIn("do not have to do anything or pay again", text)
        self.assertIn("Look again", text)
        self.assertNotIn("Somebody started", text)
        # Odoo's script waits on the page for the end of it
        self.assertIn('name="o_payment_status"', page.text)

    def test_somebody_else_reads_that_it_is_under_way_and_waits_for_nothing(self):
        self._started("pending")
        self.opener.cookies.clear()
        page = self._open_page(self.link)
        self.assertIn("A payment is under way", self._text(page))
        self.assertNotIn('name="o_payment_status"', page.text)

    def test_a_transfer_by_hand_leads_to_the_bank_details_of_what_was_chosen(self):
        self._transferred(choice="all~210.00", amount=210.0)
        page = self.url_open("/payment/status")
        self.assertIn("/pay/", page.url)
        text = self._text(page)
        self.assertIn("You transfer €210.00", text)
        self.assertIn("with the bank details on this page", text)
        self.assertIn("NL02 ABNA 0123 4567 89", text)
        self.assertIn('data-copy="210.00"', page.text)
        self.assertLess(
            page.text.index("o2c_pay_bank"),
            page.text.index('id="o2c_online"'),
            "where to transfer it comes before paying in another way",
        )
        self.assertNotIn('name="o_payment_status"', page.text)

    def test_a_transfer_of_all_asks_no_part_of_it(self):
        self._transferred()
        text = self._text(self.url_open("/payment/status"))
        self.assertIn("You transfer €1,210.00", text)
        self.assertNotIn("Pay everything", text)

    def test_without_bank_details_the_page_points_at_none(self):
        self.invoice.partner_bank_id = False
        self.company.partner_id.bank_ids.active = False
        self._transferred()
        text = self._text(self.url_open("/payment/status"))
        self.assertIn("You transfer €1,210.00", text)
        self.assertNotIn("yourself, with", text)

    def test_until_the_bank_answers_the_page_is_ours_and_odoos_script_waits(self):
        self.sme.lang = "nl_NL"
        transaction = self._started()
        page = self.url_open("/payment/status")
        self.assertIn('lang="nl"', page.text)
        self.assertIn('name="o_payment_status"', page.text)
        self.assertIn('href="/pay/back"', page.text)
        self.assertIn(transaction.reference, page.text)
        self.assertNotIn("o_payment_status_alert", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")

    def test_received_says_so_without_javascript_and_is_booked_with_it(self):
        self._started("done")
        text = self._text(self.url_open("/payment/status"))
        self.assertIn("Payment received, thank you", text)
        polled = self.make_jsonrpc_request("/payment/status/poll", {})
        self.assertEqual(polled["landing_route"], "/pay/back")
        self.assertEqual(self.invoice.payment_state, "paid")

    def test_what_failed_says_so_and_leads_back_to_the_choice(self):
        self._started("cancel")
        text = self._text(self.url_open("/payment/status"))
        self.assertIn("The payment was not completed", text)
        self.assertIn("Nothing was charged", text)
        self.assertIn("iDEAL", self._text(self.url_open("/pay/back")))

    def test_who_is_logged_in_finds_his_account_back(self):
        user = self._portal_user("bookkeeper", self.sme_contact)
        self.authenticate(user.login, user.login)
        self.company.o2c_desk_open = False
        second = self._invoice(self.sme, 40.0, "2026-01-06")
        link = self.links._for(self.sme)
        self._started("pending", f"{second.id}.1", 40.0, link)
        page = self.url_open("/payment/status")
        self.assertIn("Your payment of €40.00", self._text(page))
        self.assertIn("1,210.00", self._text(page))
        self.assertIn('/my/account-overview">Back to your account', page.text)

    def test_any_other_payment_keeps_odoos_page(self):
        transaction = self._started()
        transaction.o2c_link_id = False
        page = self.url_open("/payment/status")
        self.assertIn("o_payment_status_alert", page.text)
        self.opener.cookies.clear()
        self.assertNotIn("o2c_pay_card", self.url_open("/payment/status").text)
