"""Paying: the server decides, once, and everybody is told the truth."""

from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.tests import tagged

from ..controllers import pay_start
from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestPaying(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls.sme, 1210.0, "2026-01-05")
        cls.other = cls._invoice(cls.corporate, 77.77, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)

    def test_the_server_decides_the_amount(self):
        for amount in (0, -1210.0, 0.01, 1e12, 1209.99, None):
            with self.subTest(amount):
                self.assertIn("has changed", self._refused(self.link, amount=amount))
        for choice, sentence in (
            ("all~0", "more than zero"),
            ("all~-5", "more than zero"),
            ("all~1e12", "more than what is open"),
            ("all~1210.01", "more than what is open"),
            ("all~1.001", "such as 125.50"),
            (f"{self.other.id}.1", "has changed"),
            (f"{self.invoice.id}.2", "has changed"),
            ("nonsense", "has changed"),
        ):
            with self.subTest(choice):
                self.assertIn(sentence, self._refused(self.link, choice, 1210.0))
        self.assertFalse(self.link.transaction_ids)

    def test_a_payment_is_made_for_the_links_customer_and_nobody_else(self):
        self._refused(self.link, amount=1210.0, partner_id=self.corporate.id)
        values = self._start_over_http(
            self.link,
            amount=1210.0,
            landing_route="https://evil.example/",
            is_validation=True,
        )
        transaction = self.link.transaction_ids
        self.assertEqual(values["reference"], transaction.reference)
        self.assertEqual(transaction.amount, 1210.0)
        self.assertEqual(transaction.partner_id, self.sme)
        self.assertEqual(transaction.landing_route, "/pay/back")
        self.assertEqual(transaction.operation, "online_direct")
        self.assertEqual(transaction.invoice_ids, self.invoice)
        self.assertNotIn(self.link._code(), str(transaction.read()[0]))

    def test_a_way_of_paying_that_is_not_offered_is_refused(self):
        hidden = self.provider.copy({"company_id": self.company.id})
        hidden.write({"state": "disabled"})
        for params in (
            {"provider_id": hidden.id},
            {"payment_method_id": self.env.ref("payment.payment_method_unknown").id},
            {"flow": "token", "token_id": 1},
        ):
            with self.subTest(params):
                self._refused(self.link, amount=1210.0, **params)
        self.assertFalse(self.link.transaction_ids)

    def test_the_second_of_two_payers_is_told(self):
        self._start_over_http(self.link, amount=1210.0)
        self.assertIn("payment", self._events(self.invoice))
        again = self._text(self._open_page(self.link))
        self.assertIn("1,210.00", again, "who started it may try again at once")
        self.opener.cookies.clear()
        text = self._text(self._open_page(self.link))
        self.assertIn("A payment is under way", text)
        self.assertNotIn("iDEAL", text)
        self.assertIn("under way", self._refused(self.link, amount=1210.0))
        self.assertEqual(len(self.link.transaction_ids), 1)

    def test_a_payment_at_the_bank_is_not_offered_twice_to_anybody(self):
        self._start_over_http(self.link, amount=1210.0)
        self._reported(self.link.transaction_ids, "pending")
        text = self._text(self._open_page(self.link))
        self.assertIn("A payment is under way", text)

    def test_received_but_not_booked_yet_says_thank_you(self):
        self._start_over_http(self.link, amount=1210.0)
        self._reported(self.link.transaction_ids)
        text = self._text(self._open_page(self.link))
        self.assertIn("Payment received, thank you", text)
        self.link.transaction_ids._post_process()
        self.assertIn("Paid, thank you", self._text(self._open_page(self.link)))

    def test_who_paid_a_part_is_thanked_and_sees_the_rest(self):
        self._start_over_http(self.link, "all~210", amount=210.0)
        self._reported(self.link.transaction_ids)
        self.link.transaction_ids._post_process()
        text = self._text(self._open_page(self.link))
        self.assertIn("We received your payment of €210.00", text)
        self.assertIn("Pay €1,000.00", text)

    def test_who_paid_all_but_what_he_disputes_is_thanked_too(self):
        self.env["o2c.dispute"].sudo().create(
            {"move_id": self.invoice.id, "amount": 210.0, "cause": "price"}
        )
        self._start_over_http(self.link, amount=1000.0)
        self._reported(self.link.transaction_ids)
        self.link.transaction_ids._post_process()
        text = self._text(self._open_page(self.link))
        self.assertIn("Payment received, thank you", text)
        self.assertIn("We received your payment of €1,000.00", text)
        self.assertIn("is on hold or in dispute", text)

    def test_a_payment_that_failed_can_be_tried_again(self):
        self._start_over_http(self.link, amount=1210.0)
        self._reported(self.link.transaction_ids, "cancel")
        text = self._text(self._open_page(self.link))
        self.assertIn("The payment was not completed", text)
        self.assertIn("iDEAL", text)
        self._start_over_http(self.link, amount=1210.0)

    def test_credited_while_choosing_asks_to_look_again(self):
        refund = self._invoice(self.sme, 210.0, "2026-02-01", move_type="out_refund")
        (self.invoice + refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).reconcile()
        self.assertIn("1,000.00", self._refused(self.link, amount=1210.0))

    def test_starts_have_a_pace(self):
        with patch.object(pay_start, "STARTS_PER_HOUR", 1):
            self._start_over_http(self.link, amount=1210.0)
            sentence = self._refused(self.link, amount=1210.0)
        self.assertIn("Too many attempts", sentence)

    def test_the_way_back_leads_to_the_page_of_the_own_payment_only(self):
        self._start_over_http(self.link, amount=1210.0)
        response = self.url_open("/pay/back", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith(self._path(self.link)))
        self.opener.cookies.clear()
        response = self.url_open("/pay/back", allow_redirects=False)
        self.assertTrue(response.headers["Location"].endswith("/my"))

    def test_who_failed_comes_back_to_what_he_had_chosen(self):
        key = f"{self.invoice.id}.1"
        for choice, amount, wanted in (
            ("all", 1210.0, {"item": [key]}),
            (f"{key}~50.00", 50.0, {"item": [key], "other": ["50.00"]}),
        ):
            self._start_over_http(self.link, choice, amount)
            self._reported(self.link.transaction_ids.sorted("id")[-1:], "error")
            answer = self.url_open("/pay/back", allow_redirects=False)
            query = urlsplit(answer.headers["Location"]).query
            self.assertEqual(parse_qs(query), wanted)
            page = self.url_open(f"{self._path(self.link)}?{query}")
            self.assertIn(f"{amount:,.2f}", page.text)
