"""On a phone-sized browser: open the link, pay by iDEAL, read the thank-you."""

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPhone(PayHttpCommon):
    browser_size = "375x812"
    touch_enabled = True

    def test_a_second_window_says_that_it_was_paid(self):
        invoice = self._invoice(self.sme, 1210.0, "2026-01-05")
        link = self.links._for(invoice)
        with mute_logger("odoo.http"):
            self.start_tour(self._path(link), "o2c_portal_second_window")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(len(link.transaction_ids), 1)

    def test_nothing_ticked_cannot_be_sent(self):
        self._invoice(self.sme, 1210.0, "2026-01-05")
        self._invoice(self.sme, 40.0, "2026-01-06")
        user = self._portal_user("bookkeeper", self.sme_contact)
        path = self._path(self.links._for(self.sme))
        self.start_tour(path, "o2c_portal_choose", login=user.login)

    def test_a_customer_pays_with_his_phone_and_it_is_booked(self):
        invoice = self._invoice(self.sme, 1210.0, "2026-01-05")
        self._pay(invoice, 210.0)
        link = self.links._for(invoice)
        self.start_tour(self._path(link), "o2c_portal_pay")
        self.assertEqual(invoice.payment_state, "paid")
        transaction = link.transaction_ids
        self.assertEqual((transaction.state, transaction.amount), ("done", 1000.0))
        self.assertEqual(transaction.payment_method_id, self.ideal)
        self.assertEqual(self._events(invoice), ["opened", "payment"])
