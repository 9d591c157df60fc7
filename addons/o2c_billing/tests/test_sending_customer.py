"""What the customer does: fills in what is missing, looks, downloads, opens."""

import re

from odoo import fields
from odoo.tests import tagged

from .sending_common import SendingHttpCommon

PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@tagged("post_install", "-at_install")
class TestCustomerFillsIn(SendingHttpCommon):
    def setUp(self):
        super().setUp()
        self.company.o2c_ask_customer = True
        self.sme.o2c_order_reference_required = True

    def _asked(self):
        invoice = self._posted()
        self._send()
        request = self.env["o2c.data.request"].search([("move_id", "=", invoice.id)])
        return invoice, request

    def _path(self, request):
        return "/o2c/fill/" + request._url().rsplit("/", 1)[1]

    def _post(self, path, **form):
        page = self.url_open(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        return self.url_open(path, data={"csrf_token": token, **form})

    def test_he_is_asked_once_and_the_invoice_goes_on_by_itself(self):
        invoice, request = self._asked()
        self.assertEqual(
            (request.state, request.partner_id), ("open", self.sme_contact)
        )
        self._later(invoice)
        self._send()
        self.assertEqual(
            self.env["o2c.data.request"].search_count([("move_id", "=", invoice.id)]), 1
        )
        self.assertTrue(invoice.activity_ids)
        path = self._path(request)
        self.assertIn(invoice.name, self.url_open(path).text)
        wrong = self._post(path, order_reference="  ")
        self.assertIn("is-invalid", wrong.text)
        done = self._post(path, order_reference="PO-77", ref="x", street="Weg 1")
        self.assertIn("Thank you", done.text)
        self.assertEqual(request.state, "answered")
        self.assertEqual(invoice.ref, "PO-77")
        order = invoice.invoice_line_ids.sale_line_ids.order_id
        self.assertEqual(order.client_order_ref, "PO-77")
        self.assertEqual(self.sme.street, "Proefstraat 1")
        self.assertFalse(invoice.activity_ids)
        self._send()
        self.assertEqual(invoice.o2c_send_state, "sent", invoice.o2c_send_reason)
        # the page worked once
        self.assertNotIn('name="csrf_token"', self.url_open(path).text)

    def test_a_wrong_address_shows_nothing(self):
        _invoice, request = self._asked()
        good = self._path(request)
        for path in (
            good[:-1] + ("0" if good[-1] != "0" else "1"),
            "/o2c/fill/1-",
            "/o2c/fill/x",
            "/o2c/fill/999999-" + "a" * 40,
        ):
            answer = self.url_open(path)
            self.assertEqual(answer.status_code, 404, path)
        self.assertEqual(self.url_open(good).headers["Cache-Control"], "no-store")

    def test_an_expired_page_takes_nothing(self):
        invoice, request = self._asked()
        request.sudo().expires_on = fields.Date.from_string("2020-01-01")
        page = self.url_open(self._path(request)).text
        self.assertIn("Nothing is needed", page)
        self.assertNotIn('name="csrf_token"', page)
        self.assertEqual(invoice.o2c_send_state, "blocked")

    def test_only_what_is_empty_is_filled(self):
        partner = self._customer("Half Adres B.V.", "sme", city=False)
        self._prefer(partner, by_post=True)
        invoice = self._posted(partner, client_order_ref="PO-1")
        self._send()
        request = self.env["o2c.data.request"].search([("move_id", "=", invoice.id)])
        self._post(self._path(request), street="Elders 9", zip="1234 AB", city="Delft")
        self.assertEqual((partner.street, partner.city), ("Proefstraat 1", "Delft"))
        self.assertFalse(self._tasks(partner), "the task is solved by the answer")

    def test_where_the_setting_is_off_nobody_is_asked(self):
        self.company.o2c_ask_customer = False
        _invoice, request = self._asked()
        self.assertFalse(request)


@tagged("post_install", "-at_install")
class TestTracking(SendingHttpCommon):
    def _sent(self):
        invoice = self._posted()
        self._send()
        return invoice

    def test_seen_and_downloaded_by_the_customer_only(self):
        invoice = self._sent()
        path = (
            f"/my/invoices/{invoice.id}?access_token={invoice._portal_ensure_token()}"
        )
        self.url_open(path, headers={"User-Agent": "Googlebot/2.1"})
        self.assertEqual(self._log(invoice, "portal"), [])
        self.url_open(path, headers=PERSON)
        self.url_open(path, headers=PERSON)
        self.assertEqual(self._log(invoice, "portal"), ["seen"])
        self.url_open(path + "&report_type=pdf&download=true", headers=PERSON)
        self.assertEqual(self._log(invoice, "portal"), ["seen", "downloaded"])
        self.url_open(f"/my/invoices/{invoice.id}?access_token=wrong", headers=PERSON)
        self.assertEqual(self._log(invoice, "portal"), ["seen", "downloaded"])

    def test_a_colleague_who_looks_is_no_customer(self):
        invoice = self._sent()
        user = self._user("colleague", "o2c_base.group_billing_user")
        user.password = "colleague-8"
        self.authenticate(user.login, "colleague-8")
        self.url_open(f"/my/invoices/{invoice.id}", headers=PERSON)
        self.assertEqual(self._log(invoice, "portal"), [])

    def test_opened_is_noticed_only_when_the_company_wants_it(self):
        self._sent()
        self.assertNotIn("/o2c/opened/", self._body(self.mails[-1]))
        self.company.o2c_track_opens = True
        invoice = self._sent()
        body = self._body(self.mails[-1])
        path = re.search(r"/o2c/opened/[^\"]+", body)[0]
        self.assertIn("tells us that it was opened", body)
        self.assertEqual(self.url_open(path).headers["Content-Type"], "image/gif")
        self.assertEqual(self._log(invoice)[-1], "opened")
        self.assertNotIn("/o2c/opened/", invoice.o2c_sending_ids.message_id.body)
        self.url_open(path.replace("-", "-0", 1))
        self.assertEqual(self._log(invoice).count("opened"), 1)
        self.company.o2c_track_opens = False
        log = self.env["o2c.delivery.log"].search_count([])
        self.url_open(path)
        self.assertEqual(self.env["o2c.delivery.log"].search_count([]), log)

    def _body(self, mail):
        return mail.get_body(("html",)).get_content()

    def test_signs_for_a_list_in_one_query(self):
        first, second = self._sent(), self._sent()
        moves = first | second
        moves._compute_o2c_delivery_signs()
        for some in (first, moves):
            some.invalidate_recordset(["o2c_delivery_signs"])
            with self.assertQueryCount(1):
                some.mapped("o2c_delivery_signs")
        [sign] = first.o2c_delivery_signs
        self.assertEqual(
            (sign["channel"], sign["tone"], sign["label"]),
            ("email", "left", "E-mail: accepted"),
        )
