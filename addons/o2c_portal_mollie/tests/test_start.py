"""Starting a payment: the bank's code comes along, whatever goes wrong is said."""

import logging
from unittest.mock import patch

import requests

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MollieCommon
from .mollie import KEY, PICTURE


@tagged("post_install", "-at_install")
class TestStart(MollieCommon):
    def test_mollie_is_asked_for_the_banks_code_with_the_amount_of_today(self):
        values, transaction = self._begin()
        method, path, query, body, headers = self.fake.requests[0]
        self.assertEqual((method, path), ("POST", "/v2/payments"))
        self.assertEqual(query, {"include": ["details.qrCode"]})
        self.assertEqual(body["amount"], {"currency": "EUR", "value": "1210.00"})
        self.assertEqual(body["method"], ["ideal"])
        self.assertEqual(len(headers["Idempotency-Key"]), 64)
        self.assertEqual(values["o2c_scan_url"], f"{self._path(self.link)}/scan")
        self.assertEqual(transaction.o2c_scan_source, PICTURE)
        self.assertEqual(transaction.provider_reference, "tr_0000000001")
        self.assertIn("mollie.example/checkout", values["redirect_form_html"])

    def test_the_same_request_again_makes_no_second_payment(self):
        _values, transaction = self._begin()
        transaction._get_specific_rendering_values({})
        self.assertEqual(self.fake.asked("POST"), 2)
        self.assertEqual(len(self.fake.payments), 1)

    def test_a_payment_outside_a_pay_link_is_cores_own(self):
        transaction = (
            self.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": self.mollie.id,
                    "payment_method_id": self.ideal.id,
                    "amount": 5,
                    "currency_id": self.company.currency_id.id,
                    "partner_id": self.sme.id,
                    "operation": "online_redirect",
                }
            )
        )
        values = transaction._get_processing_values()
        self.assertNotIn("o2c_scan_url", values)
        self.assertEqual(self.fake.requests[0][2], {})
        self.assertFalse(transaction.o2c_scan_source)

    def test_without_a_code_the_customer_goes_to_mollie_as_before(self):
        made = self.fake.made
        self.fake.made = lambda body, query, headers: made(body, "", headers)
        values, transaction = self._begin()
        self.assertNotIn("o2c_scan_url", values)
        self.assertIn("mollie.example/checkout", values["redirect_form_html"])
        self.assertEqual(transaction.state, "draft")

    @mute_logger("odoo.addons.payment.models.payment_provider")
    def test_whatever_mollie_answers_the_customer_is_told_and_may_try_again(self):
        for trouble in (422, 401, 429, 503, "drop", "nonsense"):
            self.fake.fail = [trouble]
            values, transaction = self._begin()
            self.assertEqual(values["state"], "error", trouble)
            self.assertTrue(values["state_message"], trouble)
            self.assertNotIn(KEY, values["state_message"])
            self.assertNotIn("o2c_scan_url", values, trouble)
            self.assertEqual(transaction.state, "error", trouble)
        text = self._text(self._open_page(self.link))
        self.assertIn("Nothing was charged", text)
        values, _transaction = self._begin()
        self.assertIn("o2c_scan_url", values)

    def test_a_timeout_and_a_payment_without_a_page_are_told_too(self):
        request = "odoo.addons.payment.models.payment_provider.requests.request"
        with patch(request, side_effect=requests.exceptions.Timeout):
            values, _transaction = self._begin()
        self.assertEqual(values["state"], "error")
        made = self.fake.made

        def without_page(*args):
            return {**made(*args), "_links": {}}

        self.fake.made = without_page
        values, _transaction = self._begin()
        self.assertEqual(values["state"], "error")
        self.assertIn("Nothing was charged", values["state_message"])

    def test_neither_key_nor_token_stands_in_the_log(self):
        with self.assertLogs("odoo", logging.INFO) as logs:
            self.fake.fail = [422]
            self._begin()
            _values, transaction = self._begin()
            self.url_open(f"{self._path(self.link)}/scan")
            self._state()
            self.fake.fail = ["nonsense"]
            self._webhook(transaction)
            self.fake.report("tr_0000000001", "paid")
            self._webhook(transaction)
        self.assertEqual(transaction.state, "done")
        written = "\n".join(logs.output)
        self.assertIn("/v2/payments", written)
        self.assertIn("notification received from Mollie", written)
        self.assertFalse(KEY in written, "the key is in the log")
        token = self.link._code().partition("-")[2]
        self.assertFalse(token in written, "the token is in the log")
