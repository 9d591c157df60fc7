"""Pay pages in another currency and of another company of ours; odd amounts."""

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestOtherMoney(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.ref("base.USD")
        cls.dollar.active = True
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.abroad = cls._invoice(
            cls.sme, 70.0, "2026-01-05", currency_id=cls.dollar.id
        )

    def test_another_currency_is_asked_in_that_currency_without_a_euro_code(self):
        link = self.links._for(self.abroad)
        page = self._open_page(link)
        text = self._text(page)
        self.assertIn("70.00", text)
        self.assertIn("$", text)
        self.assertNotIn("€", text)
        self.assertNotIn("Scan with your bank app", text)
        self.assertNotIn('data-payment-method-code="ideal"', page.text)
        self.assertIn('data-payment-method-code="card"', page.text)

    def test_ideal_cannot_be_forced_on_another_currency(self):
        link = self.links._for(self.abroad)
        self.assertIn("not available", self._refused(link, amount=70.0))
        self.assertFalse(link.transaction_ids)

    def test_a_currency_that_no_provider_takes_leaves_the_transfer(self):
        self.provider.available_currency_ids = [
            Command.set(self.company.currency_id.ids)
        ]
        link = self.links._for(self.abroad)
        page = self._open_page(link)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("o_payment_submit_button", page.text)
        self.assertIn("NL02 ABNA 0123 4567 89", self._text(page))

    def test_what_is_paid_in_dollars_is_booked_in_dollars(self):
        card = self.env.ref("payment.payment_method_card").sudo()
        link = self.links._for(self.abroad)
        self._start_over_http(link, amount=70.0, payment_method_id=card.id)
        transaction = link.transaction_ids
        self._reported(transaction)
        transaction._post_process()
        self.assertEqual(transaction.currency_id, self.dollar)
        self.assertEqual(transaction.payment_id.currency_id, self.dollar)
        self.assertEqual(self.abroad.amount_residual, 0)
        self.assertEqual(self.invoice.amount_residual, 100)

    def test_all_i_owe_is_one_page_per_currency(self):
        user = self._portal_user("contact", self.sme_contact)
        self.assertTrue(user)
        self.authenticate("contact", "contact")
        euro = self.links._for(self.sme)
        dollar = self.links._for(self.sme, self.dollar)
        text = self._text(self._open_page(euro))
        self.assertIn(self.invoice.name, text)
        self.assertNotIn(self.abroad.name, text)
        text = self._text(self._open_page(dollar))
        self.assertIn(self.abroad.name, text)
        self.assertNotIn(self.invoice.name, text)
        choice = f"{self.invoice.id}.1"
        self.assertIn("has changed", self._refused(dollar, choice=choice, amount=100.0))

    def test_a_provider_of_another_company_cannot_be_used(self):
        other = self.env["res.company"].sudo().create({"name": "Elders B.V."})
        foreign = self.provider.copy({"company_id": other.id, "journal_id": False})
        foreign.write(
            {
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(self.ideal.ids)],
            }
        )
        link = self.links._for(self.invoice)
        self.assertIn(
            "not available",
            self._refused(link, amount=100.0, provider_id=foreign.id),
        )
        text = self._text(self._open_page(link))
        self.assertIn(self.company.name, text)
        self.assertNotIn("Elders", text)

    def test_amounts_at_the_edge(self):
        """A cent is paid, nothing is not; the bank sees two decimals."""
        cent = self._invoice(self.sme, 0.01, "2026-01-05")
        self._start_over_http(self.links._for(cent), amount=0.01)
        self.assertEqual(self.links._for(cent).transaction_ids.amount, 0.01)
        free = self._invoice(self.sme, 0.0, "2026-01-05")
        link = self.links._for(free)
        self.assertNotIn("o_payment_submit_button", self._open_page(link).text)
        with mute_logger("odoo.http"):
            self.assertIn("error", self._post_start(self._path(link), amount=0.0))
        thirds = self._invoice(self.sme, 33.333, "2026-01-05")
        self.assertEqual(float(self.links._for(thirds)._choose().amount), 33.33)
        huge = self._invoice(self.sme, 1e12, "2026-01-05")
        link = self.links._for(huge)
        self.assertEqual(float(link._choose().amount), 1e12)
        page = self._open_page(link)
        self.assertIn("1,000,000,000,000.00", self._text(page))
        self.assertNotIn("Scan with your bank app", page.text)

    def test_a_session_that_ended_shows_the_page_again(self):
        """The browser's back button after a day: the page, not an error."""
        link = self.links._for(self.invoice)
        self._start_over_http(link, amount=100.0)
        link.transaction_ids._set_canceled()
        self.opener.cookies.clear()
        answer = self.url_open("/pay/back", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].endswith("/my"))
        page = self._open_page(link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("100.00", self._text(page))
