"""From paper to paid: the codes on a printed page, scanned, lead to a paid invoice."""

from odoo import fields
from odoo.tests import tagged

from .common import StoryCase
from .paper import folded, millimetres, pictures, scanned

#: A plain office scanner; a camera at reading distance sees more.
DPI = 150
#: Heights at which a fold may run across a code. Through the three squares in its
#: corners no code survives one: they say where the code is.
FOLDS = [number / 40 for number in range(9, 35)]


@tagged("post_install", "-at_install")
class TestScan(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().write({"o2c_pay_links": True, "link_qr_code": True})

    def _paper(self, report, record):
        """The page of the real PDF that has codes, as a picture, and its codes."""
        reports = self.env["ir.actions.report"].with_context(
            force_report_rendering=True
        )
        content, kind = reports._render_qweb_pdf(report, record.ids)
        self.assertEqual(kind, "pdf")
        for picture in pictures(content, DPI):
            if codes := scanned(picture):
                return picture, codes
        return self.fail("no code on any page")

    def _check_codes(self, page, codes, link, amount):
        """Both codes say the right thing, are big enough and survive a fold."""
        camera, bank = codes
        self.assertEqual(camera.text, link._url())
        lines = bank.text.split("\n")
        self.assertEqual(lines[:4], ["BCD", "002", "1", "SCT"])
        self.assertEqual(lines[6:8], ["NL02ABNA0123456789", f"EUR{amount:.2f}"])
        self.assertEqual([camera.ec_level, bank.ec_level], ["Q", "M"])
        for code in codes:
            # 45 points of 0.75 mm, or 49 of 0.7
            self.assertGreater(millimetres(code, DPI), 33)
            for height in FOLDS:
                texts = [one.text for one in scanned(folded(page, code, height, DPI))]
                self.assertIn(
                    code.text, texts, f"a fold at {height:.1%} of {code.text}"
                )

    def _follow(self, camera):
        """What the phone does with a scanned address: open it, pay, read the thanks."""
        link = self.env["o2c.payment.link"]._open(camera.text.rpartition("/")[2])
        self.assertTrue(link)
        self._pay_on_a_phone(link)

    def test_an_invoice_is_scanned_paid_and_booked(self):
        invoice = self._invoice(self.sme, 1210.0, "2026-01-05")
        link = self._link_of(invoice)
        page, codes = self._paper("account.account_invoices", invoice)
        self._check_codes(page, codes, link, 1210)
        self.assertEqual(codes[1].text.split("\n")[10], invoice.payment_reference)
        self._follow(codes[0])
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(link.transaction_ids.amount, 1210.0)

    def test_a_reminder_letter_is_scanned_paid_and_booked(self):
        self.sme_contact.email = self.sme.email = False
        day = fields.Date.subtract(self.company._o2c_today(), days=40)
        invoices = self._invoice(self.sme, 300.0, day)
        invoices += self._invoice(self.sme, 55.5, day)
        invoices.is_move_sent = True
        self._night()
        notice = self.env["o2c.dunning.notice"].search(
            [("line_ids.move_id", "in", invoices.ids)]
        )
        self.assertEqual(notice.channel, "letter")
        if notice.state == "waiting":  # the first run of a company asks a person
            notice.action_approve()
            self._send_notices()
        link = self._link_of(notice)
        page, codes = self._paper("o2c_dunning.report_notice", notice)
        self._check_codes(page, codes, link, notice.amount)
        self.assertEqual(codes[1].text.split("\n")[9], link.reference)
        self._follow(codes[0])
        self.assertEqual(set(invoices.mapped("payment_state")), {"paid"})
