"""One limit for a holding, over customers and over companies."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import LimitCommon


@tagged("post_install", "-at_install")
class TestCreditGroup(LimitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._limit(cls.corporate, 1000)
        cls.group = cls.env["o2c.credit.group"].create(
            {
                "name": "Proef Holding",
                "member_ids": [Command.set((cls.sme | cls.corporate).ids)],
                "company_ids": [Command.set(cls.company.ids)],
                "limit_amount": 1500,
            }
        )

    def test_members_together_stay_within_the_group_limit(self):
        self._invoice(self.sme, 900, self.today)
        fits = self._quote(self.corporate, 600)._o2c_verdict()
        self.assertEqual(fits.verdict, "pass")
        over = self._quote(self.corporate, 601)._o2c_verdict()
        self.assertEqual((over.verdict, over.codes), ("hold", ("group_limit",)))
        self.assertEqual(float(over.to_pay), 1)
        card = self._quote(self.corporate, 700).o2c_verdict_card
        self.assertIn("holding", card)

    def test_two_members_in_one_batch_do_not_both_slip_through(self):
        orders = self._quote(self.sme, 900) | self._quote(self.corporate, 900)
        orders.action_confirm()
        self.assertEqual(sorted(orders.mapped("state")), ["draft", "sale"])

    def test_a_group_without_a_limit_holds_nothing(self):
        self.group.limit_set = False
        self._invoice(self.sme, 900, self.today)
        self.assertEqual(
            self._quote(self.corporate, 900)._o2c_verdict().verdict, "pass"
        )
        self.group.write({"limit_set": True, "active": False})
        self.assertEqual(
            self._quote(self.corporate, 900)._o2c_verdict().verdict, "pass"
        )

    def test_cover_of_a_member_counts_for_the_group(self):
        self._invoice(self.sme, 1500, self.today)
        self.env["o2c.credit.cover"].create(
            {"profile_id": self.profile.id, "kind": "deposit", "amount": 800}
        )
        self.assertEqual(float(self._facts(self.corporate).group.exposure), 700)
        self.assertEqual(self.group.headroom, 800)

    def test_the_group_counts_over_two_companies(self):
        other = self.env["res.company"].create(
            {"name": "Zuster B.V.", "currency_id": self.company.currency_id.id}
        )
        self.group.sudo().company_ids |= other
        journal = self.env["account.journal"].sudo()
        account = self.env["account.account"].sudo()
        receivable = account.create(
            {
                "name": "Debiteuren",
                "code": "130000",
                "account_type": "asset_receivable",
                "reconcile": True,
                "company_ids": [Command.set(other.ids)],
            }
        )
        income = account.create(
            {
                "name": "Omzet",
                "code": "800000",
                "account_type": "income",
                "company_ids": [Command.set(other.ids)],
            }
        )
        book = journal.create(
            {"name": "Memo", "code": "MEM", "type": "general", "company_id": other.id}
        )
        entry = (
            self.env["account.move"]
            .sudo()
            .with_company(other)
            .create(
                {
                    "journal_id": book.id,
                    "date": self.today,
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": receivable.id,
                                "partner_id": self.sme.id,
                                "debit": 1000,
                            }
                        ),
                        Command.create({"account_id": income.id, "credit": 1000}),
                    ],
                }
            )
        )
        entry.action_post()
        facts = self._facts(self.corporate)
        self.assertEqual(float(facts.group.exposure), 1000)
        self.assertEqual(float(facts.exposure.total), 0)
        over = self._quote(self.corporate, 501)._o2c_verdict()
        self.assertEqual(over.codes, ("group_limit",))
        self.assertNotIn("Zuster", self.group.with_user(self.manager).breakdown)
        self.manager.company_ids |= other
        self.group.invalidate_recordset()
        self.assertIn("Zuster", self.group.with_user(self.manager).breakdown)

    def test_a_group_costs_one_statement_more_per_company(self):
        self._facts(self.corporate)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.profiles._credit_facts(self.company, self.public_body.ids, self.today)
        self.group.read(["limit_amount", "member_ids", "company_ids", "name"])
        with self.assertQueryCount(2):
            self.profiles._credit_facts(self.company, self.corporate.ids, self.today)

    def test_the_lock_takes_the_group_row(self):
        before = self.group.lock_seq
        self.env["o2c.exposure.lock"].sudo()._take(self.company, self.sme.ids)
        self.group.invalidate_recordset()
        self.assertEqual(self.group.lock_seq, before + 1)
        self.env["o2c.exposure.lock"].sudo()._take(self.company, self.consumer.ids)
        self.group.invalidate_recordset()
        self.assertEqual(self.group.lock_seq, before + 1)

    def test_a_contact_stands_for_his_company_and_a_customer_has_one_group(self):
        self.group.member_ids = [Command.set(self.sme_contact.ids)]
        self.assertEqual(self.group.member_ids, self.sme)
        with self.assertRaises(ValidationError):
            self.env["o2c.credit.group"].create(
                {"name": "Dubbel", "member_ids": [Command.set(self.sme.ids)]}
            )

    def test_who_sees_and_changes_a_group(self):
        other = self.env["res.company"].create({"name": "Zuster B.V."})
        groups = self.env["o2c.credit.group"]
        self.assertIn(self.group, groups.with_user(self.controller).search([]))
        with self.assertRaises(AccessError):
            self.group.with_user(self.controller).limit_amount = 9
        self.group.with_user(self.manager).limit_amount = 1600
        stranger = self._user("stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        self.assertNotIn(self.group, groups.with_user(stranger).search([]))
        self.group.sudo().company_ids |= other
        self.assertIn(self.group, groups.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.group.with_user(stranger).limit_amount = 99999
        with self.assertRaises(AccessError):
            self.group.with_user(self.manager).limit_amount = 99999

    def test_a_member_who_joins_another_customer_brings_the_stricter_group(self):
        wide = self.env["o2c.credit.group"].create(
            {
                "name": "Ruim",
                "member_ids": [Command.set(self.public_body.ids)],
                "company_ids": [Command.set(self.company.ids)],
                "limit_amount": 90000,
            }
        )
        self.corporate.write({"is_company": False, "parent_id": self.public_body.id})
        self.assertEqual(self.group.member_ids, self.sme | self.public_body)
        self.assertFalse(wide.member_ids)
