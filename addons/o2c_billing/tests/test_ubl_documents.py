"""E-invoices over taxes, discounts, rounding, kinds and parties."""

from odoo.tests import tagged

from .ubl_common import UblCommon

#: Name → lines of (tax, quantity, price, discount).
LINES = {
    "high": [("btw_21", 3, 19.99)],
    "low": [("btw_9", 1, 250)],
    "services": [("btw_21_d", 7.25, 85)],
    "zero": [("btw_0", 10, 12.5)],
    "mixed": [("btw_21", 2, 10.01), ("btw_9", 5, 3.33), ("btw_0", 1, 99)],
    "reverse": [("btw_verk_0", 40, 47.5)],
    "discount": [("btw_21", 3, 19.99, 10), ("btw_9", 7, 1.05, 33.33)],
    "free": [("btw_21", 1, 100, 100), ("btw_21", 1, 20)],
    "fractions": [("btw_21", 0.333, 33.333), ("btw_21", 1.005, 9.995)],
    "many": [("btw_21", 1, 0.335)] * 9 + [("btw_9", 1, 0.125)] * 5,
    "credit_line": [("btw_21", 5, 20), ("btw_21", -1, 20)],
}


@tagged("post_install", "-at_install")
class TestUblDocuments(UblCommon):
    def test_dutch_documents_of_every_tax_discount_and_rounding(self):
        for rounding in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = rounding
            for name, lines in LINES.items():
                for format in ("nlcius", "ubl_bis3"):
                    with self.subTest(rounding=rounding, lines=name, format=format):
                        move = self._document(self.dutch, *lines)
                        title = f"nl_{rounding}_{name}_{format}"
                        root = self._xml(move, title, format)
                        self._amounts_agree(move, root)

    def test_credit_notes_of_every_tax(self):
        for rounding in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = rounding
            for name, lines in LINES.items():
                with self.subTest(rounding=rounding, lines=name):
                    invoice = self._document(self.dutch, *lines)
                    note = invoice._reverse_moves(
                        [{"invoice_date": "2026-03-09"}], cancel=True
                    )
                    root = self._xml(note, f"nl_{rounding}_{name}_credit")
                    self._amounts_agree(note, root)

    def test_prices_with_vat_included(self):
        taxes = self._tax("btw_21") | self._tax("btw_9")
        taxes.price_include_override = "tax_included"
        for rounding in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = rounding
            move = self._document(
                self.dutch,
                ("btw_21", 3, 9.99),
                ("btw_9", 7, 1.01, 5),
                ("btw_21", 1, 0.05),
            )
            self._amounts_agree(move, self._xml(move, f"nl_{rounding}_included"))

    def test_customers_abroad(self):
        cases = {
            "eu_goods": (self.german, [("btw_X0_producten", 4, 250)]),
            "eu_services": (self.german, [("btw_X0_diensten", 8, 90)]),
            "eu_triangle": (self.german, [("btw_X0_ABC_levering", 1, 5000)]),
            "export": (self.american, [("btw_X1", 2, 750)]),
        }
        for name, (partner, lines) in cases.items():
            with self.subTest(name):
                move = self._document(partner, *lines)
                self._amounts_agree(move, self._xml(move, name, "ubl_bis3"))
                note = move._reverse_moves([{"invoice_date": "2026-03-09"}])
                note.action_post()
                self._xml(note, f"{name}_credit", "ubl_bis3")

    def test_public_bodies_contacts_and_numbers_with_spaces(self):
        self._xml(self._document(self.public, ("btw_21", 1, 100)), "oin")
        self.dutch.company_registry = "87 65 43 21"
        self._xml(self._document(self.dutch, ("btw_21", 1, 100)), "kvk_spaces")
        contact = self.env["res.partner"].create(
            {
                "name": "Crediteuren",
                "parent_id": self.dutch.id,
                "type": "invoice",
                "email": "crediteuren@proef.example",
            }
        )
        root = self._xml(self._document(contact, ("btw_21", 1, 100)), "contact")
        buyer = "/*/cac:AccountingCustomerParty/cac:Party"
        self.assertEqual(
            self._text(root, f"{buyer}/cac:PostalAddress/cbc:CityName"), ["Proefdam"]
        )
        self.assertEqual(
            self._text(root, f"{buyer}/cac:Contact/cbc:ElectronicMail"),
            ["crediteuren@proef.example"],
        )

    def test_another_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": usd.id, "rate": 1.25, "name": "2026-01-01"}
        )
        for format in ("nlcius", "ubl_bis3"):
            move = self._document(self.dutch, ("btw_21", 3, 19.99), currency_id=usd.id)
            self._xml(move, f"usd_{format}", format)

    def test_without_numbers_of_the_customer(self):
        move = self._document(self.dutch, ("btw_21", 1, 100), ref=False)
        self._xml(move, "no_reference")

    def _amounts_agree(self, move, root):
        """The file asks what the invoice asks."""
        total = "/*/cac:LegalMonetaryTotal"
        self.assertEqual(
            float(self._text(root, f"{total}/cbc:PayableAmount")[0]),
            move.amount_total,
        )
