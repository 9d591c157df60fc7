"""Who may see and decide about money, in which company."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .common import IBAN, CashCommon


@tagged("post_install", "-at_install")
class TestAccess(CashCommon):
    def setUp(self):
        super().setUp()
        self.invoice = self._invoice(self.sme, 100, "2026-02-01")
        self.line = self._bank(100, self.invoice.name, account_number=IBAN)
        self.match = self._propose(self.line)
        self.billing = self._user("cash_billing", "o2c_base.group_billing_user")
        self.collector = self._user("cash_collector", "o2c_base.group_collector")

    def test_a_collector_reads_and_decides_nothing(self):
        match = self.match.with_user(self.collector)
        self.assertEqual(match.amount, 100)
        for name in ("action_accept", "desk_dismiss", "get_desk_match", "desk_again"):
            with self.assertRaises(AccessError), self.cr.savepoint():
                getattr(match, name)()
        with self.assertRaises(AccessError):
            match.get_desk()

    def test_others_see_nothing(self):
        portal = new_test_user(
            self.env,
            login="cash_portal",
            groups="base.group_portal",
            partner_id=self.sme_contact.id,
        )
        for user in (self.billing, portal):
            for record in (self.match, self.match.item_ids):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["amount"])

    def test_a_clerk_decides_by_the_buttons_only(self):
        match = self.match.with_user(self.clerk)
        for values in ({"state": "booked"}, {"write_off": 100}, {"debtor_id": 1}):
            with self.assertRaises(UserError), self.cr.savepoint():
                match.write(values)
        with self.assertRaises(AccessError):
            match.item_ids.write({"amount": 1})
        with self.assertRaises(AccessError):
            match.create({"statement_line_id": self.line.id})
        with self.assertRaises(AccessError):
            match.unlink()
        match.action_accept()
        self.assertEqual(self.match.state, "booked")

    def test_what_was_booked_is_kept(self):
        self.match.with_user(self.clerk).action_accept()
        with self.assertRaises(UserError):
            self.match.unlink()

    def test_switched_off_nobody_books(self):
        self._switch("off", "cash")
        with self.assertRaisesRegex(UserError, "off in this company"):
            self.match.with_user(self.clerk).action_accept()

    def test_another_company_sees_and_books_nothing(self):
        other = self.setup_other_company(name="Derde Test B.V.")["company"]
        stranger = new_test_user(
            self.env,
            login="cash_stranger",
            groups="base.group_user,o2c_cash.group_cash_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for record in (self.match, self.match.item_ids):
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["amount"])
        with self.assertRaises(AccessError):
            self.match.with_user(stranger).action_accept()
        self.assertFalse(self.env["o2c.cash.share"].with_user(stranger).search([]))
        self.assertFalse(self.matches.with_user(stranger).get_desk()["rows"])

    def test_learned_accounts_are_a_clerks(self):
        self.match.with_user(self.clerk).action_accept()
        known = (
            self.env["o2c.counter.account"]
            .sudo()
            .search([("partner_id", "=", self.sme.id)])
        )
        with self.assertRaises(AccessError):
            known.with_user(self.collector).action_forget()
        known.with_user(self.clerk).action_forget()
        self.assertFalse(known.active)

    def test_the_matched_share(self):
        self.match.with_user(self.clerk).action_accept()
        self._bank(50, "onbekend")
        self.env.flush_all()
        rows = (
            self.env["o2c.cash.share"]
            .with_user(self.clerk)
            ._read_group(
                [("journal_id", "=", self.journal.id)],
                ["date:week"],
                ["matched:avg", "lines:sum"],
            )
        )
        self.assertEqual([row[1:] for row in rows], [(50.0, 2)])
