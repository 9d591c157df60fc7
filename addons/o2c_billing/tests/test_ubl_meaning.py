"""Valid is not enough: an e-invoice says what the invoice means."""

from odoo import Command
from odoo.tests import tagged

from .ubl_common import NS, UblCommon

TOTAL = "/*/cac:LegalMonetaryTotal"
CATEGORY = "//cac:TaxSubtotal/cac:TaxCategory"
BUYER = "/*/cac:AccountingCustomerParty/cac:Party"


@tagged("post_install", "-at_install")
class TestUblMeaning(UblCommon):
    def _category(self, partner, tax, name, format="nlcius"):
        root = self._xml(self._document(partner, (tax, 1, 100)), name, format)
        reason = f"{CATEGORY}/cbc:TaxExemptionReason"
        return self._text(root, f"{CATEGORY}/cbc:ID")[0], self._text(root, reason)

    def test_dutch_taxes_have_their_own_category(self):
        self.assertEqual(self._category(self.dutch, "btw_21", "cat_s"), ("S", []))
        self.assertEqual(self._category(self.dutch, "btw_0", "cat_z"), ("Z", []))
        code, reason = self._category(self.dutch, "btw_verk_0", "cat_ae")
        self.assertEqual((code, reason), ("AE", ["Reverse charge"]))
        for tax, expected in (("btw_X0_producten", "K"), ("btw_X0_diensten", "AE")):
            code, reason = self._category(self.german, tax, f"cat_{tax}", "ubl_bis3")
            self.assertEqual(code, expected)
            self.assertTrue(reason)

    def test_a_category_that_people_gave_a_tax_stands(self):
        self._tax("btw_0").ubl_cii_tax_category_code = "E"
        self.assertEqual(self._category(self.dutch, "btw_0", "cat_own")[0], "E")

    def test_a_credit_note_refers_to_the_invoice_and_its_order(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        note = invoice._reverse_moves([{"ref": "Reversal of: whatever"}])
        note.action_post()
        root = self._xml(note, "credit_reference")
        path = "/*/cac:BillingReference/cac:InvoiceDocumentReference"
        self.assertEqual(self._text(root, f"{path}/cbc:ID"), [invoice.name])
        self.assertEqual(self._text(root, f"{path}/cbc:IssueDate"), ["2026-03-02"])
        self.assertEqual(
            self._text(root, "/*/cac:OrderReference/cbc:ID"), ["PO-2026-1"]
        )

    def test_a_credit_note_asks_no_bank_account_of_the_customer(self):
        self.assertFalse(self.dutch.bank_ids)
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        note = invoice._reverse_moves([{}])
        note.partner_bank_id = False
        note.action_post()
        self.assertFalse(note.partner_bank_id)
        self.assertEqual(self._errors(note), "")

    def test_amounts_are_as_issued_whatever_is_paid_since(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        self._pay(invoice, date="2026-03-20")
        root = self._xml(invoice, "paid_later")
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PayableAmount"), ["121.00"])
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PrepaidAmount"), ["0.00"])
        note = invoice._reverse_moves([{}], cancel=True)
        root = self._xml(note, "credit_reconciled")
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PayableAmount"), ["121.00"])

    def test_what_was_paid_before_is_prepaid(self):
        invoice = self._document(self.dutch, ("btw_21", 1, 100))
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.dutch.id,
                "amount": 21,
                "date": "2026-02-20",
            }
        )
        payment.action_post()
        lines = (payment.move_id | invoice).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        root = self._xml(invoice, "prepaid")
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PrepaidAmount"), ["21.00"])
        self.assertEqual(self._text(root, f"{TOTAL}/cbc:PayableAmount"), ["100.00"])

    def test_the_order_reference_is_the_customers_own(self):
        order = self._order(self.dutch, [(self.item, 1, 100.0)])
        order.order_line.tax_ids = self._tax("btw_21")
        order.action_confirm()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.invoice_date = "2026-03-02"
        invoice.partner_bank_id = self.bank
        invoice.action_post()
        reference = "/*/cac:OrderReference"
        root = self._xml(invoice, "order_without_number")
        self.assertEqual(self._text(root, f"{reference}/cbc:ID"), ["NA"])
        self.assertEqual(
            self._text(root, f"{reference}/cbc:SalesOrderID"), [order.name]
        )
        order.client_order_ref = "PO-77"
        root = self._xml(invoice, "order_with_number")
        self.assertEqual(self._text(root, f"{reference}/cbc:ID"), ["PO-77"])

    def test_an_oin_is_a_registration_number(self):
        self.public.write({"peppol_eas": "0088", "peppol_endpoint": "8712345678906"})
        root = self._xml(self._document(self.public, ("btw_21", 1, 100)), "oin_gln")
        number = root.xpath(
            f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID", namespaces=NS
        )[0]
        self.assertEqual(number.text, "00000001234567890000")
        self.assertEqual(number.get("schemeID"), "0190")

    def test_goods_to_another_member_state_carry_their_delivery_date(self):
        move = self._document(self.german, ("btw_X0_producten", 1, 100))
        root = self._xml(move, "eu_delivery", "ubl_bis3")
        self.assertEqual(
            self._text(root, "/*/cac:Delivery/cbc:ActualDeliveryDate"), ["2026-02-27"]
        )

    def test_the_final_invoice_refers_to_the_down_payment(self):
        order = self._order(self.dutch, [(self.item, 10, 100.0)])
        order.order_line.tax_ids = self._tax("btw_21")
        order.action_confirm()
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "fixed", "fixed_amount": 242})
        )
        first = wizard._create_invoices(order)
        first.write({"invoice_date": "2026-03-02", "partner_bank_id": self.bank.id})
        first.action_post()
        order.order_line[0].qty_delivered = 10
        final = order._create_invoices(final=True)
        final.write({"invoice_date": "2026-03-20", "partner_bank_id": self.bank.id})
        final.action_post()
        root = self._xml(final, "final_invoice")
        path = "/*/cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
        self.assertEqual(self._text(root, path), [first.name])

    def test_a_customer_without_any_number_is_refused_before_it_is_sent(self):
        nobody = self._buyer("Niemand B.V.", "NL")
        move = self._document(nobody, ("btw_21", 1, 100))
        errors = self._errors(move)
        self.assertIn("KvK", errors)
        self.assertIn("electronic address", errors)

    def test_where_a_document_differs_from_a_rounded_sum_it_says_so(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        lines = [("btw_21", 1, 0.335)] * 9
        move = self._document(self.dutch, *lines)
        root = self._xml(move, "rounding")
        total = {
            node.tag.rpartition("}")[2]: float(node.text)
            for node in root.xpath(f"{TOTAL}/*", namespaces=NS)
        }
        self.assertAlmostEqual(
            total["PayableAmount"],
            total["TaxInclusiveAmount"]
            - total.get("PrepaidAmount", 0)
            + total.get("PayableRoundingAmount", 0),
        )
        self.assertEqual(total["PayableAmount"], move.amount_total)

    def test_a_line_with_a_note_does_not_become_an_invoice_line(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.dutch.id,
                "invoice_date": "2026-03-02",
                "ref": "PO-1",
                "partner_bank_id": self.bank.id,
                "invoice_line_ids": [
                    Command.create({"display_type": "line_note", "name": "Bedankt"}),
                    Command.create(
                        {
                            "product_id": self.item.id,
                            "price_unit": 5,
                            "tax_ids": [Command.set(self._tax("btw_21").ids)],
                        }
                    ),
                ],
            }
        )
        move.action_post()
        root = self._xml(move, "note")
        self.assertEqual(len(root.xpath("//cac:InvoiceLine", namespaces=NS)), 1)

    def test_what_was_advanced_stands_outside_vat_beside_a_fee_with_vat(self):
        """Art. 79(c) of Directive 2006/112/EC; valid beside a rate of 21 %."""
        move = self._document(self.dutch, ("btw_21", 1, 1250), ("btw_21", 1, 45))
        move.button_draft()
        advanced = move.invoice_line_ids[0]
        advanced.tax_ids = False
        self.assertIn("at least one tax", str(self._errors(move)))
        advanced.sudo().o2c_pass_through = True
        move.action_post()
        root = self._xml(move, "advanced")
        category = "//cac:TaxSubtotal/cac:TaxCategory"
        self.assertEqual(sorted(self._text(root, f"{category}/cbc:ID")), ["E", "S"])
        self.assertEqual(
            self._text(root, f"{category}/cbc:TaxExemptionReason"),
            ["Advanced in the name of the customer"],
        )
        peppol = self._xml(move, "advanced_peppol", "ubl_bis3")
        self.assertEqual(  # NLCIUS has no codes of reasons
            self._text(peppol, f"{category}/cbc:TaxExemptionReasonCode"),
            ["VATEX-EU-79-C"],
        )
        self.assertEqual(
            self._text(root, "/*/cac:LegalMonetaryTotal/cbc:PayableAmount"),
            ["1304.45"],
        )
