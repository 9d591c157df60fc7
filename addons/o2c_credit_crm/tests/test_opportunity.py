"""The badge on opportunities."""

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.o2c_credit.tests.common import CreditCommon


@tagged("post_install", "-at_install")
class TestOpportunity(CreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        profile = cls.profiles._ensure(cls.company, cls.sme)
        profile.grade = "B"
        cls.lead = cls._lead(cls.sme, 800)

    @classmethod
    def _lead(cls, partner, revenue):
        return cls.env["crm.lead"].create(
            {
                "name": "Kans",
                "type": "opportunity",
                "partner_id": partner.id,
                "user_id": cls.seller.id,
                "company_id": cls.company.id,
                "expected_revenue": revenue,
            }
        )

    def test_a_seller_reads_in_one_glance_whether_to_sell(self):
        lead = self.lead.with_user(self.seller)
        self.assertEqual(lead.o2c_grade, "B")
        self.assertIn("1,000", lead.o2c_credit_line)
        self.assertFalse(lead.o2c_credit_hint)
        lead.expected_revenue = 1000
        self.assertFalse(lead.o2c_credit_hint)
        lead.expected_revenue = 1500
        self.assertIn("500", lead.o2c_credit_hint)

    def test_a_contact_shows_what_his_company_can_order(self):
        lead = self._lead(self.sme_contact, 10)
        self.assertIn("1,000", lead.o2c_credit_line)

    def test_the_badge_is_of_the_company_of_the_opportunity(self):
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        self.env.user.company_ids += other
        lead = self.lead.with_company(other)
        lead.invalidate_recordset()
        self.assertIn("1,000", lead.o2c_credit_line)

    def test_nothing_shows_while_credit_is_off_or_nobody_is_known(self):
        self.assertFalse(self._lead(self.env["res.partner"], 10).o2c_credit_line)
        self._switch("off", "credit")
        self.lead.invalidate_recordset()
        self.assertFalse(self.lead.o2c_credit_line)

    def test_a_customer_reads_none_of_it(self):
        portal = new_test_user(self.env, "o2c_portal_crm", "base.group_portal")
        with self.assertRaises(AccessError):
            self.lead.with_user(portal).read(["o2c_credit_line"])

    def test_a_page_of_opportunities_costs_the_same_queries(self):
        leads = self.lead
        for number in range(15):
            leads += self._lead(self._customer(f"Kans {number} B.V.", "sme"), 10)

        def cost(records):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.with_user(self.seller).mapped("o2c_credit_line")
            return self.env.cr.sql_log_count - before

        cost(leads)
        one = cost(self.lead)
        self.assertLessEqual(cost(leads), one + 2)
