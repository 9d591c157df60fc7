"""Nothing is printed with an address that customers cannot open."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import PayCommon


@tagged("post_install", "-at_install")
class TestPublicAddress(PayCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"o2c_pay_links": True, "link_qr_code": True})
        cls.invoice = cls._invoice(cls.sme, 100.0, "2026-01-05")
        cls.reports = cls.env["ir.actions.report"]

    def _printed(self):
        html = "_render_qweb_html"
        kind = type(self.reports)
        with patch.object(kind, html, return_value=(b"<p/>", "html")):
            return self.reports._pre_render_qweb_pdf(
                "account.account_invoices", self.invoice.ids
            )

    def test_a_local_or_plain_address_stops_the_print_with_one_sentence(self):
        for address, word in (
            ("https://192.168.1.5", "own network"),
            ("http://pay.waterlelie.example", "not secure"),
        ):
            self.company.o2c_public_url = address
            with self.assertRaises(UserError) as caught:
                self._printed()
            self.assertIn(word, str(caught.exception))
            self.assertNotIn("\n", str(caught.exception))

    def test_a_good_address_or_no_link_prints(self):
        self.assertTrue(self._printed())
        self.company.o2c_public_url = "https://10.0.0.1"
        self.company.o2c_link_try_out = True
        self.assertTrue(self._printed())
        self.company.write({"o2c_link_try_out": False, "o2c_pay_links": False})
        self.assertTrue(self._printed())

    def test_sending_stops_at_that_invoice_and_says_why(self):
        self.company.o2c_public_url = "https://10.0.0.1"
        data = {"invoice_edi_format": False}
        send = self.env["account.move.send"]
        send._hook_invoice_document_before_pdf_report_render(self.invoice, data)
        self.assertIn("own network", data["error"]["errors"][0])
        self.company.o2c_public_url = "https://pay.waterlelie.example"
        data = {"invoice_edi_format": False}
        send._hook_invoice_document_before_pdf_report_render(self.invoice, data)
        self.assertNotIn("error", data)

    def test_former_addresses_stay_listed_until_their_paper_is_old(self):
        self.company.o2c_link_days = 100
        self.company.o2c_public_url = "https://new.waterlelie.example"
        former = self.company.o2c_former_address_ids
        self.assertEqual(former.address, "https://pay.waterlelie.example")
        self.assertEqual((former.needed_until - former.used_until).days, 100)
        self.company.o2c_link_days = 0
        self.assertFalse(former.needed_until)
        self.company.o2c_public_url = "https://new.waterlelie.example/"
        self.assertEqual(self.company.o2c_former_address_ids, former)
        self.company.o2c_public_url = "https://pay.waterlelie.example"
        self.assertEqual(
            self.company.o2c_former_address_ids.mapped("address"),
            ["https://new.waterlelie.example"],
        )

    def test_an_address_that_was_never_fit_for_print_is_not_listed(self):
        self.company.o2c_public_url = "https://10.0.0.1"
        self.company.o2c_former_address_ids.sudo().unlink()
        self.company.o2c_public_url = "https://pay.waterlelie.example"
        self.assertFalse(self.company.o2c_former_address_ids)
