"""Files that come in: their taxes and references are understood, poison is refused."""

from base64 import b64encode

from lxml import etree

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from ..policy import intake_order, xml_file
from .ubl_common import UblCommon

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + b"".join(
        b'<!ENTITY lol%d "%s">'
        % (number, (b"&lol%d;" % (number - 1) if number > 1 else b"&lol;") * 10)
        for number in range(1, 10)
    )
    + b"]><Invoice>&lol9;</Invoice>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    b"<Invoice><ID>&b;</ID></Invoice>"
)
DEEP = b"<a>" * 5000 + b"</a>" * 5000
WRONG_ENCODING = (
    '<?xml version="1.0" encoding="UTF-8"?><Invoice><ID>caf\xe9</ID></Invoice>'.encode(
        "latin-1"
    )
)
POISON = {
    "laughs": (LAUGHS, "DOCTYPE"),
    "outside": (OUTSIDE, "DOCTYPE"),
    "deep": (DEEP, "nested"),
    "encoding": (WRONG_ENCODING, "encoding"),
    "cut_off": (b"<Invoice><ID>1</ID>", "damaged"),
}


@tagged("post_install", "-at_install")
class TestUblImport(UblCommon):
    def _bill_of(self, content, name="factuur.xml"):
        """What the upload of a file into the purchase journal makes."""
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "mimetype": "application/xml"}
        )
        journal = self.company_data["default_journal_purchase"]
        move = self.env["account.move"].create(
            {"move_type": "in_invoice", "journal_id": journal.id}
        )
        files = move._to_files_data(attachment)
        files += move._unwrap_attachments(files)
        return move, files

    def test_poisoned_files_are_refused_with_a_reason(self):
        for name, (content, words) in POISON.items():
            with self.subTest(name):
                move, files = self._bill_of(content, f"{name}.xml")
                self.assertIsNone(files[0]["xml_tree"])
                self.assertIsNone(files[0]["import_file_type"])
                text = move._o2c_refusal_words(
                    files[0]["name"], files[0]["o2c_refused"]
                )
                self.assertIn(words, text)
                self.assertIn(f"{name}.xml", text)

    def test_the_reason_is_told_on_the_document(self):
        move, files = self._bill_of(LAUGHS, "lach.xml")
        move._extend_with_attachments(files[:1], new=True)
        said = " ".join(move.message_ids.mapped("body"))
        self.assertIn("lach.xml was not read", said)
        self.assertFalse(move.invoice_line_ids)

    def test_poison_in_a_wrapper_is_refused_too(self):
        wrapper = (
            '<AttachedDocument xmlns="urn:x"><Attachment>'
            '<EmbeddedDocumentBinaryObject mimeCode="application/xml">'
            f"{b64encode(OUTSIDE).decode()}</EmbeddedDocumentBinaryObject>"
            "</Attachment></AttachedDocument>"
        )
        content, tree = self.env["account.move"]._ubl_parse_attached_document(
            etree.fromstring(wrapper)
        )
        self.assertFalse(content)
        self.assertIsNone(tree)

    def test_a_poisoned_order_is_refused_with_a_reason(self):
        intake = self.env["o2c.order.intake"]
        for name, (content, words) in POISON.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, words):
                intake._read(content)

    def test_a_right_file_is_read(self):
        content = etree.tostring(
            self._xml(self._document(self.dutch, ("btw_21", 1, 100)), "import_right")
        )
        self.assertIsNone(xml_file.problem(content))
        _move, files = self._bill_of(content)
        self.assertEqual(files[0]["import_file_type"], "account.edi.xml.ubl_nl")

    # Meaning

    def _read(self, root, kind="in_invoice"):
        side = "purchase" if kind.startswith("in_") else "sale"
        journal = self.company_data[f"default_journal_{side}"]
        move = self.env["account.move"].create(
            {"move_type": kind, "journal_id": journal.id}
        )
        self.env["account.edi.xml.ubl_nl"]._import_invoice_ubl_cii(
            move, {"xml_tree": root, "name": "x.xml", "attachment": None}, True
        )
        return move

    def _from(self, supplier, root):
        """The same file as if this supplier had sent it."""
        party = root.find("{*}AccountingSupplierParty/{*}Party")
        for node in party.findall("{*}PartyTaxScheme/{*}CompanyID"):
            node.text = supplier.vat
        party.find("{*}PartyLegalEntity/{*}RegistrationName").text = supplier.name
        for name in ("PartyLegalEntity/{*}CompanyID", "EndpointID"):
            node = party.find("{*}" + name)
            if node is not None:
                node.getparent().remove(node)
        return root

    def _read_from(self, supplier, tax, name):
        root = self._xml(self._document(self.dutch, (tax, 1, 100)), name)
        return self._read(self._from(supplier, root))

    def test_what_was_reverse_charged_to_us_is_paid_and_deducted(self):
        supplier = self._customer("Onderaannemer B.V.", "sme", vat="NL000099998B57")
        bill = self._read_from(supplier, "btw_verk_0", "import_reverse")
        self.assertEqual(bill.partner_id, supplier)
        self.assertEqual(bill.invoice_line_ids.tax_ids, self._tax("btw_ink_0"))
        self.assertEqual(bill.amount_total, 100)
        said = " ".join(bill.message_ids.mapped("body"))
        self.assertIn("Check the rate", said)

    def test_goods_and_services_from_another_member_state(self):
        for tax, expected in (
            ("btw_X0_producten", "btw_I_21"),
            ("btw_X0_diensten", "btw_I_21_d"),
        ):
            with self.subTest(tax):
                root = self._xml(
                    self._document(self.german, (tax, 1, 100)),
                    f"import_{tax}",
                    "ubl_bis3",
                )
                bill = self._read(self._from(self.german, root))
                self.assertEqual(bill.invoice_line_ids.tax_ids, self._tax(expected))
                self.assertEqual(bill.amount_total, 100)

    def test_a_normal_rate_is_never_a_reverse_charge(self):
        self._tax("btw_ink_0").sequence = -10
        supplier = self._customer("Leverancier B.V.", "sme", vat="NL000099998B57")
        bill = self._read_from(supplier, "btw_21", "import_normal")
        self.assertEqual(bill.invoice_line_ids.tax_ids, self._tax("btw_21_buy"))
        self.assertEqual(bill.amount_total, 121)

    def test_zero_rate_and_exempt_lines_come_back_as_what_they_are(self):
        exempt = self._tax("btw_0").copy(
            {"name": "Vrijgesteld", "ubl_cii_tax_category_code": "E"}
        )
        document = self._document(self.dutch, ("btw_0", 1, 10), ("btw_21", 1, 10))
        document.button_draft()
        document.invoice_line_ids[1].tax_ids = exempt
        document.action_post()
        again = self._read(self._xml(document, "import_zero_exempt"), "out_invoice")
        self.assertEqual(
            again.invoice_line_ids.mapped("tax_ids"), self._tax("btw_0") | exempt
        )

    def test_a_credit_note_finds_its_bill(self):
        supplier = self._customer("Leverancier B.V.", "sme", vat="NL000099998B57")
        document = self._document(self.dutch, ("btw_21", 1, 100))
        bill = self._read(self._from(supplier, self._xml(document, "import_bill")))
        note = document._reverse_moves([{"invoice_date": "2026-03-09"}])
        note.action_post()
        root = self._from(supplier, self._xml(note, "import_credit"))
        credit = self._read(root, "in_refund")
        self.assertEqual(credit.reversed_entry_id, bill)
        self.assertEqual(credit.amount_total, 121)
        path = root.find("{*}BillingReference/{*}InvoiceDocumentReference/{*}ID")
        path.text = "ONBEKEND-1"
        credit = self._read(root, "in_refund")
        self.assertFalse(credit.reversed_entry_id)
        self.assertIn("ONBEKEND-1", " ".join(credit.message_ids.mapped("body")))

    def test_the_order_number_of_an_exported_order_comes_back(self):
        order = self._order(self.dutch, [(self.item, 3, 12.5)])
        order.order_line.tax_ids = self._tax("btw_21")
        content = self.env["sale.edi.xml.ubl_bis3"]._export_order(order)
        rows, problems = self.env["o2c.order.intake"]._read(content)
        [read] = intake_order.orders(rows)
        self.assertEqual(read.reference, order.name)
        self.assertEqual([row.cells["quantity"] for row in rows], ["3.0"])
        self.assertFalse(problems)
        self.assertFalse([one for one in read.problems if one.code != "required"])

    # Taxes whose meaning is a guess

    def test_a_copy_of_a_chart_tax_keeps_its_meaning(self):
        copy = self._tax("btw_verk_0").copy({"name": "0% V (eigen)"})
        self.assertEqual(copy.ubl_cii_tax_category_code, "AE")
        self.assertFalse(copy.o2c_category_unclear)

    def test_an_own_tax_is_known_by_its_box_or_listed_with_a_proposal(self):
        goods = self._tax("btw_X0_producten").copy({"name": "Eigen EU"})
        goods.ubl_cii_tax_category_code = False
        reverse = self._tax("btw_verk_0").copy({"name": "Verlegd onderaanneming"})
        reverse.ubl_cii_tax_category_code = False
        self.assertEqual(goods._o2c_known_category().code, "K")
        self.assertFalse(goods.o2c_category_unclear)
        self.assertTrue(reverse.o2c_category_unclear)
        self.assertEqual(reverse.o2c_category_proposal, "AE")
        listed = self.env["account.tax"].search([("o2c_category_unclear", "=", True)])
        self.assertIn(reverse, listed)
        self.assertNotIn(goods, listed)
        self._switch("watch", "billing")
        draft = self._invoice(self.dutch, 100, "2026-03-02", post=False)
        draft.invoice_line_ids.tax_ids = [Command.set(reverse.ids)]
        self.assertIn("o2c_vat_category", draft.alerts)
        reverse.action_o2c_take_proposal()
        self.assertEqual(reverse.ubl_cii_tax_category_code, "AE")
        self.assertNotIn("o2c_vat_category", draft._get_alerts())

    def test_two_wordings_of_one_category_are_one_breakdown(self):
        first, second = (
            self._tax("btw_0").copy(
                {
                    "name": f"Vrijgesteld {number}",
                    "ubl_cii_tax_category_code": "E",
                    "ubl_cii_tax_exemption_reason_code": code,
                }
            )
            for number, code in enumerate(("VATEX-EU-132-1B", "VATEX-EU-132-1I"))
        )
        document = self._document(self.dutch, ("btw_0", 1, 10), ("btw_0", 1, 20))
        document.button_draft()
        document.invoice_line_ids[0].tax_ids = first
        document.invoice_line_ids[1].tax_ids = second
        document.action_post()
        root = self._xml(document, "two_wordings")
        self.assertEqual(
            self._text(root, "//cac:TaxSubtotal/cbc:TaxableAmount"), ["30.00"]
        )
