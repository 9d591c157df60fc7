"""The QR code says the address, on paper, in the mail and over the web."""

import base64
import io

import qrcode
from lxml import etree
from PIL import Image

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
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q)
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

    def test_the_code_on_a_printed_invoice_leads_to_its_page(self):
        self.company.link_qr_code = True
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.account_invoices", self.invoice.ids)[0]
            .decode()
        )
        self.assertIn(self.link._url(), html)
        uri = self.invoice._generate_portal_payment_qr()
        self.assertIn(uri.split(",")[1][:60], html)
        [picture] = etree.HTML(html).xpath("//div[@id='payment_link_qrcode']//p/img[1]")
        self.assertIn(
            "width: 128px", picture.get("style"), "else a page of its own holds it"
        )

    def test_a_printed_invoice_has_one_code(self):
        self.company.write({"link_qr_code": True, "qr_code": True})
        self.assertEqual(
            [self.invoice.display_qr_code, self.invoice.display_link_qr_code],
            [False, True],
        )
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.account_invoices", self.invoice.ids)[0]
            .decode()
        )
        self.assertEqual(html.count('id="qrcode_image"'), 1)
        self.company.o2c_pay_links = False
        self.invoice.invalidate_recordset(["display_qr_code"])
        self.assertTrue(self.invoice.display_qr_code)

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
