"""The run: watch proposes, live books certain ones after a first batch."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CashCommon


@tagged("post_install", "-at_install")
class TestRun(CashCommon):
    def setUp(self):
        super().setUp()
        self.today = self._day("2026-03-06")
        self.invoices = [
            self._invoice(self.sme, 100 + number, f"2026-02-0{number + 1}")
            for number in range(3)
        ]
        self.lines = [
            self._bank(invoice.amount_total, invoice.name) for invoice in self.invoices
        ]
        self.likely = self._bank(55, self.invoices[0].name, "2026-03-06")

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            company = env["res.company"].browse(self.company.id)
            run_id = env["o2c.cash.match"]._run(company, self.today).id
        self.env.invalidate_all()
        return self.env["o2c.run"].sudo().browse(run_id)

    def _states(self):
        self.matches.invalidate_model()
        return [self._match(line).state for line in self.lines]

    def _go_live(self):
        first = self._propose(self.lines[0])
        first.with_user(self.clerk).action_accept()
        approval = (
            self.env["o2c.cash.approval"].with_user(self.manager).create({"seen": True})
        )
        approval.action_approve()
        self._switch("live", "cash")
        return approval

    def test_watch_writes_its_own_tables_only(self):
        before = self._picture(*(line.move_id for line in self.lines))
        run = self._run()
        self.assertEqual((run.kind, run.state, run.done_count), ("cash", "done", 4))
        self.assertEqual(self._states(), ["proposed"] * 3)
        self.assertEqual(self._picture(*(line.move_id for line in self.lines)), before)

    def test_an_hour_in_which_nothing_came_leaves_no_run(self):
        self._run()
        runs = self.env["o2c.run"].sudo()
        before = runs.search_count([("kind", "=", "cash")])
        self.assertFalse(self._run())
        self.assertEqual(runs.search_count([("kind", "=", "cash")]), before)

    def test_live_waits_for_the_first_batch(self):
        self._switch("live", "cash")
        self._run()
        self.assertEqual(self._states(), ["proposed"] * 3)
        with self.assertRaises(UserError):
            self.company.with_user(self.env.ref("base.user_admin")).write(
                {"o2c_cash_automatic": True}
            )

    def test_only_a_manager_approves_and_only_what_was_looked_at(self):
        approvals = self.env["o2c.cash.approval"]
        with self.assertRaises(AccessError):
            approvals.with_user(self.clerk).create({"seen": True})
        empty = approvals.with_user(self.manager).create({"seen": True})
        with self.assertRaisesRegex(UserError, "No certain proposal"):
            empty.action_approve()
        self._propose(self.lines[0]).with_user(self.clerk).action_accept()
        unseen = approvals.with_user(self.manager).create({})
        with self.assertRaisesRegex(UserError, "looked"):
            unseen.action_approve()
        given = self._go_live()
        self.assertTrue(self.company.o2c_cash_automatic)
        with self.assertRaises(UserError):
            given.write({"note": "other"})

    def test_live_books_certain_ones_and_leaves_the_likely(self):
        self._go_live()
        run = self._run()
        self.assertEqual(self._states(), ["booked"] * 3)
        self.assertEqual(
            [self._match(line).automatic for line in self.lines], [False, True, True]
        )
        self.assertEqual(self._match(self.likely).state, "proposed")
        self.assertEqual(run.state, "done")
        for invoice in self.invoices:
            self.assertEqual(invoice.payment_state, "paid")

    def test_an_account_with_proposals_only(self):
        self._go_live()
        self.journal.o2c_cash_match = "propose"
        self._run()
        self.assertEqual(self._states(), ["booked", "proposed", "proposed"])

    def test_one_failure_stops_no_other_and_waits_on_the_desk(self):
        self._go_live()
        model, bad = type(self.matches), self.lines[1]
        words = "Het boekjaar is dicht"
        book = model._replace_suspense

        def failing(match, line):
            if line == bad:
                raise UserError(words)
            return book(match, line)

        self.patch(model, "_replace_suspense", failing)
        run = self._run()
        self.assertEqual(self._states(), ["booked", "proposed", "booked"])
        self.assertEqual(self._match(bad).error, "Het boekjaar is dicht")
        self.assertEqual((run.state, run.failed_count), ("partly", 1))
        self.assertIn("boekjaar", run.note_ids.text)
        # tried again only when something changed or a person accepts it
        self.patch(model, "_replace_suspense", book)
        self._run()
        self.assertEqual(self._match(bad).state, "proposed")
        self._match(bad).with_user(self.clerk).action_accept()
        self.assertEqual(self._match(bad).state, "booked")

    def test_many_are_accepted_at_once_and_booked_by_the_queue(self):
        self._propose()
        matches = self.matches.search([("certainty", "=", "certain")])
        matches.with_user(self.clerk).action_accept_all()
        self.assertEqual(self._states(), ["accepted"] * 3)
        self._run()
        self.assertEqual(self._states(), ["booked"] * 3)
        self.assertEqual(self._match(self.lines[0]).decided_by_id, self.clerk)
        self.assertFalse(self._match(self.lines[0]).automatic)

    def test_run_twice_nothing_is_booked_twice(self):
        self._go_live()
        self._run()
        rows = [line.line_ids for line in self.lines]
        self._run()
        self.assertEqual([line.line_ids for line in self.lines], rows)
        self.assertEqual(
            self.matches.search_count(
                [("statement_line_id", "in", [line.id for line in self.lines])]
            ),
            3,
        )

    def test_who_reminds_is_told(self):
        self._propose()
        found = self.env["o2c.money.in"]._expected(self.company)
        paid = {one["line_id"] for one in found}
        for invoice in self.invoices:
            self.assertIn(self._open(invoice).id, paid)
        self._switch("off", "cash")
        self.assertFalse(self.env["o2c.money.in"]._expected(self.company))

    def _open(self, move):
        return move.line_ids.filtered(
            lambda row: row.account_id.account_type == "asset_receivable"
        )
