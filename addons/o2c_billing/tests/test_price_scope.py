"""For whom a price is agreed: customer, parent company, segment, grade, everyone."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import BillingCommon


@tagged("post_install", "-at_install")
class TestPriceScope(BillingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.holding = cls._customer("Proef Holding N.V.", "corporate")
        cls.corporate.parent_id = cls.holding
        cls.branch = cls._customer("Proef Kade B.V.", "sme", parent_id=cls.corporate.id)

    def _grade(self, partner, grade):
        profile = self.env["o2c.risk.profile"]._ensure(self.company, partner)
        profile.grade = grade
        return profile

    def _price_of(self, partner):
        return self._order(partner, [(self.wood, 1, None)]).order_line.price_unit

    def _wood(self, price, **values):
        return self._agreement(
            {"product_id": self.wood.id, "fixed_price": price}, **values
        )

    def test_a_subsidiary_pays_what_its_parent_agreed(self):
        self._wood(9.0, partner_id=self.holding.id)
        self.assertEqual(self._price_of(self.corporate), 9.0)
        self.assertEqual(self._price_of(self.branch), 9.0)
        self.assertEqual(self._price_of(self.sme), 10.0)

    def test_the_nearest_parent_goes_first_and_the_own_agreement_before_it(self):
        self._wood(9.0, partner_id=self.holding.id)
        self._wood(9.5, partner_id=self.corporate.id)
        self.assertEqual(self._price_of(self.branch), 9.5)
        self._wood(9.9, partner_id=self.branch.id)
        self.assertEqual(self._price_of(self.branch), 9.9)
        self.assertEqual(self._price_of(self.holding), 9.0)

    def test_an_agreement_can_be_for_the_parent_alone(self):
        self._wood(9.0, partner_id=self.holding.id, subsidiaries=False)
        self.assertEqual(self._price_of(self.holding), 9.0)
        self.assertEqual(self._price_of(self.corporate), 10.0)

    def test_a_parent_goes_before_the_segment(self):
        self._wood(7.0, segment_id=self.branch.o2c_segment_id.id)
        self._wood(9.0, partner_id=self.holding.id)
        self.assertEqual(self._price_of(self.branch), 9.0)

    def test_a_grade_has_its_price_and_loses_it_with_the_grade(self):
        self._wood(9.0, grade="A")
        profile = self._grade(self.sme, "A")
        self.assertEqual(self._price_of(self.sme), 9.0)
        profile.grade = "B"
        self.assertEqual(self._price_of(self.sme), 10.0)

    def test_segment_with_grade_then_segment_then_grade(self):
        segment = self.sme.o2c_segment_id.id
        self._grade(self.sme, "A")
        self._wood(9.0, grade="A")
        self.assertEqual(self._price_of(self.sme), 9.0)
        self._wood(9.3, segment_id=segment)
        self.assertEqual(self._price_of(self.sme), 9.3)
        self._wood(9.6, segment_id=segment, grade="A")
        self.assertEqual(self._price_of(self.sme), 9.6)

    def test_the_price_of_a_natural_person_never_depends_on_his_grade(self):
        self._wood(9.0, grade="A")
        self._grade(self.consumer, "A")
        self.assertEqual(self._price_of(self.consumer), 10.0)

    def test_customer_and_grade_do_not_go_together(self):
        with self.assertRaises(ValidationError):
            self._wood(9.0, partner_id=self.sme.id, grade="A")

    def test_the_list_says_for_whom(self):
        agreement = self._wood(
            9.0, segment_id=self.sme.o2c_segment_id.id, grade="A", start=False
        )
        self.assertIn("grade A", agreement.made_for)
        self.assertEqual(self._wood(9.0, start=False).made_for, "Everyone")
