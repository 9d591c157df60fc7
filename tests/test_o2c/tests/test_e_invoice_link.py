"""An e-invoice says where it is paid and with which reference, or says nothing."""

from odoo.tests import tagged

from odoo.addons.o2c_billing.tests.ubl_common import UblCommon

URI = "//cac:AdditionalDocumentReference/cac:Attachment/cac:ExternalReference/cbc:URI"


@tagged("post_install", "-at_install")
class TestEInvoiceLink(UblCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().write(
            {
                "o2c_pay_links": True,
                "o2c_public_url": "https://pay.waterlelie.example",
                "link_qr_code": False,
            }
        )
        cls.invoice = cls._document(cls.dutch, ("btw_21", 1, 100))

    def _links(self):
        links = self.env["o2c.payment.link"].sudo()
        return links.search([("res_id", "=", self.invoice.id)])

    def test_link_and_reference_are_those_of_the_paper(self):
        self.invoice.payment_reference = "RF18539007547034"
        root = self._xml(self.invoice, "durable_link")
        self.assertEqual(
            self._text(root, "/*/cac:PaymentMeans/cbc:PaymentID"), ["RF18539007547034"]
        )
        self.assertEqual(self._text(root, URI), [self._links()._url()])
        self.assertEqual(
            self._text(root, "//cac:AdditionalDocumentReference/cbc:ID"),
            ["RF18539007547034"],
        )
        self.assertEqual(self._links()._url(), self.invoice._get_portal_payment_link())
        again = self._xml(self.invoice, "durable_link")
        self.assertEqual(self._text(again, URI), self._text(root, URI))

    def test_peppols_own_format_carries_it_too(self):
        root = self._xml(self.invoice, "durable_link_bis3", "ubl_bis3")
        self.assertEqual(self._text(root, URI), [self._links()._url()])

    def test_an_address_that_customers_cannot_open_stays_out_of_the_file(self):
        for address in ("", "http://pay.waterlelie.example", "https://192.168.1.5"):
            self.company.sudo().write(
                # trying out is for paper on one's own desk
                {"o2c_public_url": address, "o2c_link_try_out": True}
            )
            root = self._xml(self.invoice, "durable_link_off")
            self.assertEqual(self._text(root, URI), [], address)
            self.assertFalse(self._links(), address)

    def test_without_durable_links_odoos_own_needs_a_secure_address(self):
        self.company.sudo().write({"o2c_pay_links": False, "link_qr_code": True})
        parameters = self.env["ir.config_parameter"].sudo()
        for base, count in (("http://odoo.example", 0), ("https://odoo.example", 1)):
            parameters.set_param("web.base.url", base)
            found = self._text(self._xml(self.invoice, f"own_link_{count}"), URI)
            self.assertEqual(len(found), count, base)
            self.assertEqual([one for one in found if not one.startswith(base)], [])

    def test_a_credit_note_asks_nothing(self):
        refund = self._document(
            self.dutch,
            ("btw_21", 1, 100),
            kind="out_refund",
            reversed_entry_id=self.invoice.id,
        )
        root = self._xml(refund, "durable_link_refund")
        self.assertEqual(self._text(root, URI), [])
