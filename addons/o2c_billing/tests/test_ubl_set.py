"""The wide set as e-invoices, and back: what goes out comes in the same."""

import os

from odoo.tests import tagged

from .ubl_common import NS, UblCommon
from .ubl_scenarios import scenarios

TOTAL = "/*/cac:LegalMonetaryTotal"
#: So many documents; O2C_UBL_COUNT=120 for a wider look.
COUNT = int(os.environ.get("O2C_UBL_COUNT", "30"))


@tagged("post_install", "-at_install")
class TestUblSet(UblCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consumer_known = cls._buyer("J. Proef", "NL", "11223344", is_company=False)
        cls.parties = {
            "dutch": cls.dutch,
            "public": cls.public,
            "german": cls.german,
            "american": cls.american,
            "consumer": cls.consumer_known,
        }
        cls.exempt = cls._tax("btw_0").copy(
            {"name": "Vrijgesteld", "ubl_cii_tax_category_code": "E"}
        )
        data = cls.setup_other_company(name="Inkoper B.V.")
        cls.buyer = data["company"]
        cls.purchases = data["default_journal_purchase"]
        cls.usd = cls.env.ref("base.USD")
        cls.usd.active = True
        cls.env["res.currency.rate"].create(
            {
                "currency_id": cls.usd.id,
                "rate": 1.25,
                "name": "2026-01-01",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _tax(cls, name):
        return cls.exempt if name == "own_exempt" else super()._tax(name)

    def _made(self, scenario):
        """The document of a scenario, posted; None where nothing is left to pay."""
        self.company.tax_calculation_rounding_method = scenario.rounding
        taxes = self._tax("btw_21") | self._tax("btw_9") | self._tax("btw_21_d")
        taxes.price_include_override = "tax_included" if scenario.included else False
        lines = scenario.lines
        document = self._document(
            self.parties[scenario.party],
            *lines,
            currency_id=self.env.ref(f"base.{scenario.currency}").id,
            **scenario.extras,
        )
        if scenario.kind == "out_refund":
            document = document._reverse_moves([{"invoice_date": "2026-03-09"}])
            document.action_post()
        return document

    def test_the_whole_set_is_written_and_comes_back_the_same(self):
        for scenario in scenarios(COUNT):
            with self.subTest(scenario.name):
                document = self._made(scenario)
                if document.amount_total < 0:
                    continue
                root = self._xml(document, scenario.name, scenario.format)
                self._agrees(document, root)
                self._comes_back(document, root, scenario)

    def _agrees(self, document, root):
        """The file asks what the document asks, with the same VAT."""
        payable = float(self._text(root, f"{TOTAL}/cbc:PayableAmount")[0])
        self.assertAlmostEqual(payable, document.amount_total, 2)
        vat = sum(
            float(text)
            for text in self._text(
                root, "/*/cac:TaxTotal[cac:TaxSubtotal]/cbc:TaxAmount"
            )
        )
        self.assertAlmostEqual(vat, document.amount_tax, 2)
        for subtotal in root.iterfind("{*}TaxTotal/{*}TaxSubtotal"):
            category = subtotal.findtext("{*}TaxCategory/{*}ID")
            percent = subtotal.findtext("{*}TaxCategory/{*}Percent")
            lines = root.xpath(
                "//*[cac:Item/cac:ClassifiedTaxCategory"
                "[cbc:ID=$category and cbc:Percent=$percent]]/cbc:LineExtensionAmount",
                namespaces=NS,
                category=category,
                percent=percent,
            )
            self.assertAlmostEqual(
                float(subtotal.findtext("{*}TaxableAmount")),
                sum(float(node.text) for node in lines),
                2,
                f"{category} {percent}",
            )

    def _comes_back(self, document, root, scenario):
        """As a document of our own, and as a bill of a customer with our software."""
        again = self._import(
            root, document.journal_id, document.move_type, self.company
        )
        self._same(document, again)
        self.assertEqual(
            self._categories(again),
            self._categories(document),
            "the taxes mean something else",
        )
        if scenario.party in ("dutch", "public", "consumer"):
            kind = document.move_type.replace("out_", "in_")
            bill = self._import(root, self.purchases, kind, self.buyer)
            self._same(document, bill)
            self.assertEqual(bill.partner_id.vat, self.company.vat)
            self.assertEqual(bill.ref, document.name)

    def _import(self, root, journal, kind, company):
        move = (
            self.env["account.move"]
            .with_company(company)
            .create({"move_type": kind, "journal_id": journal.id})
        )
        kind_of_file = move._get_import_file_type(
            {"xml_tree": root, "name": "x.xml", "mimetype": "application/xml"}
        )
        self.env[kind_of_file].with_company(company)._import_invoice_ubl_cii(
            move, {"xml_tree": root, "name": "x.xml", "attachment": None}, True
        )
        return move

    def _same(self, document, again):
        figures = [
            tuple(
                round(move[name], 2)
                for name in ("amount_untaxed", "amount_tax", "amount_total")
            )
            for move in (document, again)
        ]
        self.assertEqual(figures[1], figures[0])

    def _categories(self, move):
        builder = self.env["account.edi.xml.ubl_bis3"]
        seller = move.company_id.partner_id
        return {
            (
                builder._get_tax_category_code(move.commercial_partner_id, seller, tax),
                tax.amount,
            )
            for tax in move.invoice_line_ids.tax_ids
        }
