"""The bank's code on a computer screen, and where the page goes on."""

import threading
import time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MollieCommon
from .mollie import PICTURE


@tagged("post_install", "-at_install")
class TestScan(MollieCommon):
    def test_the_page_shows_code_amount_and_the_other_way(self):
        self._begin()
        answer = self.url_open(f"{self._path(self.link)}/scan")
        self.assertIn(f'src="{PICTURE}"', answer.text)
        self.assertIn("https://www.mollie.example/checkout/tr_0000000001", answer.text)
        self.assertIn("1,210.00", self._text(answer))
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")

    def test_who_did_not_start_it_sees_nothing(self):
        self._begin()
        self.opener.cookies.clear()
        answer = self.url_open(f"{self._path(self.link)}/scan", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        state = f"{self._path(self.link)}/scan/state"
        self.assertEqual(self.url_open(state).status_code, 404)
        wrong = self._path(self.link)[:-1] + "!"
        self.assertEqual(self.url_open(f"{wrong}/scan").status_code, 404)
        self.assertEqual(self.url_open(f"{wrong}/scan/state").status_code, 404)
        self.assertEqual(self.fake.asked("GET"), 0)

    def test_an_open_payment_stays_and_may_be_started_again(self):
        _values, transaction = self._begin()
        self.assertEqual(self._state(), "")
        self.assertEqual(transaction.state, "draft")
        self.assertIn("1,210.00", self._text(self._open_page(self.link)))
        values, again = self._begin()
        self.assertIn("o2c_scan_url", values)
        self.assertNotEqual(again, transaction)

    def test_mollie_is_not_asked_at_every_look(self):
        self._begin()
        for _look in range(4):
            self._state()
        self.assertEqual(self.fake.asked("GET"), 1)

    def test_paid_goes_on_to_the_booking_although_no_webhook_came(self):
        _values, transaction = self._begin()
        self.fake.report("tr_0000000001", "paid")
        self.assertEqual(self._state(), "/payment/status")
        self.assertEqual(transaction.state, "done")
        transaction._post_process()
        self.assertEqual(self.invoice.payment_state, "paid")
        answer = self.url_open(f"{self._path(self.link)}/scan", allow_redirects=False)
        self.assertTrue(answer.headers["Location"].endswith("/payment/status"))

    def test_every_bad_end_is_told_and_the_invoice_can_be_paid_again(self):
        for status in ("failed", "expired", "canceled"):
            _values, transaction = self._begin()
            self.fake.report(transaction.provider_reference, status)
            self.assertEqual(self._state(), "/payment/status", status)
            self.assertEqual(transaction.state, "cancel", status)
            self.assertTrue(transaction.o2c_abandoned_at, status)
            text = self._text(self._open_page(self.link))
            self.assertIn("The payment was not completed", text, status)
        self.assertEqual(self.invoice.payment_state, "not_paid")

    @mute_logger("odoo.addons.payment.models.payment_provider")
    def test_no_usable_answer_changes_nothing_and_is_not_repeated_at_once(self):
        for trouble in (429, 503, 404, "drop", "nonsense"):
            _values, transaction = self._begin()
            asked = self.fake.asked("GET")
            self.fake.fail = [trouble]
            self.assertEqual(self._state(), "", trouble)
            self.assertEqual(self._state(), "", trouble)
            self.assertEqual(self.fake.asked("GET"), asked + 1, trouble)
            self.assertEqual(transaction.state, "draft", trouble)

    def test_the_answer_about_another_payment_or_of_another_kind_does_not_count(self):
        _values, transaction = self._begin()
        payment = self.fake.payments["tr_0000000001"]
        for wrong in ({"id": "tr_9"}, {"status": "maybe"}, {"amount": None}):
            transaction.o2c_ask_after = False
            self.fake.payments["tr_0000000001"] = {
                **payment,
                "status": "paid",
                **wrong,
            }
            self.assertEqual(self._state(), "", wrong)
            self.assertEqual(transaction.state, "draft", wrong)

    def test_on_a_computer_he_scans_pays_and_is_thanked(self):
        def pay():
            """The customer sees the code and pays on his phone."""
            until = time.monotonic() + 60
            while not self.fake.asked("GET") and time.monotonic() < until:
                time.sleep(0.2)
            self.fake.report("tr_0000000001", "paid")

        payer = threading.Thread(target=pay, daemon=True)
        payer.start()
        self.start_tour(self._path(self.link), "o2c_portal_mollie_scan")
        payer.join()
        self.assertEqual(self.invoice.payment_state, "paid")
        self.assertEqual(len(self.link.transaction_ids), 1)
