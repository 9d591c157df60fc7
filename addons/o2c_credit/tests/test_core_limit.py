"""Core's credit limit, customers who move, and customers who merge."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import CreditCommon


@tagged("post_install", "-at_install")
class TestCoreLimit(CreditCommon):
    def _approve(self, profile, amount):
        """A controller proposes, a manager approves."""
        changes = self.env["o2c.limit.change"]
        change = changes.with_user(self.controller)._propose(
            [
                {
                    "profile_id": profile.id,
                    "limit_kind": "amount",
                    "limit_amount": amount,
                    "reason": "Pays well.",
                }
            ]
        )
        change.with_user(self.manager).action_approve()

    def _core(self, partner):
        return partner.with_company(self.company).credit_limit

    def test_existing_limits_are_adopted_when_the_part_is_switched_on(self):
        self._switch("off", "credit")
        self.corporate.credit_limit = 7500
        self.public_body.credit_limit = 0.01
        self._switch("watch", "credit")
        profile = self.corporate._o2c_profile(self.company)
        self.assertEqual((profile.limit_kind, profile.limit_amount), ("amount", 7500))
        self.assertTrue(profile.limit_adopted)
        self.assertEqual(self.public_body._o2c_profile(self.company).limit_kind, "cash")
        self.corporate.credit_limit = 8000  # still core's own while we watch
        self._switch("live", "credit")
        self.assertEqual(profile.limit_amount, 8000)
        self.assertEqual(self._core(self.corporate), 8000)

    def test_a_limit_set_while_watching_wins_and_is_written_to_core_when_live(self):
        self._switch("off", "credit")
        self.corporate.credit_limit = 7500
        self._switch("watch", "credit")
        profile = self.corporate._o2c_profile(self.company)
        self._approve(profile, 6000)
        self.assertEqual(self._core(self.corporate), 7500, "watching touches nothing")
        self._switch("live", "credit")
        self.assertEqual(self._core(self.corporate), 6000)

    def test_core_follows_the_profile_and_contacts_follow_the_customer(self):
        self.assertEqual(self._core(self.sme), 1000)
        self.assertEqual(self._core(self.sme_contact), 1000)
        self._limit(self.sme, "cash")
        self.assertEqual(self._core(self.sme), 0.01)
        self._limit(self.sme, None)
        self.assertEqual(self._core(self.sme), 0)

    def test_core_cannot_be_written_around_the_profile(self):
        with self.assertRaises(ValidationError):
            self.sme.credit_limit = 5000
        with self.assertRaises(ValidationError):
            self.sme_contact.sudo().credit_limit = 5000
        with self.assertRaises(ValidationError):
            self.sme.use_partner_credit_limit = False
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create({"name": "New", "credit_limit": 5000})
        self.sme.credit_limit = 1000  # the same value is no change
        self.env["res.partner"].create({"name": "Child", "parent_id": self.sme.id})

    def test_another_company_keeps_its_own_limits(self):
        other = self.env["res.company"].create({"name": "Andere Test B.V."})
        self.sme.with_company(other).credit_limit = 42
        self.assertEqual(self.sme.with_company(other).credit_limit, 42)
        self.assertEqual(self._core(self.sme), 1000)

    def test_a_default_limit_for_everybody_must_be_gone_first(self):
        self._switch("off", "credit")
        self.env["ir.default"].set(
            "res.partner", "credit_limit", 500, company_id=self.company.id
        )
        self._switch("watch", "credit")
        with self.assertRaises(ValidationError):
            self._switch("live", "credit")

    def test_nobody_writes_a_limit_by_hand(self):
        profile = self.sme._o2c_profile(self.company)
        for user in (self.seller, self.controller, self.manager):
            for name in ("limit_amount", "effective_limit", "cover_amount"):
                with self.assertRaises(AccessError, msg=f"{user.login} {name}"):
                    profile.with_user(user).write({name: 9000})
        with self.assertRaises(AccessError):
            self.profiles.with_user(self.manager).create(
                {"partner_id": self.corporate.id, "limit_kind": "cash"}
            )
        profile.with_user(self.controller).note = "Called on Monday."
        self._approve(profile, 9000)
        self.assertEqual(self._core(self.sme), 9000)

    def test_one_profile_per_customer_and_company_at_the_commercial_entity(self):
        made = self.profiles.create(
            {
                "partner_id": self.env["res.partner"]
                .create({"name": "Contact", "parent_id": self.corporate.id})
                .id
            }
        )
        self.assertEqual(made.partner_id, self.corporate)
        self.assertEqual(
            self.sme_contact._o2c_profile(self.company).partner_id, self.sme
        )
        branch = self.env["res.company"].create(
            {"name": "Filiaal", "parent_id": self.company.id}
        )
        self.assertEqual(
            self.sme._o2c_profile(branch), self.sme._o2c_profile(self.company)
        )

    def test_a_customer_who_joins_another_brings_the_stricter_limit(self):
        self._limit(self.corporate, 400)
        self.corporate.write({"is_company": False, "parent_id": self.sme.id})
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual(profile.limit_amount, 400)
        self.assertEqual(self._core(self.sme), 400)
        self.assertEqual(
            self.profiles.search_count([("partner_id", "=", self.corporate.id)]), 0
        )

    def test_merging_keeps_the_stricter_limit_the_worse_grade_and_the_holds(self):
        self._limit(self.corporate, 300)
        order = self._quote(self.corporate, 900)
        order.action_confirm()
        self.profiles._rescore(self.company, self.today)
        self._grade(self.corporate, "D")
        self._grade(self.sme, "B")
        self.env["o2c.exposure.lock"].sudo()._take(self.company, self.sme.ids)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge(
            (self.sme | self.corporate).ids, self.sme, extra_checks=False
        )
        profile = self.sme._o2c_profile(self.company)
        self.assertEqual((profile.limit_amount, profile.grade), (300, "D"))
        self.assertEqual(order.o2c_hold_id.partner_id, self.sme)
        self.assertEqual(order.o2c_hold_id.profile_id, profile)
        self.assertEqual(self._core(self.sme), 300)
        self.assertEqual(
            self.env["o2c.customer.snapshot"].search_count(
                [("partner_id", "=", self.sme.id)]
            ),
            1,
        )

    def _grade(self, partner, grade):
        partner._o2c_profile(self.company).write({"grade": grade})

    def test_merging_into_a_customer_without_a_profile(self):
        self._limit(self.corporate, 300)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard.sudo()._merge(
            (self.public_body | self.corporate).ids, self.public_body, False
        )
        profile = self.public_body._o2c_profile(self.company)
        self.assertEqual(profile.limit_amount, 300)
        self.assertEqual(self._core(self.public_body), 300)
