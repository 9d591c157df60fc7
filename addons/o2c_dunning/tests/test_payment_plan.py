"""A plan spreads a debt, follows the money and ends by what was paid."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestPaymentPlan(TalkCommon):
    def test_instalments_add_up_to_the_cent_over_several_invoices(self):
        plan = self._plan(count=3)
        self.assertEqual(plan.state, "running")
        self.assertEqual(plan.line_ids.mapped("amount"), [333.33, 333.33, 333.34])
        self.assertEqual(
            plan.line_ids.mapped("due"),
            [date(2026, 3, 20), date(2026, 4, 20), date(2026, 5, 20)],
        )
        self.assertEqual(plan.item_ids.mapped("amount"), [600, 400])
        self.assertEqual(sum(plan.line_ids.mapped("amount")), plan.total)

    def test_its_invoices_are_not_reminded_while_it_runs(self):
        other = self._due(self.sme, 50, "2026-03-01")
        plan = self._plan()
        with self._at("2026-03-20"):
            self._pay(self.first, 250, date="2026-03-20")
        notice = self._night("2026-03-21").o2c_notice_ids
        verdict = self._verdict(self.first)
        self.assertEqual(verdict.reason, "on_plan")
        self.assertEqual(verdict.explanation, "In a payment plan until 06/20/2026.")
        self.assertEqual(self._verdict(self.second).reason, "on_plan")
        self.assertEqual(notice.line_ids.move_id, other)
        self.assertEqual(notice.amount, 50)
        self.assertEqual(plan.state, "running")

    def test_ledger_and_due_dates_stay_as_they_are(self):
        self._plan()
        self.assertEqual(self.first.invoice_date_due, date(2026, 3, 1))
        made = self.env["account.move"].search_count(
            [("partner_id", "=", self.sme.id), ("move_type", "=", "out_invoice")]
        )
        self.assertEqual(made, 2, "term notes are no invoices")

    def test_a_payment_of_an_invoice_pays_the_instalments_in_order(self):
        plan = self._plan()
        with self._at("2026-04-02"):
            self._pay(self.first, 300, date="2026-04-02")
        self.assertEqual(plan.line_ids.mapped("paid"), [250, 50, 0, 0])
        self.assertEqual(plan.line_ids.mapped("state")[0], "paid")
        self.assertEqual(plan.line_ids[0].paid_on, date(2026, 4, 2))
        self.assertEqual((plan.paid, plan.left), (300, 700))
        self.assertEqual(plan.item_ids.mapped("left"), [300, 400])

    def test_a_payment_that_is_taken_back_is_not_paid(self):
        plan = self._plan()
        with self._at("2026-03-20"):
            self._pay(self.first, 250, date="2026-03-20")
            self.assertEqual(plan.line_ids[0].state, "paid")
            self.first.line_ids.remove_move_reconcile()
        self.assertEqual(plan.line_ids[0].state, "open")
        self.assertEqual(plan.paid, 0)

    def test_what_was_paid_before_it_began_does_not_count(self):
        self._pay(self.first, 100, date="2026-03-10")
        plan = self._plan(count=3)
        self.assertEqual(plan.total, 900)
        self._night("2026-03-20")
        self.assertEqual(plan.paid, 0)

    def test_an_invoice_through_draft_and_back_changes_nothing(self):
        plan = self._plan()
        with self._at("2026-03-21"):
            self.second.button_draft()
            self.second.action_post()
            plan.action_refresh()
        self.assertEqual(plan.left, 1000)

    def test_paying_everything_early_keeps_it(self):
        plan = self._plan()
        with self._at("2026-03-25"):
            self._pay(self.both, date="2026-03-25")
        self.assertEqual(plan.state, "kept")
        self.assertEqual(plan.end_reason, "Paid early")
        self.assertFalse(any(plan.item_ids.mapped("live")))
        self.assertIn(("plan_kept", False), self._kinds(plan))

    def test_a_credit_note_counts_as_what_need_not_be_paid(self):
        plan = self._plan()
        with self._at("2026-03-20"):
            note = self.second._reverse_moves(
                [{"invoice_date": "2026-03-20"}], cancel=True
            )
        self.assertEqual(note.state, "posted")
        self.assertEqual(plan.paid, 400)

    def test_grace_and_then_it_is_broken_and_the_ladder_goes_on(self):
        self._remind("2026-03-04")
        step = self.first.o2c_notice_line_ids.notice_id.step_days
        plan = self._plan()
        for day in ("2026-03-21", "2026-03-25"):
            self.assertFalse(self._night(day).o2c_notice_ids, day)
            self.assertEqual(plan.state, "running")
        self.assertEqual(plan.line_ids[0].state, "late")
        notice = self._night("2026-03-26").o2c_notice_ids
        self.assertEqual(plan.state, "broken")
        self.assertEqual(plan.line_ids[0].state, "missed")
        self.assertGreater(notice.step_days, step, "the step after the one before")
        self.assertEqual(notice.amount, 1000, "all is due at once")
        self.assertFalse(any(plan.item_ids.mapped("live")))
        case = plan.case_id
        self.assertIn(plan.name, case.next_action)
        self.assertEqual(case.next_action_date, date(2026, 3, 26))

    def test_interest_of_a_broken_plan_counts_as_if_never_agreed(self):
        plan = self._plan()
        self.assertEqual(self.first._o2c_plan_terms()[self.first.id]["mode"], "waived")
        self._night("2026-03-26")
        self.assertEqual(plan.state, "broken")
        self.assertFalse(self.both._o2c_plan_terms())

    def test_terms_of_a_kept_plan_are_remembered(self):
        plan = self._plan(count=2)
        with self._at("2026-03-30"):
            self._pay(self.both, date="2026-03-30")
        terms = self.first._o2c_plan_terms()[self.first.id]
        self.assertEqual(terms["since"], date(2026, 3, 20))
        self.assertEqual(terms["until"], date(2026, 3, 30))
        self.assertEqual(terms["plan"], plan.id)

    def _law(self, day):
        """Interest and cost of both invoices at the end of a day, and why."""
        found = self.both._o2c_cost_and_interest(date.fromisoformat(day)).values()
        return (
            sum(one.interest for one in found),
            sum(one.cost for one in found),
            {reason for one in found for reason in one.reasons},
        )

    def test_a_plan_that_waives_leaves_nothing_to_claim_until_it_is_broken(self):
        before = self._law("2026-04-30")
        self.assertGreater(before[0], 0)
        self.assertGreater(before[1], 0)
        plan = self._plan(interest_mode="waived")
        interest, cost, why = self._law("2026-04-30")
        self.assertEqual((interest, cost), (0, 0))
        self.assertIn("plan_waived", why)
        self._night("2026-03-26")
        self.assertEqual(plan.state, "broken")
        self.assertEqual(self._law("2026-04-30"), before, "as if never agreed")

    def test_a_plan_that_owes_asks_no_more_than_on_the_day_it_began(self):
        plan = self._plan(interest_mode="owed", count=2)
        owed = plan.cost_owed, plan.interest_owed
        self.assertGreater(plan.interest_owed, 0)
        for day in ("2026-03-20", "2026-03-21", "2026-12-31"):
            interest, cost, why = self._law(day)
            self.assertEqual((float(cost), float(interest)), owed, day)
            self.assertIn("plan_owed", why)
        with self._at("2026-03-30"):
            self._pay(self.both, date="2026-03-30")
        self.assertEqual(plan.state, "kept")
        interest, cost, _why = self._law("2026-12-31")
        self.assertEqual((float(cost), float(interest)), owed, "kept: still that")

    def test_a_plan_that_charges_lets_interest_run(self):
        before = self._law("2026-04-30")
        self._plan(interest_mode="charged")
        self.assertEqual(self._law("2026-04-30"), before)

    def test_withdrawing_it_brings_reminders_back_without_blame(self):
        plan = self._plan()
        with self._at("2026-03-21"):
            self._pay(self.first, 250, date="2026-03-20")
            plan.action_withdraw()
        self.assertEqual(plan.state, "withdrawn")
        letter = plan.letter_ids.filtered(lambda one: one.kind == "plan_withdrawn")
        self.assertIn("no longer holds", letter.subject)
        self.assertIn("750.00", letter.content)
        self.assertFalse(plan.case_id.next_action, "he is told, nobody has to")
        self.assertEqual(self._night("2026-03-22").o2c_notice_ids.amount, 750)

    def test_without_a_text_somebody_is_asked_to_tell_that_it_was_withdrawn(self):
        texts = self.env["o2c.customer.text"].search([("kind", "=", "plan_withdrawn")])
        self.assertEqual(set(texts.mapped("lang")), {"en", "nl", "de", "fr"})
        texts.unlink()
        plan = self._plan()
        with self._at("2026-03-21"):
            plan.action_withdraw()
        self.assertIn("no longer hold", plan.case_id.next_action)
        self.assertNotIn("plan_withdrawn", plan.letter_ids.mapped("kind"))

    def test_words_before_and_after_an_instalment_once_each(self):
        plan = self._plan(count=3)
        with self._at("2026-03-20"):
            self._pay(self.first, 333.33, date="2026-03-20")
        for day in ("2026-04-16", "2026-04-17", "2026-04-17", "2026-04-19"):
            self._night(day)
        self.assertEqual(
            self._kinds(plan), [("plan_agreed", False), ("plan_before", "2")]
        )
        for day in ("2026-04-20", "2026-04-21", "2026-04-22"):
            self._night(day)
        self.assertEqual(self._kinds(plan)[2:], [("plan_late", "2")])
        letter = self.letters.search([("kind", "=", "plan_before")])
        self.assertIn("333.33", letter.content)
        self.assertIn(f"{plan.name}-2", letter.subject)

    def test_in_watch_nothing_is_written_to_the_customer(self):
        self._switch("watch", "dunning")
        plan = self._plan()
        self._night("2026-03-26")
        self.assertEqual(plan.state, "broken")
        self.assertFalse(self._kinds(plan))

    def test_every_letter_exists_in_four_languages(self):
        plan = self._plan()
        for lang in ("nl_NL", "de_DE", "fr_FR", "en_US"):
            self.env["res.lang"]._activate_lang(lang)
            self.sme_contact.lang = lang
            for kind in ("plan_agreed", "plan_before", "plan_late", "plan_broken"):
                content = plan._letter_content(kind)
                self.assertEqual(content["lang"], lang)
                self.assertNotIn("{", content["subject"] + content["body"])
        self.assertIn("Ihr Ratenplan", self._in(plan, "de_DE")["subject"])
        self.assertIn("betalingsregeling", self._in(plan, "nl_NL")["subject"])
        self.assertIn("plan de paiement", self._in(plan, "fr_FR")["subject"])

    def _in(self, plan, lang):
        self.sme_contact.lang = lang
        return plan._letter_content("plan_agreed")

    def test_the_agreement_goes_with_the_term_notes_as_a_document(self):
        plan = self._plan(count=3)
        report = self.env["ir.actions.report"].sudo()
        html = report._render_qweb_html("o2c_dunning.report_payment_plan", plan.ids)
        text = html[0].decode()
        self.assertEqual(text.count("This is no invoice"), 3)
        for line in plan.line_ids:
            self.assertIn(line.reference, text)
        letter = self.letters.search([("kind", "=", "plan_agreed")])
        mail = self.env["mail.mail"].search(
            [("mail_message_id", "=", letter.mail_message_id.id)]
        )
        self.assertTrue(mail.attachment_ids)

    def test_open_payments_are_booked_in_the_agreed_order(self):
        plan = self._plan(moves=self.both)
        newest, oldest = plan.item_ids.sorted("due", reverse=True)
        plan.sudo().item_ids.write({"sequence": 20})
        newest.sequence = 1
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.sme.id,
                "payment_type": "inbound",
                "partner_type": "customer",
                "amount": 450,
                "date": "2026-03-21",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        plan.invalidate_recordset(["credit_open"])
        self.assertEqual(plan.credit_open, 450)
        clerk = self._user("clerk", "account.group_account_invoice")
        with self._at("2026-03-21"):
            plan.with_user(clerk).action_book()
        self.assertEqual(newest.move_id.amount_residual, 0)
        self.assertEqual(oldest.move_id.amount_residual, 550)
        self.assertEqual(plan.paid, 450)
        with self.assertRaises(UserError):
            plan.with_user(self.collector).action_book()

    def test_a_consumer_pays_nothing_beyond_what_he_owed(self):
        invoice = self._due(self.consumer, 300, "2026-03-01")
        with self.assertRaisesRegex(ValidationError, "natural person"):
            self._plan(moves=invoice, interest_mode="charged")
        unknown = self._customer("P. Particulier", "sme")
        unknown.write({"is_company": False, "vat": False, "o2c_segment_id": False})
        invoice = self._due(unknown, 300, "2026-03-01")
        with self.assertRaisesRegex(ValidationError, "natural person"):
            self._plan(moves=invoice, interest_mode="charged")
        policy = self.env["o2c.plan.policy"].search([("grade", "=", False)])
        policy.interest_mode = "charged"
        self.assertEqual(self._plan(moves=invoice).interest_mode, "waived")

    def test_nobody_writes_progress_or_changes_what_was_agreed(self):
        plan = self._plan()
        for values in ({"paid": 1000}, {"state": "kept"}, {"wait_reason": "x"}):
            with self.assertRaises(AccessError):
                plan.write(values)
        with self.assertRaises(UserError):
            plan.count = 12
        with self.assertRaises(AccessError):
            plan.line_ids[0].amount = 1
        with self.assertRaises(UserError):
            plan.with_user(self.manager).unlink()

    def test_an_invoice_is_in_one_running_plan_only(self):
        self._plan()
        with self.assertRaisesRegex(UserError, "already"):
            self._plan(moves=self.first)

    def test_the_night_asks_the_ledger_the_same_number_of_times(self):
        plans = self._plan(moves=self.first) + self._plan(moves=self.second)
        for _number in range(6):
            move = self._due(self.sme, 500, "2026-03-01")
            plans += self._plan(moves=move)
        self.env.flush_all()
        counts = []
        for some in (plans[:2], plans):
            some = some.sudo()
            some.line_ids.mapped("state")
            before = self.env.cr.sql_log_count
            some._paid_amounts()
            some._partials()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])

    def test_the_picture_shows_every_instalment(self):
        plan = self._plan(count=3)
        self.assertEqual(plan.picture.count("flex:"), 3)
        self.assertIn("of", plan.picture)
