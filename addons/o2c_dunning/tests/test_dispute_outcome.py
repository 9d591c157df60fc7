"""Routes, deadlines and outcomes of disputes."""

from datetime import date
from decimal import Decimal

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestDisputeOutcome(TalkCommon):
    def _raise(self, amount=0, cause="quality", day="2026-03-20", **values):
        with self._at(day):
            return self.env["o2c.dispute"]._dispute(
                values.pop("move", self.first), amount, cause, source="call", **values
            )

    def _taxed(self):
        """An invoice of two lines, one of them taxed: 121 and 100."""
        tax = self.company_data["default_tax_sale"]
        tax.write({"amount": 21, "price_include_override": "tax_excluded"})
        return self._due(
            self.sme,
            0,
            "2026-03-01",
            invoice_line_ids=[
                Command.create(
                    {"name": "A", "price_unit": 100, "tax_ids": [(6, 0, tax.ids)]}
                ),
                Command.create(
                    {"name": "B", "price_unit": 100, "tax_ids": [Command.clear()]}
                ),
            ],
        )

    def test_a_kind_of_cause_stands_for_a_cause_and_its_department(self):
        dispute = self._raise(cause="price")
        self.assertEqual(
            dispute.cause_id, self.env.ref("o2c_dunning.o2c_dispute_cause_price")
        )
        self.assertEqual(dispute.department_id.name, "Sales")
        dispute.cause_id = self.env.ref("o2c_dunning.o2c_dispute_cause_double")
        self.assertEqual(dispute.cause, "other", "what the portal shows follows")
        dispute.cause = "delivery"
        self.assertEqual(dispute.department_id.name, "Transport")

    def test_the_first_rule_that_fits_names_the_owner(self):
        boss, helper = self._user("boss", "base.group_user"), self.collector
        category = self.env["product.category"].create({"name": "Filters"})
        child = self.env["product.category"].create(
            {"name": "Small filters", "parent_id": category.id}
        )
        product = self.env["product.product"].create(
            {"name": "Filter", "categ_id": child.id}
        )
        cause = self.env.ref("o2c_dunning.o2c_dispute_cause_quality")
        self.env["o2c.dispute.route"].create(
            [
                {
                    "sequence": 1,
                    "cause_id": cause.id,
                    "categ_id": category.id,
                    "user_id": boss.id,
                    "working_days": 3,
                },
                {"sequence": 2, "cause_id": cause.id, "user_id": helper.id},
            ]
        )
        self.assertEqual(self._raise(100).user_id, helper)
        filters = self._due(
            self.sme,
            0,
            "2026-03-01",
            invoice_line_ids=[
                Command.create({"product_id": product.id, "price_unit": 200})
            ],
        )
        dispute = self._raise(move=filters)
        self.assertEqual(dispute.user_id, boss)
        # Friday 20 March plus three working days
        self.assertEqual(dispute.deadline, date(2026, 3, 25))

    def test_without_a_rule_the_department_answers(self):
        department = self.env.ref("o2c_dunning.o2c_dispute_department_quality")
        department.user_id = self.collector
        department.manager_id = self.manager
        dispute = self._raise()
        self.assertEqual(dispute.user_id, self.collector)
        self.assertEqual(dispute.manager_id, self.manager)
        self.assertEqual(dispute.deadline, date(2026, 4, 14), "15 working days")

    def test_past_its_deadline_the_manager_gets_a_task_once(self):
        dispute = self._raise()
        dispute.write({"manager_id": self.manager.id, "deadline": "2026-03-24"})
        self._night("2026-03-24")
        self.assertFalse(dispute.escalated_on)
        for day in ("2026-03-25", "2026-03-26"):
            self._night(day)
        self.assertEqual(dispute.escalated_on, date(2026, 3, 25))
        self.assertEqual(dispute.activity_ids.mapped("user_id"), self.manager)
        self.assertEqual(len(dispute.activity_ids), 1)

    def test_several_disputes_are_never_more_than_the_invoice(self):
        self._raise(350)
        with self.assertRaises(ValidationError) as refused:
            self._raise(300)
        self.assertIn("650", str(refused.exception))
        second = self._raise(250)
        with self.assertRaises(ValidationError):
            second.amount = 250.01
        second.outcome = "No."
        second.with_user(self.collector).action_reject()
        self.assertEqual(self._raise(250).amount, 250, "a lost one makes room")

    def test_lines_of_the_invoice_are_disputed_and_credited_exactly(self):
        invoice = self._taxed()
        line = invoice.invoice_line_ids.filtered(lambda one: one.name == "A")
        dispute = self._raise(move=invoice, lines=line)
        self.assertEqual(dispute.scope, "lines")
        self.assertEqual(dispute.amount, 121)
        dispute.with_user(self.collector).action_credit()
        note = dispute.credit_note_id
        self.assertEqual((note.state, note.amount_total), ("draft", 121))
        self.assertEqual(note.amount_tax, 21)
        with self.assertRaises(ValidationError):
            self._raise(move=self.first, lines=line)

    def test_an_amount_is_credited_in_proportion_with_its_tax(self):
        invoice = self._taxed()
        dispute = self._raise(110.5, move=invoice)
        dispute.with_user(self.collector).action_credit()
        note = dispute.credit_note_id
        self.assertAlmostEqual(note.amount_total, 110.5, 2)
        self.assertAlmostEqual(note.amount_tax, 10.5, 2)

    def test_posting_the_credit_note_closes_and_settles(self):
        dispute = self._raise(200).with_user(self.collector)
        dispute.action_credit()
        dispute.action_credit()
        note = dispute.sudo().credit_note_id
        self.assertEqual(len(self.first.reversal_move_ids), 1, "made once")
        self.assertEqual(dispute.state, "open")
        with self._at("2026-03-24"):
            note.action_post()
        self.assertEqual(dispute.state, "credited")
        self.assertEqual(dispute.closed_on, date(2026, 3, 24))
        self.assertEqual(dispute.days_taken, 4)
        self.assertEqual(self.first.amount_residual, 400)
        self.assertEqual(dispute.credited_amount, 200)
        note.button_draft()
        self.assertEqual(dispute.state, "open", "not credited after all")

    def test_a_credit_note_of_somebody_else_can_be_linked(self):
        dispute = self._raise(600)
        note = self.first._reverse_moves([{"invoice_date": "2026-03-24"}])
        note.action_post()
        self.assertEqual(dispute.state, "open")
        dispute.credit_note_id = note
        self.assertEqual(dispute.state, "credited")

    def test_rejected_he_reads_why_and_reminders_go_on_after_that(self):
        dispute = self._raise(600)
        dispute.outcome = "You signed for <forty> boxes."
        self.assertIn("&lt;forty&gt;", dispute.letter_preview)
        with self._at("2026-03-24"):
            dispute.with_user(self.collector).action_reject()
        self.assertTrue(dispute.untold)
        notice = self._night("2026-03-24").o2c_notice_ids
        self.assertEqual(notice.amount, 400)
        self._flush_mail()
        self.assertFalse(dispute.untold)
        self.assertIn("&lt;forty&gt;", self._mails[0]["body"])
        self.assertEqual(self._verdict(self.first).reason, "disputed")
        notice._withdraw("test")
        self.assertEqual(self._night("2026-03-25").o2c_notice_ids.amount, 1000)

    def test_who_has_no_address_gets_a_letter_and_printing_tells_him(self):
        self.sme_contact.email = self.sme.email = False
        dispute = self._raise(600)
        dispute.outcome = "You signed for it."
        dispute.with_user(self.collector).action_reject()
        letter = dispute.letter_ids
        self.assertEqual((letter.channel, letter.state), ("letter", "print"))
        self.assertTrue(dispute.untold)
        letter.with_user(self.collector).action_print()
        self.assertEqual(letter.state, "sent")
        self.assertFalse(dispute.untold)

    def test_settled_with_a_reduction(self):
        dispute = self._raise(600)
        collector = dispute.with_user(self.collector)
        with self.assertRaises(UserError):
            collector.action_settle()
        dispute.outcome = "A third off."
        dispute.agreed_amount = 600.01
        with self.assertRaises(UserError):
            collector.action_settle()
        dispute.agreed_amount = 200
        collector.action_settle()
        self.assertEqual(dispute.state, "open")
        dispute.credit_note_id.action_post()
        self.assertEqual(dispute.state, "settled")
        self.assertEqual(self.first.amount_residual, 400)
        self.assertEqual(self._kinds(dispute)[0][0], "dispute_settled")

    def test_the_disputed_part_leaves_the_bases_by_right_only(self):
        def part(day):
            moves = self.first._o2c_disputed_amounts(date.fromisoformat(day))
            return moves.get(self.first.id, Decimal(0))

        won = self._raise(200, day="2026-03-10")
        self.assertEqual([part(d) for d in ("2026-03-09", "2026-03-10")], [0, 200])
        won.with_user(self.collector).action_credit()
        with self._at("2026-03-20"):
            won.credit_note_id.action_post()
        self.assertEqual([part(d) for d in ("2026-03-19", "2026-03-20")], [200, 0])
        lost = self._raise(100, day="2026-03-21")
        self.assertEqual(part("2026-03-22"), 100)
        lost.outcome = "No."
        with self._at("2026-03-25"):
            lost.with_user(self.collector).action_reject()
        self.assertEqual(part("2026-03-22"), 0, "who was wrong owes it all the time")

    def test_an_owner_writes_what_he_found_and_a_collector_decides(self):
        owner = self._user("warehouse", "base.group_user")
        dispute, other = self._raise(100), self._raise(50, move=self.second)
        dispute.user_id = owner
        mine = dispute.with_user(owner)
        mine.outcome = "Two boxes are still here."
        self.assertTrue(mine.web_read({"move_id": {"fields": {"display_name": {}}}}))
        with self.assertRaises(AccessError):
            mine.action_reject()
        with self.assertRaises(AccessError):
            other.with_user(owner).read(["amount"])

    def test_an_answer_to_the_letter_stops_the_reminders(self):
        case = self.cases._case_of(self.both)
        dispute = self._raise(100)
        dispute.message_update({"body": "I do not agree", "from": "x"})
        self.assertEqual(case.state, "answered")
