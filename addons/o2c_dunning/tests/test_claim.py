"""A claim: shown first, one document, taken back, waived, never twice."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestClaim(DunningCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.o2c_term_agreed = "agreed"
        cls.claims = cls.env["o2c.claim"]
        cls.day = date(2025, 8, 31)

    def _reminded(self, partner=None, amount=1000):
        invoice = self._due(partner or self.sme, amount, "2025-08-01")
        self._remind("2025-08-04")
        return invoice

    def _draw_up(self, invoice, day=None):
        return self.claims.with_user(self.collector)._draw_up(invoice, day or self.day)

    def _manage(self, claim):
        return claim.with_user(self.manager)

    def test_the_screen_says_what_why_not_and_from_when(self):
        owed = self._due(self.sme, 1000, "2025-08-01")
        case = self.cases._case_of(owed).with_user(self.collector)
        action = case.action_claim()
        estimate = (
            self.env["o2c.claim.estimate"]
            .with_user(self.collector)
            .browse(action["res_id"])
        )
        form = Form(estimate)
        form.date = self.day
        estimate = form.save()
        line = estimate.line_ids
        self.assertEqual((line.interest, line.cost), (8.34, 40))
        self.assertEqual(line.default_from, date(2025, 8, 2))
        self.assertIn("minimum", line.why)
        self.assertTrue(estimate.certain)
        self.assertIn(owed.name, estimate.calculation)
        form.date = date(2025, 8, 1)
        self.assertIn("Not in default yet: from", form.save().line_ids.why)
        form.date = date(2026, 2, 28)
        self.assertFalse(form.save().certain, "the rate of 2026 is not confirmed")
        with self.assertRaises(UserError):
            estimate.action_print()

    def test_looking_and_drawing_up_book_nothing(self):
        invoice = self._reminded()
        before = self.env["account.move"].search_count([])
        claim = self._draw_up(invoice)
        self.assertEqual(
            (claim.cost, claim.interest, claim.state), (150, 8.34, "draft")
        )
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_a_claim_is_one_posted_document_without_vat(self):
        income = self.company_data["default_account_revenue"].copy()
        self.company.o2c_interest_account_id = income
        one, two = self._reminded(), self._due(self.sme, 500, "2025-08-01")
        claim = self._manage(self._draw_up(one + two))
        claim.action_claim()
        document = claim.document_id.sudo()
        self.assertEqual((claim.state, document.state), ("claimed", "posted"))
        self.assertEqual(document.amount_total, claim.total)
        self.assertEqual(document.amount_tax, 0)
        lines = document.invoice_line_ids
        self.assertEqual(len(lines), 3, "interest per invoice, cost once")
        self.assertEqual(
            lines.filtered(lambda line: one.name in line.name)[0].account_id, income
        )
        self.assertEqual(claim.decided_by_id, self.manager)
        self.assertEqual(one.with_user(self.collector).o2c_claim_count, 1)

    def test_nothing_is_claimed_twice(self):
        invoice = self._reminded()
        first, second = self._draw_up(invoice), self._draw_up(invoice)
        self._manage(first).action_claim()
        with self.assertRaises(UserError):
            self._manage(second).action_claim()
        with self.assertRaises(UserError):
            self._draw_up(invoice)
        later = self._draw_up(invoice, date(2025, 9, 30))
        self.assertEqual(later.cost, 0)
        self.assertEqual(later.line_ids.interest_from, date(2025, 9, 1))
        self._manage(later).action_claim()
        total = sum(self.claims.sudo().search([]).mapped("interest"))
        figures = invoice._o2c_cost_and_interest(date(2025, 9, 30))[invoice]
        self.assertAlmostEqual(first.interest + later.interest, float(figures.interest))
        self.assertTrue(total)

    @mute_logger("odoo.sql_db")
    def test_the_schema_refuses_a_second_one(self):
        claim = self._draw_up(self._reminded()).sudo()
        claim.line_ids.live = True
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            claim.copy({"line_ids": [Command.clear()]})
            line = claim.line_ids.copy()
            line.live = True
            self.env.flush_all()

    def test_it_can_be_taken_back_and_asked_again(self):
        invoice = self._reminded()
        claim = self._manage(self._draw_up(invoice))
        claim.action_claim()
        with self.assertRaises(UserError):
            claim.action_undo()
        claim.reason = "Paid after all"
        claim.action_undo()
        self.assertEqual(claim.state, "undone")
        self.assertEqual(claim.document_id.sudo().payment_state, "reversed")
        self.assertEqual(self._draw_up(invoice).cost, 150)

    def test_a_document_that_was_credited_by_hand_frees_the_claim(self):
        invoice = self._reminded()
        claim = self._manage(self._draw_up(invoice))
        claim.action_claim()
        claim.document_id.sudo()._reverse_moves([{}], cancel=True)
        self.assertEqual(self._draw_up(invoice).cost, 150)
        self.assertEqual(claim.state, "undone")

    def test_waived_with_a_reason_and_not_drawn_up_again(self):
        invoice = self._reminded()
        claim = self._manage(self._draw_up(invoice))
        with self.assertRaises(UserError):
            claim.action_waive()
        claim.reason = "Good customer"
        claim.action_waive()
        self.assertFalse(claim.document_id)
        with self.assertRaises(UserError):
            self._draw_up(invoice)
        claim.action_undo()
        self.assertTrue(self._draw_up(invoice))

    def test_what_is_not_owed_yet_is_refused_with_the_reason(self):
        invoice = self._due(self.consumer, 1000, "2025-08-01")
        with self.assertRaisesRegex(UserError, "Not in default yet"):
            self._draw_up(invoice, date(2025, 8, 1))
        with self.assertRaisesRegex(UserError, "not confirmed"):
            self._draw_up(invoice)
        self.env["o2c.interest.rate"].with_context(active_test=False).search([]).write(
            {"certainty": "confirmed", "active": True}
        )
        claim = self._draw_up(invoice)
        self.assertEqual(claim.cost, 0)
        self.assertIn("14-day letter", claim.line_ids.note)

    def test_the_button_goes_where_nothing_can_be_claimed(self):
        estimates = self.env["o2c.claim.estimate"]
        early = self._due(self.consumer, 1000, "2025-08-01")
        late = self._reminded()

        def obstacle(move, day):
            action = estimates._open(move, day)
            return estimates.browse(action["res_id"]).obstacle

        self.assertIn("Not in default yet", obstacle(early, date(2025, 8, 1)))
        self.assertFalse(obstacle(late, date(2025, 12, 15)))

    def test_cost_is_claimed_while_a_rate_is_not_confirmed(self):
        invoice = self._reminded()
        estimates = self.env["o2c.claim.estimate"]
        shown = estimates.browse(estimates._open(invoice, date(2026, 2, 28))["res_id"])
        self.assertFalse(shown.obstacle)
        self.assertIn("up to and including 12/31/2025", shown.unsure_note)
        claim = self._draw_up(invoice, date(2026, 2, 28))
        until = self._draw_up(invoice, date(2025, 12, 31))
        self.assertEqual((claim.cost, claim.interest), (150, until.interest))
        self.assertEqual(claim.line_ids.interest_until, date(2025, 12, 31))
        self.assertIn("not confirmed", claim.line_ids.note)
        self.env["o2c.interest.rate"].search([]).write({"certainty": "likely"})
        self._manage(claim).action_claim()
        self.assertEqual((claim.cost, claim.interest, claim.state), (150, 0, "claimed"))
        with self.assertRaisesRegex(UserError, "nothing to claim"):
            self._draw_up(invoice, date(2026, 2, 28))
        shown.invalidate_recordset()
        self.assertIn("not confirmed", shown.obstacle)

    def test_nothing_is_booked_in_watch_mode(self):
        claim = self._draw_up(self._reminded())
        self._switch("watch", "dunning")
        with self.assertRaisesRegex(UserError, "not live"):
            self._manage(claim).action_claim()

    def test_a_payment_since_then_is_seen_when_it_is_claimed(self):
        invoice = self._reminded()
        claim = self._draw_up(invoice)
        self._pay(invoice, date="2025-08-01")
        with self.assertRaises(UserError):
            self._manage(claim).action_claim()

    def test_only_a_manager_decides_and_nobody_types_figures(self):
        claim = self._draw_up(self._reminded())
        for button in ("action_claim", "action_waive", "action_undo"):
            with self.assertRaises(AccessError):
                getattr(claim.with_user(self.collector), button)()
        with self.assertRaises(AccessError):
            self._manage(claim).line_ids.cost = 1
        with self.assertRaises(AccessError):
            self._manage(claim).state = "claimed"
        with self.assertRaises(AccessError):
            self.claims.with_user(self.manager).create(
                {
                    "partner_id": self.sme.id,
                    "company_id": self.company.id,
                    "day": "2025-08-31",
                }
            )
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            claim.with_user(seller).read(["cost"])

    def test_a_claim_bears_no_cost_and_no_interest_itself(self):
        claim = self._manage(self._draw_up(self._reminded()))
        claim.action_claim()
        document = claim.document_id.sudo()
        figures = document._o2c_cost_and_interest(date(2027, 1, 1))[document]
        self.assertEqual((figures.cost, figures.interest), (0, 0))
        self.assertIn("is_claim", figures.reasons)

    def test_the_statement_is_made_for_the_customer(self):
        invoice = self._reminded()
        self._pay(invoice, 500, "2025-08-15")
        action = self.env["o2c.claim.estimate"]._open(invoice, self.day)
        estimate = self.env["o2c.claim.estimate"].browse(action["res_id"])
        estimate.per_month = True
        report = self.env["ir.actions.report"]
        page, _kind = report._render_qweb_html(
            "o2c_dunning.o2c_claim_statement_report", estimate.ids
        )
        text = page.decode()
        self.assertIn(invoice.name, text)
        self.assertIn("500.00", text)
        self.assertIn("150.00", text)

    def test_a_dossier_gets_confirmed_rates_only(self):
        invoice = self._due(self.sme, 1000, "2025-12-01")
        case = self.cases._case_of(invoice)
        seen = {}

        def render(report, name, ids, **_options):
            seen["estimate"] = report.env["o2c.claim.estimate"].browse(ids)
            return b"pdf", "pdf"

        self.patch(type(self.env["ir.actions.report"]), "_render_qweb_pdf", render)
        pdf, until = case._o2c_statement(date(2026, 2, 1))
        self.assertEqual((pdf, until), (b"pdf", date(2025, 12, 31)))
        self.assertTrue(seen["estimate"].certain)
