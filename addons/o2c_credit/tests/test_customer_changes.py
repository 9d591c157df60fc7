"""A customer is archived, moves to another parent, or is merged: nothing slips away."""

from datetime import timedelta

from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestCustomerChanges(CreditCommon):
    def _agree(self, partner, **values):
        agreement = self.env["o2c.payment.agreement"].create(
            {
                "partner_id": partner.id,
                "payment_term_id": self.term_14.id,
                "date_from": self.today - timedelta(days=9),
                **values,
            }
        )
        agreement.with_user(self.manager).action_confirm()
        return agreement

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.term_14 = cls.env["account.payment.term"].create({"name": "Agreed"})
        cls.agreements = cls.env["o2c.payment.agreement"]

    def _merge(self, source, target):
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge((source | target).ids, target, extra_checks=False)

    def _in_force(self, partner, days=0):
        found = self.agreements._in_force(
            self.company, partner.ids, self.today + timedelta(days=days)
        )
        return found.get(partner.id, self.agreements)

    # --------------------------------------------------------------- archived

    def test_an_archived_customer_still_owes_is_watched_and_held(self):
        self._invoice(self.sme, 1500, self.today - timedelta(days=90))
        order = self._quote(self.sme, 10)
        self.sme.active = False
        self.profiles._rescore(self.company, self.today)
        self.profiles._watch(self.company, self.today)
        alerts = self.env["o2c.credit.alert"].search([("partner_id", "=", self.sme.id)])
        self.assertIn("over_limit", alerts.mapped("kind"))
        order.action_confirm()
        self.assertTrue(order.o2c_hold_id)

    def test_an_archived_customer_is_not_proposed_a_limit_nor_sold_to(self):
        self._limit(self.sme, None)
        self._invoice(self.sme, 12000, self.today)
        self.profiles._rescore(self.company, self.today)
        self.sme.active = False
        self.env["o2c.credit.policy"]._propose_limits(self.company, self.today)
        self.assertFalse(
            self.env["o2c.limit.change"].search([("partner_id", "=", self.sme.id)])
        )
        rows = self.env["o2c.sales.list"].search([("partner_id", "=", self.sme.id)])
        self.assertFalse(rows)

    # --------------------------------------------------------- moves and merges

    def test_who_joins_another_brings_his_agreement(self):
        agreement = self._agree(self.corporate)
        self.corporate.write({"is_company": False, "parent_id": self.sme.id})
        self.assertEqual(agreement.partner_id, self.sme)
        self.assertEqual(self._in_force(self.sme), agreement)
        self.assertEqual(self._quote(self.corporate, 1).payment_term_id, self.term_14)

    def test_merging_keeps_one_agreement_in_force_and_both_on_record(self):
        kept, ended = self._agree(self.sme), self._agree(self.corporate)
        self._merge(self.corporate, self.sme)
        self.assertEqual((kept.state, ended.state), ("confirmed", "ended"))
        self.assertEqual(ended.partner_id, self.sme)
        self.assertEqual(self._in_force(self.sme, 1), kept)

    def test_merging_into_a_customer_without_one_keeps_it(self):
        agreement = self._agree(self.corporate)
        later = self._agree(self.sme, date_from=self.today + timedelta(days=30))
        agreement.with_user(self.manager).date_until = self.today + timedelta(days=29)
        self._merge(self.corporate, self.sme)
        self.assertEqual((agreement.state, later.state), ("confirmed", "confirmed"))
        self.assertEqual(self._in_force(self.sme), agreement)
        self.assertEqual(self._in_force(self.sme, 30), later)

    def test_a_contact_who_leaves_for_another_company_changes_who_owes(self):
        """An order of a contact is judged for whom he works now."""
        self._limit(self.corporate, 100)
        order = self._quote(self.sme_contact, 500)
        self.sme_contact.parent_id = self.corporate
        order.invalidate_recordset()
        order.action_confirm()
        self.assertEqual(order.o2c_hold_id.partner_id, self.corporate)

    def test_who_becomes_a_customer_of_his_own_starts_without_a_limit(self):
        self.sme_contact.write({"parent_id": False, "is_company": True})
        self.assertFalse(self.sme_contact._o2c_profile(self.company))
        self.assertEqual(self.sme_contact.with_company(self.company).credit_limit, 0)
