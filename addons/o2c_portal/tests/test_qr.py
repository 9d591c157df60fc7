"""The QR code says the address, on paper, in the mail and over the web."""

import base64
import io
from unittest.mock import patch

import qrcode
from lxml import etree
from PIL import Image

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PayHttpCommon


@tagged("post_install", "-at_install")
class TestQr(PayHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_pay_links = True
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.link = cls.links._for(cls.invoice)

    def _modules(self, png, box=8, border=4):
        """Dark and light squares of a picture."""
        picture = Image.open(io.BytesIO(png)).convert("1")
        size = picture.width // box - 2 * border
        middles = [(number + border) * box + box // 2 for number in range(size)]
        return [[not picture.getpixel((x, y)) for x in middles] for y in middles]

    def _expected(self, text):
        level = qrcode.constants.ERROR_CORRECT_Q
        code = qrcode.QRCode(version=7, error_correction=level)
        code.add_data(text)
        code.make(fit=True)
        return [[bool(square) for square in row] for row in code.modules]

    def test_the_picture_says_the_address(self):
        png = self.links._qr_png(self.link._url())
        self.assertEqual(self._modules(png), self._expected(self.link._url()))
        self.assertNotEqual(self._modules(png), self._expected(self.link._url() + "0"))

    def test_the_web_gives_the_same_picture(self):
        response = self.url_open(f"{self._path(self.link)}/qr.png")
        self.assertEqual(response.headers["Content-Type"], "image/png")
        self.assertEqual(response.content, self.links._qr_png(self.link._url()))

    def test_the_invoice_carries_link_and_code_when_the_company_wants_it(self):
        self.assertEqual(self.invoice._get_portal_payment_link(), self.link._url())
        uri = self.invoice._generate_portal_payment_qr()
        png = base64.b64decode(uri.split(",")[1])
        self.assertEqual(self._modules(png), self._expected(self.link._url()))
        self.assertEqual(self.invoice.o2c_pay_link_url, self.link._url())

    def test_a_company_that_did_not_ask_for_it_keeps_cores_link(self):
        self.company.o2c_pay_links = False
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            self.assertNotIn("/pay/", self.invoice._get_portal_payment_link())

    def _printed(self, invoice=None):
        """Pictures and words of the codes on the invoice, and the whole of it."""
        invoice = invoice or self.invoice
        invoice.invalidate_recordset(["display_qr_code", "display_link_qr_code"])
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.account_invoices", invoice.ids)[0]
            .decode()
        )
        cells = etree.HTML(html).xpath("//div[@class='o2c_paper_code']")
        pictures = [cell.xpath(".//img/@src")[0].split(",")[1] for cell in cells]
        words = [cell.xpath("./div/text()")[0].strip() for cell in cells]
        return [base64.b64decode(one) for one in pictures], words, html

    def test_a_printed_invoice_has_a_code_for_the_camera_and_one_for_the_bank(self):
        self.company.link_qr_code = True
        pictures, words, html = self._printed()
        self.assertEqual(
            words,
            ["Scan with your camera to pay with iDEAL", "Scan with your bank app"],
        )
        self.assertIn(f'href="{self.link._url()}"', html)
        self.assertEqual(self._modules(pictures[0]), self._expected(self.link._url()))
        bank = self.links._bank_code(
            self.invoice.partner_bank_id,
            100.0,
            self.company.currency_id,
            self.invoice.payment_reference,
        )
        self.assertEqual(pictures[1], bank)
        self.assertNotIn("Odoo_logo_O", html, "nothing is printed over a code")

    def test_the_words_are_in_the_customers_language_and_the_name_is_data(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.company.link_qr_code = True
        self.sme.lang = "nl_NL"
        self.ideal.with_context(lang="nl_NL").name = "iDEAL | Wero"
        dutch = self.env(context={"lang": "nl_NL"})
        _pictures, words, _html = self._printed()
        self.assertEqual(
            words,
            [
                dutch._("Scan with your camera to pay with %s", "iDEAL | Wero"),
                dutch._("Scan with your bank app"),
            ],
        )
        self.provider.state = "disabled"
        _pictures, words, _html = self._printed()
        self.assertEqual(words[0], dutch._("Scan with your camera to pay online"))

    def test_never_two_codes_for_the_bank_app(self):
        self.company.write({"link_qr_code": True, "qr_code": True})
        _pictures, words, html = self._printed()
        self.assertEqual(len(words), 2)
        self.assertNotIn('id="qrcode"', html)
        self.company.o2c_pay_links = False
        with mute_logger("odoo.addons.base.models.ir_actions_report"):
            _pictures, words, html = self._printed()
        self.assertEqual(words, [])
        self.assertIn('id="qrcode"', html)

    def test_odoos_own_code_stays_where_we_print_none(self):
        """One account and one amount, else there is no code of ours for the bank."""
        self.company.write({"link_qr_code": True, "qr_code": True})
        moves = type(self.invoice)
        with patch.object(moves, "_o2c_one_account", lambda move: False):
            _pictures, words, html = self._printed()
            self.assertEqual(self.link._page()["bank"]["qr"], "")
        self.assertEqual(len(words), 1)
        self.assertIn('id="qrcode"', html)

    def test_several_instalments_and_a_paid_invoice_have_no_bank_code(self):
        self.company.link_qr_code = True
        self.assertTrue(self.invoice._o2c_bank_code())
        term = self.env["account.payment.term"].create(
            {
                "name": "Two",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (10, 40)
                ],
            }
        )
        two = self._invoice(
            self.sme, 80.0, "2026-01-05", invoice_payment_term_id=term.id
        )
        self.assertEqual(two._o2c_bank_code(), b"")
        self._pay(two, 40.0)
        self.assertTrue(two._o2c_bank_code())
        self._pay(self.invoice)
        self.assertEqual(self._printed()[1], [])

    def test_a_bank_code_is_for_euros_to_an_iban(self):
        code = self.links._bank_code
        account, euro = self.invoice.partner_bank_id, self.company.currency_id
        self.assertTrue(code(account, 0.01, euro, "x"))
        for amount in (0, -5, 1e12):
            self.assertEqual(code(account, amount, euro, "x"), b"", amount)
        dollar = self.env.ref("base.USD")
        self.assertEqual(code(account, 5, dollar, "x"), b"")
        other = self.env["res.partner.bank"].create(
            {"acc_number": "12345678", "partner_id": self.company.partner_id.id}
        )
        self.assertEqual(code(other, 5, euro, "x"), b"")

    def test_the_code_travels_inside_the_mail(self):
        url = self.link._url()
        message = self.env["ir.mail_server"]._build_email__(
            "a@waterlelie.example",
            ["b@proef.example"],
            "Reminder",
            f'<p><a href="{url}">Pay</a><img alt="QR" src="{url}/qr.png"></p>',
            subtype="html",
            attachments=[("a.txt", b"x", "text/plain")],
        )
        html = message.get_body(("html",)).get_content()
        self.assertIn(f'href="{url}"', html)
        pictures = [
            part for part in message.walk() if part.get_content_type() == "image/png"
        ]
        self.assertEqual(len(pictures), 1)
        cid = pictures[0]["Content-ID"].strip("<>")
        self.assertIn(f'src="cid:{cid}"', html)
        self.assertEqual(self._modules(pictures[0].get_content()), self._expected(url))

    def test_a_mail_without_our_code_is_left_alone(self):
        text = '<img src="https://elsewhere.example/pay/1-00000000000000000000/qr.png">'
        message = self.env["ir.mail_server"]._build_email__(
            "a@waterlelie.example", ["b@proef.example"], "x", text, subtype="html"
        )
        self.assertIn("elsewhere.example", message.get_body(("html",)).get_content())
        self.assertFalse(
            [p for p in message.walk() if p.get_content_maintype() == "image"]
        )
