"""Statements as they come: doubles, zeros, other companies, nonsense."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestBadInput(CashCommon):
    def test_a_line_of_nothing(self):
        line = self._bank(0, "controle")
        self.assertFalse(self._propose(line))

    def test_the_same_line_twice(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        first = self._bank(100, invoice.name, account_number=IBAN)
        second = self._bank(100, invoice.name, account_number=IBAN)
        self._propose()
        self.assertEqual(self._match(first).certainty, "certain")
        double = self._match(second)
        self.assertNotEqual(double.certainty, "certain")
        self.assertFalse(double.item_ids)
        self.assertIn("twin", self._codes(double))
        self.assertIn("double", double.explanation)

    def test_the_order_of_reading_does_not_matter(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        late = self._bank(100, invoice.name, "2026-03-09")
        early = self._bank(100, f"{invoice.name} tweede", "2026-03-02")
        self._propose()
        self.assertEqual(self._match(early).certainty, "certain")
        self.assertNotEqual(self._match(late).certainty, "certain")

    def test_the_reference_of_another_company(self):
        other = self.setup_other_company(name="Derde Test B.V.")
        theirs = (
            self.env["account.move"]
            .with_company(other["company"])
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.sme.id,
                    "invoice_date": "2026-02-01",
                    "payment_reference": "RF18539007547034",
                    "journal_id": other["default_journal_sale"].id,
                    "invoice_line_ids": [
                        (0, 0, {"name": "x", "price_unit": 500, "tax_ids": [(5,)]})
                    ],
                }
            )
        )
        theirs.action_post()
        line = self._bank(500, "RF18539007547034")
        match = self._propose(line)
        self.assertEqual((match.certainty, match.item_ids.ids), ("none", []))
        theirs_line = theirs.line_ids.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        )
        with self.assertRaises(UserError):
            match.with_user(self.clerk).desk_choose(
                [{"line_id": theirs_line.id, "amount": 500}]
            )
        self.matches._propose(other["company"])
        self.assertFalse(
            self.matches.search([("company_id", "=", other["company"].id)])
        )

    def test_absurd_texts(self):
        self._invoice(self.sme, 100, "2026-02-01")
        texts = (
            "0" * 5000,
            "A1" * 3000,
            "%s %(x)s {0} \\ ' \" ; DROP TABLE account_move; --",
            "\u202e\u0000facturen 😀".replace("\u0000", ""),
            "<script>alert(1)</script>",
            "/",
            " ",
        )
        for text in texts:
            line = self._bank(100.01, text)
            with self.subTest(text[:20]):
                self.assertEqual(self._propose(line).certainty, "none")

    def test_absurd_amounts(self):
        for amount in (0.01, 99_999_999_999.99):
            self._invoice(self.sme, 0.01, "2026-02-01")
            line = self._bank(amount, partner_id=self.sme.id)
            match = self._propose(line)
            with self.subTest(amount):
                self.assertTrue(match.certainty)
                match.with_user(self.clerk).action_accept()
                self.assertEqual(match.state, "booked")

    def test_a_statement_in_foreign_currency(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": usd.id,
                "name": "2026-01-01",
                "rate": 2.0,
                "company_id": self.company.id,
            }
        )
        dollars = self.env["account.journal"].create(
            {"name": "Dollars", "code": "BUSD", "type": "bank", "currency_id": usd.id}
        )
        invoice = self._invoice(self.sme, 1000, "2026-02-01", currency_id=usd.id)
        euros = self._invoice(self.sme, 1000, "2026-02-01")
        line = self._bank(1000, invoice.name, journal_id=dollars.id)
        match = self._propose(line)
        self.assertEqual((match.certainty, match.currency_id), ("certain", usd))
        self.assertEqual(match.item_ids.move_id, invoice)
        match.with_user(self.clerk).action_accept()
        self.assertEqual(invoice.payment_state, "paid")
        # a thousand dollars do not pay a thousand euros
        wrong = self._bank(1000, euros.name, journal_id=dollars.id)
        self.assertFalse(self._propose(wrong).item_ids)

    def test_a_line_that_was_matched_in_another_way(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        line = self._bank(100, invoice.name)
        match = self._propose(line)
        _liquidity, suspense, _other = line._seek_for_lines()
        suspense.account_id = self.company_data["default_account_revenue"]
        with self.assertRaisesRegex(UserError, "another way"):
            match.with_user(self.clerk).action_accept()
        self.assertFalse(self._propose(line))

    def test_the_bank_line_is_deleted(self):
        invoice = self._invoice(self.sme, 100, "2026-02-01")
        line = self._bank(100, invoice.name)
        match = self._propose(line)
        line.unlink()
        self.assertFalse(match.exists())

    def test_customers_are_merged(self):
        twin = self._customer("Bakkerij Proef", "sme")
        invoice = self._invoice(twin, 100, "2026-02-01")
        line = self._bank(100, invoice.name, account_number=IBAN)
        self._propose(line).with_user(self.clerk).action_accept()
        other = self._invoice(self.sme, 50, "2026-02-01")
        again = self._bank(50, other.name, account_number=IBAN)
        self._propose(again).with_user(self.clerk).action_accept()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard.sudo()._merge((self.sme | twin).ids, self.sme)
        known = (
            self.env["o2c.counter.account"]
            .sudo()
            .search([("account_number", "=", IBAN)])
        )
        self.assertEqual(known.partner_id, self.sme)
        self.assertEqual(len(known), 1)
