"""References, payment and credit notes on an e-invoice, as the customer gave them."""

from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .ubl_common import NS, UblCommon

TOTAL = "/*/cac:LegalMonetaryTotal"
REFERENCES = {
    "o2c_buyer_reference": "Afdeling 7",
    "o2c_contract_reference": "RC-2026-4",
    "o2c_project_reference": "PRJ-88",
    "o2c_cost_centre": "KP-310",
}


@tagged("post_install", "-at_install")
class TestUblReferences(UblCommon):
    def _delivered(self, order):
        order.order_line.tax_ids = self._tax("btw_21")
        order.action_confirm()
        order.order_line.qty_delivered = 1

    def _invoiced(self, orders):
        invoices = orders._create_invoices()
        invoices.write({"invoice_date": "2026-03-02", "partner_bank_id": self.bank.id})
        invoices.action_post()
        return invoices

    def test_the_customers_references_go_from_him_to_the_order_and_its_invoice(self):
        self.dutch.write(REFERENCES)
        order = self._order(self.dutch, [(self.item, 1, 100.0)])
        self.assertEqual(order.o2c_contract_reference, "RC-2026-4")
        order.o2c_project_reference = "PRJ-99"
        order.order_line.o2c_cost_centre = "KP-311"
        self._delivered(order)
        invoice = self._invoiced(order)
        root = self._xml(invoice, "references")
        expected = {
            "/*/cbc:BuyerReference": ["Afdeling 7"],
            "/*/cac:ContractDocumentReference/cbc:ID": ["RC-2026-4"],
            "/*/cac:ProjectReference/cbc:ID": ["PRJ-99"],
            "/*/cbc:AccountingCost": ["KP-310"],
            "//cac:InvoiceLine/cbc:AccountingCost": ["KP-311"],
        }
        found = {path: self._text(root, path) for path in expected}
        self.assertEqual(found, expected)

    def test_a_contact_has_references_of_his_own(self):
        self.dutch.write(REFERENCES)
        contact = self.env["res.partner"].create(
            {
                "name": "Vestiging Noord",
                "parent_id": self.dutch.id,
                "type": "invoice",
                "o2c_cost_centre": "KP-900",
            }
        )
        invoice = self._invoice(contact, 100, "2026-03-02", post=False)
        self.assertEqual(invoice.o2c_cost_centre, "KP-900")
        self.assertEqual(invoice.o2c_buyer_reference, "Afdeling 7")

    def test_orders_with_other_references_become_two_invoices(self):
        orders = self.env["sale.order"]
        for number in ("RC-1", "RC-1", "RC-2", False):
            order = self._order(self.dutch, [(self.item, 1, 100.0)])
            order.o2c_contract_reference = number
            self._delivered(order)
            orders |= order
        invoices = self._invoiced(orders)
        found = sorted(move.o2c_contract_reference or "" for move in invoices)
        self.assertEqual(found, ["", "RC-1", "RC-2"])

    def test_a_credit_note_keeps_the_references(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100), **REFERENCES)
        note = invoice._reverse_moves([{"invoice_date": "2026-03-09"}])
        note.action_post()
        root = self._xml(note, "references_credit")
        self.assertEqual(self._text(root, "/*/cbc:BuyerReference"), ["Afdeling 7"])
        path = "/*/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']/cbc:ID"
        self.assertEqual(self._text(root, path), ["PRJ-88"])

    def test_a_credit_note_for_several_invoices_names_them_all(self):
        invoices = self._document(self.dutch, ("btw_21", 1, 100), ref="PO-1")
        invoices |= self._document(self.dutch, ("btw_21", 1, 50), ref="PO-2")
        note = self._document(
            self.dutch,
            ("btw_21", 1, 15),
            kind="out_refund",
            ref="Jaarbonus",
            o2c_corrected_ids=[Command.set(invoices.ids)],
        )
        root = self._xml(note, "credit_of_several")
        path = "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
        self.assertEqual(
            sorted(self._text(root, path)), sorted(invoices.mapped("name"))
        )
        numbers = self._text(root, "/*/cac:OrderReference/cbc:ID")[0]
        self.assertEqual(sorted(numbers.split(", ")), ["PO-1", "PO-2"])

    def test_a_credit_note_that_names_no_invoice_is_refused(self):
        note = self._document(self.dutch, ("btw_21", 1, 15), kind="out_refund")
        self.assertIn("Corrected Invoices", self._errors(note))

    def test_the_delivery_address_is_the_one_of_the_delivery(self):
        site = self.env["res.partner"].create(
            {
                "name": "Bouwplaats",
                "parent_id": self.dutch.id,
                "type": "delivery",
                "street": "Werkpad 9",
                "zip": "9999 ZZ",
                "city": "Bouwstad",
                "country_id": self.env.ref("base.nl").id,
            }
        )
        invoice = self._document(
            self.dutch, ("btw_21", 1, 100), partner_shipping_id=site.id
        )
        root = self._xml(invoice, "delivery_address")
        city = "/*/cac:Delivery/cac:DeliveryLocation/cac:Address/cbc:CityName"
        self.assertEqual(self._text(root, city), ["Bouwstad"])

    def test_a_delivery_contact_without_an_address_does_not_stop_the_invoice(self):
        contact = self.env["res.partner"].create(
            {"name": "Magazijn", "parent_id": self.dutch.id, "type": "other"}
        )
        contact.country_id = False
        invoice = self._document(
            self.dutch, ("btw_21", 1, 100), partner_shipping_id=contact.id
        )
        root = self._xml(invoice, "delivery_contact")
        code = "/*/cac:Delivery/cac:DeliveryLocation/cac:Address/cac:Country/*"
        self.assertEqual(self._text(root, code), ["NL"])

    # Payment

    def test_the_payment_reference_is_the_one_to_pay_with(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        invoice.payment_reference = "7000 0000 0000 1234"
        root = self._xml(invoice, "payment_reference")
        self.assertEqual(
            self._text(root, "/*/cac:PaymentMeans/cbc:PaymentID"),
            ["7000 0000 0000 1234"],
        )

    def test_the_pay_page_is_in_the_file_where_the_company_prints_it(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        path = "//cac:ExternalReference/cbc:URI"
        link = "https://pay.example/x"
        name = "odoo.addons.o2c_portal.models.account_move.AccountMove"
        if "o2c.payment.link" not in self.env:
            name = "odoo.addons.account_payment.models.account_move.AccountMove"
        with patch(f"{name}._get_portal_payment_link", lambda move: link):
            self.company.link_qr_code = False
            root = self._xml(invoice, "pay_page_off")
            self.assertEqual(self._text(root, path), [])
            self.company.link_qr_code = True
            root = self._xml(invoice, "pay_page")
            self.assertEqual(self._text(root, path), [link])

    def test_instalments_stand_in_words(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Twee termijnen",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 40, "nb_days": 10}
                    ),
                    Command.create(
                        {"value": "percent", "value_amount": 60, "nb_days": 40}
                    ),
                ],
            }
        )
        invoice = self._document(
            self.dutch, ("btw_21", 1, 100), invoice_payment_term_id=term.id
        )
        root = self._xml(invoice, "instalments")
        note = self._text(root, "/*/cac:PaymentTerms/cbc:Note")[0]
        self.assertIn("Instalment 1: €48.40 by 12 Mar 2026.", note)
        self.assertIn("Instalment 2: €72.60 by 11 Apr 2026.", note)

    def test_cash_rounding_is_a_payable_rounding(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "5 cent",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
                "rounding_method": "HALF-UP",
            }
        )
        invoice = self._document(
            self.dutch, ("btw_21", 1, 9.99), invoice_cash_rounding_id=rounding.id
        )
        self.assertEqual(invoice.amount_total, 12.10)
        root = self._xml(invoice, "cash_rounding")
        self.assertEqual(
            self._text(root, f"{TOTAL}/cbc:PayableRoundingAmount"), ["0.01"]
        )
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PayableAmount"), ["12.10"])

    def test_a_thousand_lines(self):
        lines = [
            ("btw_21", 1 + number % 7, 1.05 + number / 100) for number in range(1000)
        ]
        invoice = self._document(self.dutch, *lines)
        root = self._xml(invoice, "thousand_lines")
        self.assertEqual(len(root.xpath("//cac:InvoiceLine", namespaces=NS)), 1000)
        self.assertEqual(
            float(self._text(root, f"{TOTAL}/cbc:PayableAmount")[0]),
            invoice.amount_total,
        )

    # The blocked account

    def _hired(self, *lines, **values):
        g_account = self.env["res.partner.bank"].create(
            {
                "acc_number": "NL39ABNA0990123459",
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        self.company.o2c_blocked_bank_id = g_account
        self.dutch.with_company(self.company).o2c_blocked_account = True
        return self._document(self.dutch, *lines, **values)

    def test_a_part_goes_to_the_blocked_account(self):
        invoice = self._hired(("btw_21_d", 10, 100))
        self.assertEqual(invoice.o2c_blocked_percent, 25)
        self.assertEqual(invoice.o2c_blocked_amount, 302.50)
        root = self._xml(invoice, "blocked_account")
        accounts = "/*/cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"
        self.assertEqual(
            self._text(root, accounts), ["NL02ABNA0123456789", "NL39ABNA0990123459"]
        )
        note = self._text(root, "/*/cac:PaymentTerms/cbc:Note")[0]
        self.assertIn("Pay €302.50 (25%) to G-account NL39ABNA0990123459", note)
        self.assertIn("€907.50 to account NL02", note)

    def test_with_reverse_charged_vat_it_is_another_part(self):
        invoice = self._hired(("btw_verk_0", 10, 100))
        self.assertEqual(invoice.o2c_blocked_percent, 20)
        self.assertEqual(invoice.o2c_blocked_amount, 200)
        self._xml(invoice, "blocked_account_reverse")

    def test_a_part_of_your_own_stays(self):
        invoice = self._hired(("btw_21_d", 10, 100))
        invoice.button_draft()
        invoice.o2c_blocked_percent = 40
        invoice.invoice_line_ids.quantity = 20
        self.assertEqual(invoice.o2c_blocked_amount, 968)
        self.dutch.with_company(self.company).o2c_blocked_account = False
        again = self._document(self.dutch, ("btw_21_d", 1, 100))
        self.assertFalse(again.o2c_blocked_percent)
        self.assertFalse(again._o2c_blocked_words())
        # a code of one transfer says all of it only without a blocked part
        self.assertFalse(invoice._o2c_one_account())
        self.assertTrue(again._o2c_one_account())
