"""The provision for doubtful debts: worked out by hand, decided by two people."""

from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .ledger_common import LAST, ProvisionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-03 09:00:00")
class TestProvision(ProvisionCommon):
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

    def test_instalments_of_one_invoice_are_told_apart(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 50, "nb_days": days}
                    )
                    for days in (0, 30)
                ],
            }
        )
        invoice = self._invoice(
            self.sme, 800, "2026-02-01", invoice_payment_term_id=term.id
        )
        lines = self._propose().line_ids
        of_it = lines.filtered(lambda one: one.move_id == invoice).sorted("due")
        self.assertEqual(
            of_it.mapped("document"),
            [f"{invoice.name}, instalment {n} of 2" for n in (1, 2)],
        )
        whole = lines.filtered(lambda one: one.move_id == self.old)
        self.assertEqual(whole.document, self.old.name)

    def test_an_entry_of_many_customers_has_no_instalments(self):
        receivable = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2026-01-01",
                "line_ids": [
                    *(
                        Command.create(
                            {
                                "account_id": receivable.id,
                                "partner_id": partner.id,
                                "debit": 8,
                            }
                        )
                        for partner in (self.sme, self.corporate)
                    ),
                    Command.create({"account_id": self.cost.id, "credit": 16}),
                ],
            }
        )
        entry.action_post()
        lines = self._propose().line_ids.filtered(lambda one: one.move_id == entry)
        self.assertEqual(lines.mapped("document"), [entry.name] * 2)

    def test_what_a_person_chose_outlives_a_reversal(self):
        proposal = self._propose()
        for line, percent in zip(proposal.line_ids, (80, 90), strict=True):
            line.write({"percent": percent, "why": f"Letter of {line.move_id.name}"})
        chosen = {line.move_id: line.percent for line in proposal.line_ids}
        proposal.with_user(self.head).action_approve()
        proposal.with_user(self.head).action_reverse()
        # one of the two items is gone
        self._pay(self.young, date="2026-05-30")
        again = self._propose(user=self.head)
        [line] = again.line_ids
        self.assertEqual(
            (line.percent, line.why, line.carried, line.changed_by_id),
            (chosen[self.old], f"Letter of {self.old.name}", True, self.maker),
        )
        self.assertEqual(again.target, line.amount)
        told = str(again.message_ids[:1].body)
        self.assertIn("carried over with their reasons: 1.", told)
        self.assertIn(f"no longer open: {self.young.name}.", told)
        again.with_user(self.maker).action_calculate()
        self.assertTrue(again.line_ids.carried, "calculating again keeps it")
        again.line_ids.with_user(self.maker).write({"percent": 70})
        self.assertFalse(again.line_ids.carried, "now it is a choice of its own")

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
        with self.assertRaisesRegex(
            UserError, "Clean Ledger: Journal of the Provision"
        ):
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
        self.assertEqual((proposal.day, proposal.target), (LAST, 550))
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
