"""A question has an owner, a day and an answer; its invoices wait for it."""

from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .talk_common import TalkCommon


@tagged("post_install", "-at_install")
class TestQuestion(TalkCommon):
    def _ask(self, moves=None, day="2026-03-20", **values):
        with self._at(day):
            return self.questions._ask(
                self.sme_contact,
                self.env["account.move"] if moves is None else moves,
                "May I have a copy of this invoice?",
                **{"source": "portal", **values},
            )

    def test_its_invoice_waits_and_the_other_does_not(self):
        question = self._ask(self.first)
        notice = self._night("2026-03-21").o2c_notice_ids
        verdict = self._verdict(self.first)
        self.assertEqual(verdict.reason, "question")
        said = f"asked something on 03/20/2026: {question.name}"
        self.assertIn(said, verdict.explanation)
        self.assertEqual(notice.amount, 400)
        with self._at("2026-03-21"):
            question.action_answered()
        self.assertEqual(question.state, "answered")
        notice._withdraw("test")
        self.assertEqual(self._night("2026-03-22").o2c_notice_ids.amount, 1000)

    def test_without_invoices_all_wait_and_a_note_stops_nothing(self):
        question = self._ask()
        self.assertFalse(self._night("2026-03-21").o2c_notice_ids)
        self.assertEqual(self._verdict(self.second).reason, "question")
        question.kind = "note"
        self.assertEqual(self._night("2026-03-22").o2c_notice_ids.amount, 1000)

    def test_the_day_is_in_working_days(self):
        self.company.o2c_dunning_question_days = 2
        self.assertEqual(self._ask(day="2026-03-19").deadline, date(2026, 3, 23))
        # Thursday before Easter: Good Friday and Easter Monday do not count
        self.assertEqual(self._ask(day="2026-04-02").deadline, date(2026, 4, 8))

    def test_an_answer_from_a_template_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("nl_NL")
        self.sme_contact.lang = "nl_NL"
        question = self._ask(self.first).with_user(self.collector)
        form = Form(question)
        form.text_id = self.env.ref("o2c_dunning.o2c_customer_text_answer_not_found_nl")
        form.save()
        self.assertIn(self.first.name, question.answer_subject)
        self.assertIn("We hebben die betaling niet gevonden", question.answer)
        with self._at("2026-03-20"):
            question.action_send()
        self.assertEqual(question.state, "answered")
        self.assertEqual(question.answered_by_id, self.collector)
        self.assertTrue(question.in_time)
        self._flush_mail()
        [mail] = self._mails
        self.assertEqual(
            mail["email_to"], ['"Crediteurenadministratie" <crediteuren@proef.example>']
        )
        self.assertIn("We hebben die betaling niet gevonden", mail["body"])
        letter = self.letters.search([("kind", "=", "answer")])
        self.assertEqual(letter.state, "sent")
        self.assertIn(letter.mail_message_id, question.message_ids)

    def test_an_answer_about_no_invoice_is_about_all_that_are_open(self):
        paid = self._due(self.sme, 50, "2026-03-10")
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        ).create({})._create_payments()
        self._due(self.corporate, 70, "2026-03-10")
        question = self._ask().with_user(self.collector)
        with Form(question) as form:
            form.text_id = self.env.ref("o2c_dunning.o2c_customer_text_answer_copy_en")
        self.assertIn(f"{self.first.name}, {self.second.name}", question.answer_subject)
        self.assertNotIn(paid.name, question.answer_subject)
        self.assertIn("1,000.00", question.answer)
        with self._at("2026-03-20"):
            question.action_send()
        letter = self.letters.search([("kind", "=", "answer")])
        self.assertEqual(len(letter.mail_message_id.attachment_ids), 2)

    def test_nothing_empty_is_sent_and_off_sends_nothing(self):
        question = self._ask(self.first)
        with self.assertRaisesRegex(UserError, "Write an answer"):
            question.action_send()
        question.answer = "<p>Here it is.</p>"
        self._switch("off", "dunning")
        with self.assertRaises(UserError):
            question.action_send()

    def test_a_collector_sends_a_copy_that_is_printed_now(self):
        """Odoo writes the kind of QR code on the invoice when it prints one; a
        collector may not write there."""
        self.company.qr_code = True
        self.first.partner_bank_id = self.env["res.partner.bank"].create(
            {
                "acc_number": "NL91ABNA0417164300",
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        self.assertTrue(self.first.display_qr_code)
        question = self._ask(self.first).with_user(self.collector)
        question.text_id = self.env.ref("o2c_dunning.o2c_customer_text_answer_copy_en")
        with self._at("2026-03-20"):
            question.action_send()
        self.assertEqual(question.state, "answered")
        self.assertTrue(self.first.qr_code_method, "this is what is written")

    def test_the_copy_goes_with_the_answer(self):
        question = self._ask(self.first)
        question.text_id = self.env.ref("o2c_dunning.o2c_customer_text_answer_copy_en")
        question.action_send()
        letter = self.letters.search([("kind", "=", "answer")])
        mail = self.env["mail.mail"].search(
            [("mail_message_id", "=", letter.mail_message_id.id)]
        )
        self.assertEqual(len(mail.attachment_ids), 1)

    def test_when_he_writes_back_it_is_open_again(self):
        question = self._ask(self.first)
        question.answer = "<p>Here it is.</p>"
        question.action_send()
        first_answer = question.answered_at
        question.message_update({"body": "Thanks, but which order?", "from": "x"})
        self.assertEqual(question.state, "open")
        question.answer = "<p>Order 5.</p>"
        question.action_send()
        self.assertEqual(question.answered_at, first_answer)
        kinds = [key for _kind, key in self._kinds(question)]
        self.assertEqual(kinds, ["1", "2"])

    def test_a_machine_that_answers_opens_nothing(self):
        question = self._ask(self.first)
        question.action_answered()
        machine = question.with_context(o2c_written_by_machine=True)
        machine.message_update({"body": "Out of office", "from": "x"})
        self.assertEqual(question.state, "answered")

    def test_answer_time_is_measured(self):
        question = self._ask(self.first, day="2026-03-20")
        with self.mock_datetime_and_now(datetime(2026, 3, 20, 18, 30)):
            question.action_answered()
        self.assertEqual(question.answer_hours, 6.5)
        late = self._ask(self.first, day="2026-03-20")
        with self._at("2026-03-30"):
            late.action_answered()
        self.assertFalse(late.in_time)

    def test_past_its_day_the_manager_hears_of_it_once(self):
        self.company.o2c_question_manager_id = self.manager
        question = self._ask(self.first, day="2026-03-20")
        self._night("2026-03-24")
        self.assertFalse(question.escalated_on)
        for day in ("2026-03-25", "2026-03-26"):
            self._night(day)
        self.assertEqual(question.escalated_on, date(2026, 3, 25))
        self.assertEqual(question.activity_ids.mapped("user_id"), self.manager)
        self.assertEqual(len(question.activity_ids), 1)
        question.action_answered()
        self.assertFalse(question.activity_ids)

    def test_an_answer_to_a_reminder_becomes_a_question(self):
        case = self.cases._case_of(self.both)
        case.message_post(
            body="Which order was this?",
            message_type="email",
            author_id=self.sme_contact.id,
        )
        case.state = "answered"
        action = case.with_user(self.collector).action_question()
        form = Form(
            self.questions.with_user(self.collector).with_context(**action["context"])
        )
        self.assertIn("Which order was this?", form.text)
        form.name = "Which order"
        question = form.save()
        self.assertEqual(question.source, "mail")
        self.assertEqual(question.case_id, case)
        self.assertEqual(case.state, "open", "it was read")
        self.assertIn(question, case.question_ids)
        self.assertFalse(self._night("2026-03-20").o2c_notice_ids, "and it waits")

    def test_a_portal_customer_asks_through_the_door_only(self):
        user = new_test_user(
            self.env,
            login="o2c_portal_question",
            groups="base.group_portal",
            partner_id=self.sme_contact.id,
        )
        with self.assertRaises(AccessError):
            self.questions.with_user(user).create(
                {"name": "x", "partner_id": self.sme.id}
            )
        strange = self._due(self.corporate, 10, "2026-03-01")
        with self.assertRaises(UserError):
            self.questions._ask(self.sme_contact, strange, "Whose is this?", "portal")
        with self.assertRaises(UserError):
            self.questions._ask(self.sme_contact, self.first, "  ", "portal")

    def test_an_owner_without_any_role_works_his_own_only(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        question, other = self._ask(self.first), self._ask(self.second)
        question.user_id = seller
        mine = question.with_user(seller)
        self.assertEqual(mine.read(["name"])[0]["id"], question.id)
        with Form(mine) as form:
            self.assertEqual(form.move_names, self.first.name)
            form.answer = "<p>Order 5.</p>"
        mine.action_send()
        self.assertEqual(question.state, "answered")
        with self.assertRaises(AccessError):
            other.with_user(seller).read(["name"])
        with self.assertRaises(AccessError):
            mine.state = "dropped"
