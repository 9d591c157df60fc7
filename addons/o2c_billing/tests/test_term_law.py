"""Payment terms and the law: who may take how long, who sees it, who corrects it."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestTermLaw(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term_45 = cls._term(45)
        cls.term_60 = cls._term(60)
        cls.large = cls._customer("Groot N.V.", "corporate", registry="11223344")
        cls.large.property_payment_term_id = cls.term_60

    @classmethod
    def _term(cls, days, kind="days_after"):
        return cls.env["account.payment.term"].create(
            {
                "name": f"Proef {days} {kind}",
                "line_ids": [
                    Command.create(
                        {
                            "value": "percent",
                            "value_amount": 100,
                            "nb_days": days,
                            "delay_type": kind,
                        }
                    )
                ],
            }
        )

    def test_a_large_customer_of_an_sme_has_thirty_days(self):
        self.assertEqual(self.large.o2c_term_code, "large_buyer")
        self.assertIn("30 days", self.large.o2c_term_words)
        self.assertIn("lid 6", self.large.o2c_term_article)
        self.assertIn("artikel=119a", self.large.o2c_term_link)
        self.large.property_payment_term_id = self.term_30
        self.assertFalse(self.large.o2c_term_code)

    def test_a_large_seller_and_who_is_not_dutch_is_not_judged(self):
        self.company.o2c_large = True
        self.large.invalidate_recordset()
        self.assertFalse(self.large.o2c_term_code)
        self.company.o2c_large = False
        self.large.country_id = self.env.ref("base.de")
        self.assertFalse(self.large.o2c_term_code)
        self.large.country_id = self.env.ref("base.nl")
        self.company.country_id = self.env.ref("base.be")
        self.large.invalidate_recordset()
        self.assertFalse(self.large.o2c_term_code)

    def test_public_bodies_consumers_and_the_part_being_off(self):
        self.public_body.property_payment_term_id = self.term_45
        self.consumer.property_payment_term_id = self.term_60
        self.assertEqual(self.public_body.o2c_term_code, "public_body")
        self.assertIn("119b", self.public_body.o2c_term_article)
        self.assertFalse(self.consumer.o2c_term_code)
        self.company.o2c_billing_mode = "off"
        self.public_body.invalidate_recordset()
        self.assertFalse(self.public_body.o2c_term_code)

    def test_sixty_days_need_no_agreement_and_more_does(self):
        self.sme.property_payment_term_id = self.term_60
        self.assertFalse(self.sme.o2c_term_code)
        self.sme.property_payment_term_id = self._term(61)
        self.assertEqual(self.sme.o2c_term_code, "expressly")

    def test_month_end_terms_count_their_longest(self):
        term = self._term(30, "days_after_end_of_month")
        self.assertEqual(term._o2c_longest_days(), 60)
        self.large.property_payment_term_id = self._term(0, "days_after_end_of_month")
        self.assertFalse(self.large.o2c_term_code)

    def test_the_size_is_typed_or_read_from_the_report_or_the_segment(self):
        customer = self._customer("Onbekend B.V.", "sme")
        customer.write(
            {"o2c_segment_id": False, "property_payment_term_id": self.term_45.id}
        )
        self.assertEqual(customer.o2c_term_code, "size_unknown")
        self.assertEqual(customer.o2c_size_words, "not known")
        self.env["o2c.credit.report"].sudo().create(
            {
                "partner_id": customer.id,
                "company_id": self.company.id,
                "date": "2026-01-01",
                "source": "Proef",
                "total_assets": 26_000_000,
                "turnover": 51_000_000,
            }
        )
        customer.invalidate_recordset()
        self.assertEqual(customer.o2c_term_code, "large_buyer")
        self.assertIn("credit report", customer.o2c_size_words)
        customer.o2c_size = "sme"
        self.assertFalse(customer.o2c_term_code)
        self.assertIn("typed", customer.o2c_size_words)

    def test_the_thresholds_are_data(self):
        self.env["o2c.term.law"].create(
            {
                "date_from": "2026-01-01",
                "large_days": 20,
                "public_days": 30,
                "longest_days": 45,
                "total_assets": 25_000_000,
                "turnover": 50_000_000,
                "employees": 250,
                "source": "Proefwet",
            }
        )
        self.large.property_payment_term_id = self.term_30
        self.assertEqual(self.large.o2c_term_code, "large_buyer")
        self.assertIn("20 days", self.large.o2c_term_words)

    def test_all_customers_with_an_unlawful_term_are_listed(self):
        self.sme.property_payment_term_id = self.term_60
        self.public_body.property_payment_term_id = self.term_45
        found = self.env["res.partner"].search(
            [("o2c_term_code", "in", ["large_buyer", "public_body"])]
        )
        self.assertIn(self.large, found)
        self.assertIn(self.public_body, found)
        self.assertNotIn(self.sme, found)
        free = self.env["res.partner"].search([("o2c_term_code", "=", False)])
        self.assertIn(self.sme, free)
        self.assertNotIn(self.large, free)

    def test_one_click_sets_the_longest_lawful_term(self):
        seller = self._user("term_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.large.with_user(seller).action_o2c_lawful_term()
        billing = self._user(
            "term_billing", "o2c_base.group_billing_user,base.group_partner_manager"
        )
        self.large.with_user(billing).action_o2c_lawful_term()
        term = self.large.property_payment_term_id
        self.assertEqual(term._o2c_longest_days(), 30)
        self.assertFalse(term.early_discount)
        self.assertFalse(self.large.o2c_term_code)

    def test_the_discount_of_a_term_is_kept(self):
        self.large.property_payment_term_id = self.term_60._o2c_with_discount(
            2.0, 8, "included"
        )
        self.large.action_o2c_lawful_term()
        term = self.large.property_payment_term_id
        self.assertEqual(term._o2c_longest_days(), 30)
        self.assertEqual((term.discount_percentage, term.discount_days), (2.0, 8))

    def test_a_quotation_warns_and_is_corrected_until_it_is_an_agreement(self):
        order = self._order(self.large, [(self.wood, 1, 100.0)])
        order.payment_term_id = self.term_60
        self.assertEqual(order.o2c_term_code, "large_buyer")
        order.action_o2c_lawful_term()
        self.assertEqual(order.payment_term_id._o2c_longest_days(), 30)
        self.assertFalse(order.o2c_term_code)
        order.action_confirm()
        with self.assertRaises(UserError):
            order.action_o2c_lawful_term()

    def test_only_a_draft_invoice_is_corrected(self):
        draft = self._invoice(
            self.large,
            100,
            "2026-03-02",
            post=False,
            invoice_payment_term_id=self.term_60.id,
        )
        self.assertEqual(draft.o2c_term_code, "large_buyer")
        posted = draft.copy({"invoice_date": "2026-03-02"})
        posted.invoice_payment_term_id = self.term_60
        posted.action_post()
        self.assertEqual(posted.o2c_term_code, "large_buyer")
        with self.assertRaises(UserError):
            posted.action_o2c_lawful_term()
        draft.action_o2c_lawful_term()
        self.assertFalse(draft.o2c_term_code)
        self.assertEqual(str(draft.invoice_date_due), "2026-04-01")

    def test_an_invoice_is_judged_by_the_law_of_its_day(self):
        old = self._invoice(
            self.large,
            100,
            "2022-06-30",
            post=False,
            invoice_payment_term_id=self.term_60.id,
        )
        self.assertFalse(old.o2c_term_code)
        old.invoice_date = "2022-07-01"
        self.assertEqual(old.o2c_term_code, "large_buyer")
