"""Orders that come in as files."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon

HEAD = "order_reference;customer;article;quantity;price;requested_date;customer_order\n"

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
 <cbc:ID>{reference}</cbc:ID>
 <cbc:IssueDate>2026-03-02</cbc:IssueDate>
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:BuyerCustomerParty><cac:Party>
  <cac:PartyName><cbc:Name>Bakkerij Proef B.V.</cbc:Name></cac:PartyName>
  <cac:PartyTaxScheme><cbc:CompanyID>{vat}</cbc:CompanyID></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:CompanyID>87654321</cbc:CompanyID></cac:PartyLegalEntity>
 </cac:Party></cac:BuyerCustomerParty>
 <cac:OrderLine><cac:LineItem>
  <cbc:ID>1</cbc:ID>
  <cbc:Quantity unitCode="C62">{quantity}</cbc:Quantity>
  <cac:Price><cbc:PriceAmount currencyID="EUR">10</cbc:PriceAmount></cac:Price>
  <cac:Item><cbc:Name>Balk</cbc:Name>
   <cac:SellersItemIdentification><cbc:ID>{code}</cbc:ID></cac:SellersItemIdentification>
  </cac:Item>
 </cac:LineItem></cac:OrderLine>
</Order>
"""


@tagged("post_install", "-at_install")
class TestOrderImport(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wood.default_code = "BALK-44"
        cls.hour.barcode = "8712345678906"
        cls.sme.write({"ref": "K100", "vat": "NL000099998B57"})

    def _import(self, content, name="orders.csv"):
        if isinstance(content, str):
            content = content.encode()
        return self.env["o2c.order.import"]._import_file(name, content, self.company)

    def _refused(self, content, *parts, name="orders.csv"):
        count = self.env["sale.order"].search_count([])
        with self.assertRaises(UserError) as caught:
            self._import(content, name)
        for part in parts:
            self.assertIn(part, str(caught.exception))
        self.assertEqual(self.env["sale.order"].search_count([]), count)

    def _ubl(self, **values):
        return UBL.format(
            **{
                "reference": "PO-900",
                "vat": "NL000099998B57",
                "quantity": 12,
                "code": "BALK-44",
                **values,
            }
        )

    def test_lines_of_a_reference_become_one_quotation(self):
        orders = self._import(
            HEAD + "W1;K100;BALK-44;120;;12-03-2026;PO 1\n"
            "W1;K100;8712345678906;1,5;62,50;12-03-2026;PO 1\n"
            "W2;87654321;BALK-44;2;;;\n"
        )
        first, second = orders
        self.assertEqual((first.partner_id, first.state), (self.sme, "draft"))
        self.assertEqual(first.client_order_ref, "PO 1")
        self.assertEqual(first.commitment_date.date(), date(2026, 3, 12))
        self.assertEqual(first.order_line.mapped("product_uom_qty"), [120, 1.5])
        self.assertEqual(first.order_line[1].price_unit, 62.5)
        self.assertEqual(second.client_order_ref, "W2")
        self.assertEqual(second.partner_id, self.sme)

    def test_imported_lines_get_the_agreed_price(self):
        self._agreement(
            {"product_id": self.wood.id, "fixed_price": 9.0, "tiers": {100: 8.5}},
            partner_id=self.sme.id,
        )
        order = self._import(HEAD + "W1;NL000099998B57;BALK-44;120;;;\n")
        self.assertEqual(order.order_line.price_unit, 8.5)
        self.assertFalse(order.order_line.o2c_price_trace["manual"])

    def test_windows_files_and_dutch_headings_are_read(self):
        text = "Ordernummer,Klant,Artikel,Aantal,Omschrijving\nW1,K100,BALK-44,3,Één\n"
        for number, encoding in enumerate(("utf-8-sig", "cp1252", "utf-16")):
            order = self._import(text.replace("W1", f"W{number}").encode(encoding))
            self.assertEqual(order.order_line.name, "Één")

    def test_every_wrong_line_and_field_is_named_and_nothing_created(self):
        self._refused(
            HEAD + "W1;K100;BALK-44;3;;;\n"
            "W1;K100;BALK-44;veel;;;\n"
            "W2;K999;GEEN;-1;1.234;31-02-2026;\n"
            "W3;;BALK-44;1;;;\n",
            "Line 3, quantity: “veel” is not a number",
            "Line 4, quantity: “-1” is not more than zero",
            "Line 4, price: “1.234” can mean two things",
            "Line 4, requested_date",
            "Line 5, customer: is empty",
        )
        self._refused(
            HEAD + "W1;K999;GEEN;1;;;\n",
            "Line 2, customer: “K999” was not found",
            "Line 2, article: “GEEN” was not found",
        )

    def test_files_that_are_no_orders_are_refused_in_one_sentence(self):
        self._refused(b"PK\x03\x04\x00\x00", "not a text file", name="orders.xlsx")
        self._refused(b"  \n", "empty")
        self._refused(HEAD, "no order lines")
        self._refused("naam;adres\nx;y\n", "Line 1, naam", "quantity")
        self._refused(HEAD + "W1;K100;BALK-44;1;;;;;;;\n", "Line 2")
        self._refused(
            HEAD + "W1;K100;BALK-44;1;;;\nW1;87654321;BALK-44;1;;;\n", "Line 3"
        )

    def test_a_name_that_fits_two_customers_is_not_guessed(self):
        self.corporate.ref = "K100"
        self._refused(HEAD + "W1;K100;BALK-44;1;;;\n", "fits more than one")

    def test_the_same_reference_is_taken_once(self):
        content = HEAD + "W1;K100;BALK-44;1;;;\n"
        order = self._import(content)
        self.assertFalse(self._import(content))
        more = self._import(content + "W2;K100;BALK-44;1;;;\n")
        self.assertEqual(more.o2c_import_reference, "W2")
        self.assertIn("again", order.message_ids[0].body)

    def test_the_wizard_says_what_was_taken_before(self):
        content = HEAD + "W1;K100;BALK-44;1;;;\n"
        self._import(content)
        wizard = self.env["o2c.order.import"].create(
            {"content": base64.b64encode(content.encode()), "filename": "a.csv"}
        )
        action = wizard.action_import()
        self.assertIn("W1", action["params"]["message"])

    def test_a_ubl_order_becomes_a_quotation(self):
        order = self._import(self._ubl(), "order.xml")
        self.assertEqual((order.partner_id, order.state), (self.sme, "draft"))
        self.assertEqual(order.client_order_ref, "PO-900")
        self.assertEqual(order.order_line.product_id, self.wood)
        self.assertEqual(order.order_line.product_uom_qty, 12)
        self.assertFalse(self._import(self._ubl(), "order.xml"))

    def test_a_wrong_ubl_order_names_line_and_field(self):
        self._refused(self._ubl(code="GEEN"), "Line 1, article", "GEEN")
        self._refused(self._ubl(quantity="veel"), "Line 1, quantity")
        self._refused(self._ubl(vat="NL999999999B99"), "customer", "NL999999999B99")
        self._refused(self._ubl(reference=""), "order_reference: is empty")
        self._refused(self._ubl()[:-30], "damaged")
        self._refused("<a/>", "no UBL order")

    def test_a_file_cannot_read_ours(self):
        evil = self._ubl().replace(
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        )
        self._refused(evil.replace("PO-900", "&x;"), "DOCTYPE")

    def test_who_may_not_sell_imports_nothing(self):
        user = self._user("employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["o2c.order.import"].with_user(user).create({"content": b"eA=="})
