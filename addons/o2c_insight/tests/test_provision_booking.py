"""A provision is decided by a second person, booked once, and undone in order."""

from datetime import date

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .ledger_common import LAST, ProvisionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestProvisionBooking(ProvisionCommon):
    def test_somebody_else_approves_and_one_entry_is_booked(self):
        proposal = self._propose()
        with self.assertRaisesRegex(AccessError, "accounting manager"):
            proposal.action_approve()
        proposal.with_user(self.head).action_approve()
        entry = proposal.sudo().entry_id
        self.assertEqual((entry.state, entry.date), ("posted", LAST))
        self.assertEqual(
            {line.account_id: line.balance for line in entry.line_ids},
            {self.cost: 550, self.held: -550},
        )
        self.assertEqual(proposal.decided_by_id, self.head)
        with self.assertRaisesRegex(UserError, "already"):
            proposal.with_user(self.head).action_approve()

    def test_the_form_says_who_decides(self):
        proposal = self._propose()
        self.assertIn("An accounting manager: ", proposal.decides)
        self.assertIn(self.head.name, proposal.decides)
        self.assertNotIn(self.maker.name, proposal.decides)
        own = proposal.with_user(self.head)
        line = own.line_ids[:1]
        line.write({"percent": 90, "why": "Phone is cut off"})
        self.assertNotIn(self.head.name, proposal.decides)
        self._only_accounting_manager(self.head)
        proposal.invalidate_recordset(["decides"])
        self.assertIn("nobody else is accounting manager", proposal.decides)
        own.action_approve()
        self.assertFalse(proposal.decides)

    def test_the_form_says_before_booking_what_is_missing(self):
        proposal = self._propose()
        self.assertFalse(proposal.obstacles)
        self.company.sudo().write(
            {"o2c_provision_account_id": False, "o2c_dunning_mode": "watch"}
        )
        self.company.sudo().fiscalyear_lock_date = LAST
        proposal.invalidate_recordset(["obstacles"])
        first, second, third = proposal.obstacles.split("\n")
        self.assertIn("choose Provision for Doubtful Debts.", first)
        self.assertIn("only watches", second)
        self.assertIn("05/31/2026 is in a closed period", third)
        self.company.sudo().o2c_dunning_mode = "live"
        with self.assertRaisesRegex(UserError, "Ledger: Provision for Doubtful Debts"):
            proposal.with_user(self.head).action_approve()

    def test_nothing_is_provided_from_one_account_to_itself(self):
        company = self.company.sudo()
        savepoint = self.env.cr.savepoint
        with self.assertRaisesRegex(ValidationError, "no expense"), savepoint():
            company.o2c_provision_cost_account_id = self.held
        with self.assertRaisesRegex(ValidationError, "balance sheet"), savepoint():
            company.o2c_provision_account_id = self.cost

    def test_the_reversal_says_what_it_reverses_in_the_companys_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.company.partner_id.sudo().lang = "nl_NL"
        proposal = self._propose()
        proposal.with_user(self.head).action_approve()
        entry = proposal.sudo().entry_id
        self.assertIn("31-05-2026", entry.ref)
        proposal.with_user(self.head).action_reverse()
        self.assertIn(entry.name, entry.reversal_move_ids.ref)
        self.assertNotEqual(entry.reversal_move_ids.ref, entry.ref)

    def test_the_next_month_books_the_difference(self):
        self._propose().with_user(self.head).action_approve()
        self._pay(self.old, date="2026-06-20")
        with freeze_time("2026-07-02"):
            july = self._propose(date(2026, 6, 30))
            # 500 is 71 days late: 10 %; 300 is 10 days late: nothing
            self.assertEqual((july.target, july.on_account), (50, 550))
            july.with_user(self.head).action_approve()
        self.assertEqual(july.difference, -500)
        self.assertEqual(self._held(date(2026, 6, 30)), 50)

    def test_nothing_to_book_makes_no_entry(self):
        self._propose().with_user(self.head).action_approve()
        with freeze_time("2026-07-02"):
            june = self._propose(date(2026, 6, 30))
            june.with_user(self.head).action_approve()
        self.assertEqual((june.state, june.difference), ("booked", 0))
        self.assertFalse(june.entry_id)

    def test_reversing_opens_the_month_again(self):
        proposal = self._propose()
        proposal.with_user(self.head).action_approve()
        self.assertEqual(self._held(), 550)
        with self.assertRaises(AccessError):
            proposal.action_reverse()
        proposal.with_user(self.head).action_reverse()
        self.assertEqual((proposal.state, self._held()), ("reversed", 0))
        again = self._propose()
        self.assertEqual((again.on_account, again.difference), (0, 550))
        again.with_user(self.head).action_approve()
        self.assertEqual(self._held(), 550)

    def test_months_are_reversed_and_booked_in_order(self):
        may = self._propose()
        may.with_user(self.head).action_approve()
        with freeze_time("2026-07-02"):
            self._propose(date(2026, 6, 30)).with_user(self.head).action_approve()
            with self.assertRaisesRegex(UserError, "06/30/2026 is booked"):
                may.with_user(self.head).action_reverse()
            april = self._propose(date(2026, 4, 30))
            with self.assertRaisesRegex(UserError, "Reverse it first"):
                april.with_user(self.head).action_approve()

    def test_a_closed_period_is_said_before_anything_is_booked(self):
        proposal = self._propose()
        self.company.sudo().fiscalyear_lock_date = LAST
        with self.assertRaisesRegex(UserError, "05/31/2026 is in a closed period"):
            proposal.with_user(self.head).action_approve()
        self.assertEqual((proposal.state, self._held()), ("proposed", 0))
        self.company.sudo().fiscalyear_lock_date = False
        proposal.with_user(self.head).action_approve()
        self.company.sudo().fiscalyear_lock_date = LAST
        with self.assertRaisesRegex(UserError, "closed period"):
            proposal.with_user(self.head).action_reverse()

    def test_who_decides_sees_what_is_booked(self):
        proposal = self._propose()
        late = self._due(self.sme, 700, "2026-02-01")
        with self.assertRaisesRegex(UserError, "changed since the calculation"):
            proposal.with_user(self.head).action_approve()
        proposal.action_calculate()
        self.assertEqual(self._lines(proposal)[late, False], (700, 50, 350))
        proposal.with_user(self.head).action_approve()
        self.assertEqual(self._held(), 900)

    def test_four_eyes_unless_there_is_one_pair(self):
        own = self._propose(user=self.head)
        other = self._user("head2", "account.group_account_manager")
        with self.assertRaisesRegex(AccessError, "another accounting manager"):
            own.with_user(self.head).action_approve()
        # whoever changed a line made it too
        line = own.with_user(other).line_ids[:1]
        line.write({"percent": 90, "why": "Phone is cut off"})
        with self.assertRaisesRegex(AccessError, "another accounting manager"):
            own.with_user(other).action_approve()
        self._only_accounting_manager(self.head)
        own.with_user(self.head).action_approve()
        self.assertTrue(own.alone)

    def _only_accounting_manager(self, user):
        """Nobody else may decide any more."""
        group = self.env.ref("account.group_account_manager")
        people = self.env["res.users"].with_user(SUPERUSER_ID)
        people.search(
            [("all_group_ids", "in", group.ids), ("id", "!=", user.id)]
        ).filtered(lambda one: one.id != SUPERUSER_ID).active = False
