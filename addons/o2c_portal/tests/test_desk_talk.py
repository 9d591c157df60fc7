"""A customer announces a payment, disputes, asks: reminders stop, answers are seen."""

from odoo.tests import tagged

from .desk_common import ACCOUNT, DeskCommon

PHOTO = b"\xff\xd8\xff\xe0 a photo"


@tagged("post_install", "-at_install")
class TestDeskTalk(DeskCommon):
    def setUp(self):
        super().setUp()
        self._login()

    # announcing a payment

    def test_an_announced_payment_silences_what_it_covers(self):
        page = self._send(
            f"{ACCOUNT}/promise?document={self.first.id}", date=self._day(20)
        )
        promise = self.promises.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((promise.amount, promise.move_ids), (600, self.first))
        self.assertEqual((promise.source, promise.state), ("portal", "open"))
        self.assertIn("No reminders are sent until then", self._text(page))
        self.assertEqual(self._judged(self.first), "promised")
        self.assertEqual(self._verdict(self.second).reason, "remind")
        self.assertIn("noted", self._text(self.url_open(f"{ACCOUNT}/requests")))

    def test_day_and_amount_stay_within_bounds(self):
        path = f"{ACCOUNT}/promise"
        last = self.company.o2c_desk_promise_days
        for values, words in (
            ({"date": self._day(last + 1)}, "Choose a day until"),
            ({"date": self._day(-1)}, "from today on"),
            ({"date": ""}, "enter a day"),
            ({"date": "tomorrow"}, "enter a day"),
            ({"date": self._day(1), "amount": "1100.01"}, "more than"),
            ({"date": self._day(1), "amount": "0"}, "more than zero"),
            ({"date": self._day(1), "amount": "1e12"}, "enter an amount"),
            ({"date": self._day(1), "item": []}, "at least one invoice"),
        ):
            page = self._send(path, **values)
            self.assertIn(words, "".join(self._errors(page)), values)
        self.assertFalse(self.promises.search([("partner_id", "=", self.sme.id)]))
        self._send(path, date=self._day(last), amount="1.100,00")
        promise = self.promises.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(promise.amount, 1100)

    def test_the_same_announcement_in_two_windows_is_one(self):
        for _window in range(2):
            self._send(f"{ACCOUNT}/promise", date=self._day(5))
        self.assertEqual(
            self.promises.search_count([("partner_id", "=", self.sme.id)]), 1
        )

    # disputing

    def _disputed(self, document, **values):
        values = {"cause": "quality", "text": "Gebroken.\nZie foto.", **values}
        return self._send(f"{ACCOUNT}/dispute?document={document.id}", **values)

    def test_a_line_is_disputed_with_a_photo_and_the_rest_stays_due(self):
        line = self.second.invoice_line_ids[1]
        page = self._disputed(
            self.second,
            scope="lines",
            line=[str(line.id)],
            files=[("files", ("schade.jpg", PHOTO, "text/html"))],
        )
        dispute = self.disputes.search([("move_id", "=", self.second.id)])
        self.assertEqual((dispute.line_ids, dispute.amount), (line, 100))
        self.assertEqual((dispute.cause, dispute.source), ("quality", "portal"))
        self.assertIn("Bakplaten", self._text(page))
        self.assertIn("You have our answer by", self._text(page))
        file = self.env["ir.attachment"].sudo()
        file = file.search([("res_model", "=", "o2c.dispute")])
        self.assertEqual((file.res_id, file.raw), (dispute.id, PHOTO))
        self.assertEqual((file.name, file.mimetype), ("schade.jpg", "image/jpeg"))
        self._nightly(self._day(0))
        verdict = self._verdict(self.second)
        self.assertEqual((verdict.reason, verdict.amount_asked), ("remind", 400))

    def test_the_whole_invoice_is_disputed_and_not_reminded(self):
        self.assertEqual(self._judged(self.first), "remind")
        self._disputed(self.first, scope="invoice")
        self.assertEqual(self._judged(self.first), "disputed")
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        self.assertEqual((dispute.scope, dispute.amount), ("invoice", 600))

    def test_an_amount_is_disputed(self):
        self._disputed(self.first, scope="amount", amount="99,50")
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        self.assertEqual((dispute.scope, dispute.amount), ("amount", 99.5))

    def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(self):
        page = self._disputed(self.first, scope="amount", amount="", cause="nothing")
        errors = "".join(self._errors(page))
        self.assertIn("Please fill this in", errors)
        self.assertIn("Choose a cause", errors)
        self.assertIn("Gebroken.", page.text)
        foreign = [str(self.first.invoice_line_ids.id)]
        page = self._disputed(self.second, scope="lines", line=foreign)
        self.assertIn("at least one line", "".join(self._errors(page)))
        self.assertFalse(self.disputes.search([]))

    def test_files_are_chosen_again_when_a_form_comes_back(self):
        path, words = f"{ACCOUNT}/dispute?document={self.first.id}", "choose them again"
        self.assertNotIn(words, self._text(self.url_open(path)))
        page = self._disputed(
            self.first,
            text="",
            files=[("files", ("schade.jpg", PHOTO, "image/jpeg"))],
        )
        self.assertEqual(page.status_code, 422)
        self.assertIn(words, self._text(page))

    def test_more_than_the_invoice_cannot_be_disputed_in_several_goes(self):
        self._disputed(self.first, scope="amount", amount="600")
        opened = self.url_open(f"{ACCOUNT}/dispute?document={self.first.id}")
        self.assertNotIn('name="scope"', opened.text)
        page = self._second_dispute(scope="amount", amount="1", text="Meer")
        self.assertEqual(page.status_code, 422)
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        for one in (opened, page):
            self.assertIn("There is already a dispute", self._text(one))
            self.assertIn(f'href="{ACCOUNT}/requests/dispute/{dispute.id}"', one.text)
        self.assertNotIn("other dispute first", self._text(page))
        self.assertEqual(self.receipts.search_count([]), 1)
        self._send(f"{ACCOUNT}/requests/dispute/{dispute.id}", text="Meer")
        self.assertEqual(self.receipts.search_count([]), 2)

    def _second_dispute(self, **values):
        """What a form that was opened before the first dispute sends afterwards."""
        page = self.url_open(f"{ACCOUNT}/dispute?document={self.second.id}")
        action, data = self._filled(page, cause="price", **values)
        data["document"] = [str(self.first.id)]
        return self.url_open(action, data=data, method="POST")

    def test_a_second_dispute_takes_no_more_than_the_rest(self):
        self._disputed(self.first, scope="amount", amount="400")
        page = self.url_open(f"{ACCOUNT}/dispute?document={self.first.id}")
        self.assertIn("200.00", self._text(page))
        self.assertIn("There is already a dispute", self._text(page))
        page = self._disputed(self.first, scope="amount", amount="300", text="Meer")
        self.assertIn("more than €200.00", "".join(self._errors(page)))
        self._disputed(self.first, scope="invoice", text="De rest ook")
        found = self.disputes.search([("move_id", "=", self.first.id)], order="id")
        self.assertEqual(found.mapped("amount"), [400, 200])

    def test_the_thread_goes_both_ways_and_notes_stay_inside(self):
        self._disputed(self.first, scope="invoice")
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        dispute.with_user(self.collector).message_post(
            body="Welke doos?", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        dispute.with_user(self.collector).message_post(
            body="Niet geloven", subtype_xmlid="mail.mt_note"
        )
        path = f"{ACCOUNT}/requests/dispute/{dispute.id}"
        text = self._text(self.url_open(path))
        self.assertIn("Welke doos?", text)
        self.assertNotIn("Niet geloven", text)
        page = self._send(path, text="De <b>derde</b>", files=None)
        self.assertIn("Thank you, we received it", self._text(page))
        self.assertIn("De &lt;b&gt;derde&lt;/b&gt;", page.text)
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(set(case.mapped("state")), {"answered"})

    def test_the_outcome_and_its_reason_are_seen(self):
        self._disputed(self.first, scope="invoice")
        dispute = self.disputes.search([("move_id", "=", self.first.id)])
        dispute.with_user(self.collector).outcome = "Volgens de bon was alles heel."
        dispute.with_user(self.collector).action_reject()
        text = self._text(self.url_open(f"{ACCOUNT}/requests/dispute/{dispute.id}"))
        self.assertIn("not agreed", text)
        self.assertIn("Volgens de bon was alles heel.", text)

    def test_sent_twice_it_is_one_dispute_with_one_file(self):
        page = self.url_open(f"{ACCOUNT}/dispute?document={self.first.id}")
        action, data = self._filled(
            page, scope="invoice", cause="price", text="Te duur"
        )
        for _click in range(2):
            files = [("files", ("a.pdf", b"%PDF-1.7 x", "application/pdf"))]
            self.url_open(action, data=data, files=files)
        self.assertEqual(len(self.disputes.search([])), 1)
        files = self.env["ir.attachment"].sudo()
        self.assertEqual(files.search_count([("res_model", "=", "o2c.dispute")]), 1)

    # asking

    def test_a_question_waits_for_its_answer_and_the_answer_is_seen(self):
        page = self._send(
            f"{ACCOUNT}/question?document={self.first.id}", text="Wat is dit?"
        )
        question = self.questions.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((question.text, question.source), ("Wat is dit?", "portal"))
        self.assertEqual(question.move_ids, self.first)
        self.assertIn("We received your question", self._text(page))
        self.assertEqual(self._judged(self.first), "question")
        question.with_user(self.collector).answer = "<p>Een oven.</p>"
        question.with_user(self.collector).action_send()
        text = self._text(self.url_open(f"{ACCOUNT}/requests/question/{question.id}"))
        self.assertIn("answered", text)
        self.assertIn("Een oven.", text)
        self._send(f"{ACCOUNT}/requests/question/{question.id}", text="Welke oven?")
        self.assertEqual(question.state, "open")

    def test_a_question_about_nothing_in_particular(self):
        self._send(f"{ACCOUNT}/question", text="Hoe heet u?")
        question = self.questions.search([("partner_id", "=", self.sme.id)])
        self.assertFalse(question.move_ids)
        page = self._send(f"{ACCOUNT}/question", text="  ")
        self.assertIn("Please fill this in", "".join(self._errors(page)))

    def test_what_a_person_sent_is_in_the_data_that_he_can_take_along(self):
        self._send(f"{ACCOUNT}/question", text="Hoe heet u?")
        found = self.url_open(f"{ACCOUNT}/my-data").json()
        (form,) = found["forms_sent"]
        self.assertEqual((form["kind"], form["proof"]), ("question", "login"))
        self.assertEqual(found["codes_mailed"], [])

    def test_what_a_colleague_wrote_down_stays_inside(self):
        for kind, source in (("note", "portal"), ("question", "call")):
            self.questions._ask(
                self.sme, self.first, "Klinkt boos", source=source, kind=kind
            )
        text = self._text(self.url_open(f"{ACCOUNT}/requests"))
        self.assertNotIn("Klinkt boos", text)

    def test_the_page_of_an_invoice_shows_what_was_said_about_it(self):
        self._disputed(self.first, scope="invoice")
        text = self._text(self.url_open(f"{ACCOUNT}/document/{self.first.id}"))
        self.assertIn("we look into it", text)
        text = self._text(self.url_open(f"{ACCOUNT}/document/{self.second.id}"))
        self.assertNotIn("we look into it", text)
        self.assertIn("Something is wrong", text)
