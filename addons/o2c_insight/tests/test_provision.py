"""The provision for doubtful debts: worked out by hand, decided by two people."""

from datetime import date

from psycopg2 import IntegrityError

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .ledger_common import LedgerCommon

MAY = date(2026, 5, 31)


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestProvision(LedgerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._matrix((31, False, 10, 15), (91, False, 50, 25), (31, True, 40, 20))
        # on 31 May: 150 days late with VAT, 41 days late, not due yet
        cls.old = cls._due(cls.sme, 1000, "2026-01-01", vat=True)
        cls.young = cls._due(cls.corporate, 500, "2026-04-20")
        cls.fresh = cls._due(cls.corporate, 300, "2026-06-20", date="2026-05-21")
        cls.classPatch(
            type(cls.env["ir.cron"]), "_commit_progress", lambda *_a, **_k: 1
        )

    def _propose(self, day=MAY, user=None, **values):
        return self.provisions.with_user(user or self.maker).create(
            {"company_id": self.company.id, "day": day, **values}
        )

    def _lines(self, proposal):
        """{(invoice, disputed): (at risk, percentage, provision)}"""
        return {
            (line.move_id, line.disputed): (line.base, line.percent, line.amount)
            for line in proposal.line_ids
        }

    def _held(self, day=MAY):
        """Balance of the provision account."""
        lines = self.env["account.move.line"].search(
            [
                ("account_id", "=", self.held.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", day),
            ]
        )
        return -sum(lines.mapped("balance"))

    def test_age_and_vat_by_hand(self):
        proposal = self._propose()
        # 1,210 of which 210 VAT comes back: 50 % of 1,000; 10 % of 500 without VAT
        self.assertEqual(
            self._lines(proposal),
            {
                (self.old, False): (1000, 50, 500),
                (self.young, False): (500, 10, 50),
            },
        )
        self.assertEqual(
            (proposal.receivables, proposal.target, proposal.on_account),
            (2010, 550, 0),
        )
        line = proposal.line_ids.filtered(lambda one: one.move_id == self.old)
        self.assertEqual((line.vat, str(line.vat_back_on)), (210, "2027-01-01"))
        self.company.o2c_provision_net = False
        proposal.action_calculate()
        self.assertEqual(self._lines(proposal)[self.old, False], (1210, 50, 605))

    def test_grade_dispute_and_insolvency(self):
        self._grade(self.sme, "E")
        self.env["o2c.dispute"].create(
            {
                "move_id": self.old.id,
                "scope": "amount",
                "amount": 242,
                "raised_on": "2026-05-20",
            }
        )
        self._grade(self.corporate, "B", insolvent=True)
        # 968 undisputed: 800 net at 75 %; 242 disputed: 200 net at 60 %
        self.assertEqual(
            self._lines(self._propose()),
            {
                (self.old, False): (800, 75, 600),
                (self.old, True): (200, 60, 120),
                (self.young, False): (500, 100, 500),
                (self.fresh, False): (300, 100, 300),
            },
        )

    def test_the_grade_is_that_of_the_day(self):
        profile = self._grade(self.sme, "A")
        history = self.env["o2c.score.history"].sudo()
        for day, grade in (("2026-05-01", "E"), ("2026-06-02", "A")):
            history.create(
                {"profile_id": profile.id, "date": day, "grade": grade, "score": 10}
            )
        self.assertEqual(self._lines(self._propose())[self.old, False][1], 75)

    def test_open_credit_covers_the_oldest(self):
        credit = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": self.sme.id,
                "invoice_date": "2026-05-05",
                "invoice_line_ids": [
                    Command.create(
                        {"name": "-", "price_unit": 605, "tax_ids": [Command.clear()]}
                    )
                ],
            }
        )
        credit.action_post()
        proposal = self._propose()
        # 1,210 less 605 of credit: 605, of which 500 net
        self.assertEqual(self._lines(proposal)[self.old, False], (500, 50, 250))
        self.assertEqual(proposal.receivables, 2010 - 605)

    def test_what_came_in_afterwards_does_not_count(self):
        self._pay(self.old, date="2026-06-02")
        self.assertEqual(self._propose().target, 550)

    def test_somebody_else_approves_and_one_entry_is_booked(self):
        proposal = self._propose()
        with self.assertRaisesRegex(AccessError, "accounting manager"):
            proposal.action_approve()
        proposal.with_user(self.head).action_approve()
        entry = proposal.sudo().entry_id
        self.assertEqual((entry.state, entry.date), ("posted", MAY))
        self.assertEqual(
            {line.account_id: line.balance for line in entry.line_ids},
            {self.cost: 550, self.held: -550},
        )
        self.assertEqual(proposal.decided_by_id, self.head)
        with self.assertRaisesRegex(UserError, "already"):
            proposal.with_user(self.head).action_approve()

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

    def test_one_per_company_and_month_end(self):
        self._propose()
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self._propose()
        with (
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
            mute_logger("odoo.sql_db"),
        ):
            self._propose(date(2026, 4, 29))

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
        self.company.sudo().fiscalyear_lock_date = MAY
        with self.assertRaisesRegex(UserError, "05/31/2026 is in a closed period"):
            proposal.with_user(self.head).action_approve()
        self.assertEqual((proposal.state, self._held()), ("proposed", 0))
        self.company.sudo().fiscalyear_lock_date = False
        proposal.with_user(self.head).action_approve()
        self.company.sudo().fiscalyear_lock_date = MAY
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

    def test_a_percentage_by_hand_has_a_reason_and_stays(self):
        proposal = self._propose()
        line = proposal.line_ids.filtered(lambda one: one.move_id == self.old)
        with self.assertRaisesRegex(UserError, "Why Different"):
            line.percent = 100
        line.write({"percent": 100, "why": "Owner has left the country"})
        self.assertEqual((line.amount, proposal.target), (1000, 1050))
        proposal.action_calculate()
        line = proposal.line_ids.filtered("changed_by_id")
        self.assertEqual(
            (line.move_id, line.percent, line.changed_by_id),
            (self.old, 100, self.maker),
        )
        with self.assertRaises(AccessError):
            line.amount = 1
        proposal.with_user(self.head).action_approve()
        with self.assertRaisesRegex(UserError, "decided"):
            line.percent = 10

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
        group = self.env.ref("account.group_account_manager")
        people = self.env["res.users"].with_user(SUPERUSER_ID)
        people.search(
            [("all_group_ids", "in", group.ids), ("id", "!=", self.head.id)]
        ).filtered(lambda user: user.id != SUPERUSER_ID).active = False
        own.with_user(self.head).action_approve()
        self.assertTrue(own.alone)

    def _elsewhere(self):
        return self.setup_other_company()["company"]

    def test_watching_books_nothing_and_off_proposes_nothing(self):
        self._switch("watch", "dunning")
        proposal = self._propose()
        with self.assertRaisesRegex(UserError, "only watches"):
            proposal.with_user(self.head).action_approve()
        proposal.with_user(self.head).action_refuse()
        self._switch("off", "dunning")
        with (
            self.assertRaisesRegex(UserError, "Switch collecting to watch"),
            self.env.cr.savepoint(),
        ):
            self._propose()
        self.provisions._cron_propose()
        self.assertFalse(self.provisions.search([("state", "=", "proposed")]))

    def test_what_is_missing_is_named(self):
        proposal = self._propose()
        self.company.o2c_provision_journal_id = False
        with self.assertRaisesRegex(UserError, "Choose the journal"):
            proposal.with_user(self.head).action_approve()
        with self.assertRaisesRegex(UserError, "not past yet"):
            self._propose(date(2026, 6, 30))
        self._matrix()
        with self.assertRaisesRegex(UserError, "no percentages"):
            self._propose(date(2026, 4, 30))

    def test_the_night_proposes_once(self):
        model = self.env["o2c.provision"].sudo()
        model._cron_propose()
        proposal = model.search([("company_id", "=", self.company.id)])
        self.assertEqual((proposal.day, proposal.target), (MAY, 550))
        model._cron_propose()
        proposal.with_user(self.head).action_refuse()
        model._cron_propose()
        self.assertEqual(model.search([("company_id", "=", self.company.id)]), proposal)
        run = self.env["o2c.run"].sudo().search([("kind", "=", "provision")])
        self.assertEqual((run.state, run.done_count), ("done", 1))

    def test_who_may_make_and_see_it(self):
        for user in (
            self.reader,
            self._user("seller", "sales_team.group_sale_manager"),
        ):
            with self.assertRaises(AccessError):
                self._propose(user=user)
        proposal = self._propose()
        self.assertTrue(proposal.with_user(self.reader).target)
        with self.assertRaises(AccessError):
            proposal.with_user(self.head).state = "booked"
        with self.assertRaises(UserError):
            proposal.sudo().unlink()
        stranger = self._user("stranger", "account.group_account_manager")
        other = self._elsewhere()
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        with self.assertRaises(AccessError):
            proposal.with_user(stranger).with_company(other).action_approve()

    def test_the_example_matrix_is_whole(self):
        bands = self.env["o2c.provision.band"].with_user(self.head)
        bands.action_example()
        self.assertEqual(len(bands.search([])), 3, "an own matrix stays")
        self._matrix()
        bands.action_example()
        for row in bands.search([("company_id", "=", self.company.id)]):
            grades = [row[f"percent_{grade}"] for grade in "abcde"]
            self.assertEqual(grades, sorted(grades), row.days_from)

    def test_statements_do_not_grow_with_the_items(self):
        def taken():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            proposal.sudo()._calculate()
            return self.env.cr.sql_log_count - before

        proposal = self._propose()
        taken()
        few = taken()
        for _number in range(12):
            self._due(self.sme, 100, "2026-02-01")
        self.assertLessEqual(taken(), few)
        self.assertEqual(len(proposal.line_ids), 14)
