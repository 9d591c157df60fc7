"""A customer beside the others of his sector."""

from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestSector(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.builders = cls.env["res.partner"]
        for late in (2, 4, 6, 8, 30):
            builder = cls._customer(f"Bouwer {late}", "sme")
            cls.builders |= builder
            cls._paid(builder, late)
        cls._paid(cls.sme, 11)
        cls.profiles._rescore(cls.company, cls.today)
        for partner in cls.builders | cls.sme:
            profile = partner._o2c_profile(cls.company)
            profile.with_user(cls.controller).sudo(False).o2c_sector_code = "43.21"

    @classmethod
    def _paid(cls, partner, late):
        paid_on = cls.today - timedelta(days=60)
        invoice = cls._invoice(
            partner,
            100,
            paid_on - timedelta(days=late + 30),
            invoice_payment_term_id=False,
            invoice_date_due=paid_on - timedelta(days=late),
        )
        cls._pay(invoice, None, paid_on)

    def test_the_median_is_of_the_others_and_says_how_many(self):
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual(profile._sector_medians()[profile.id], (6, 5))
        self.assertEqual(
            profile.sector_text,
            "Construction: he pays 11 days late, the middle one of 5 others 6 days "
            "late. That is 5 days slower than his sector.",
        )
        fast = self.builders[0]._o2c_profile(self.company)
        # the others: 4, 6, 8, 11, 30
        self.assertIn("6 days faster", fast.sector_text)

    def test_nothing_is_shown_below_the_minimum(self):
        self.env.ref("o2c_credit.o2c_score_card_default").sector_minimum = 6
        text = self.sme._o2c_profile(self.company).sector_text
        self.assertIn("only 5 other customers, too few", text)
        self.assertNotIn("11 days", text)

    def test_a_code_is_cleaned_and_nonsense_refused(self):
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual((profile.o2c_sector_code, profile.section), ("4321", "F"))
        with self.assertRaises(ValidationError):
            profile.o2c_sector_code = "bakery"
        profile.o2c_sector_code = False
        self.assertFalse(profile.section)
        self.assertIn("No sector code", profile.sector_text)

    def test_a_report_fills_the_code_until_somebody_does(self):
        for partner, code in (
            (self.corporate, "01131"),
            (self.sme, "01131 - vegetables"),
        ):
            self.env["o2c.credit.report"].create(
                {
                    "partner_id": partner.id,
                    "source": "Register",
                    "has_score": False,
                    "sbi_code": code,
                }
            )
        self._paid(self.corporate, 3)
        self.profiles._rescore(self.company, self.today)
        profile = self.corporate._o2c_profile(self.company)
        self.assertEqual((profile.o2c_sector_code, profile.section), ("01131", "A"))
        self.assertFalse(profile.sector_by_hand)
        filled = self.sme._o2c_profile(self.company)
        self.assertEqual(filled.o2c_sector_code, "4321")
        filled.o2c_sector_code = False
        self.profiles._rescore(self.company, self.today)
        self.assertEqual(filled.o2c_sector_code, "01131")
        figures = filled._figures()[self.sme.id, self.company.id]
        self.assertEqual(figures.section, "A")

    def test_another_company_is_no_part_of_the_sector(self):
        other = self.env["res.company"].create({"name": "Ander B.V."})
        profile = self.profiles._ensure(other, self.sme)
        profile.o2c_sector_code = "43"
        self.assertEqual(profile._sector_medians()[profile.id], (None, 0))
