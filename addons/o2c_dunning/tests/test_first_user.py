"""What the first collector stumbled over stays mended."""

from datetime import date, datetime

from odoo.tests import tagged

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestFirstUser(WorkCommon):
    def test_the_script_says_what_is_owed_today(self):
        first = self._due(self.sme, 100, "2026-03-01")
        self._nightly("2026-03-04")
        self._deliver("2026-03-04")
        second = self._due(self.sme, 250, "2026-03-10")
        case = self.cases._case_of(first)
        with self._at("2026-03-21"):
            script = case.with_user(self.ann).get_work_case()["script"]
        text = " ".join(script["text"])
        self.assertIn("350.00", text)
        self.assertIn(second.name, text)
        with self._at("2026-03-21"):
            self.env["o2c.dispute"]._dispute(second, 50, "other", source="call")
            script = case.with_user(self.ann).get_work_case()["script"]
        self.assertIn("300.00", " ".join(script["text"]))

    def test_the_script_quotes_the_day_of_the_letter_that_left(self):
        invoice = self._due(self.sme, 100, "2026-03-01")
        texts = self.env["o2c.notice.text"].search([])
        texts.script = "Open is {total}. We asked you to pay by {pay_by}. Will you?"
        call = self._nightly("2026-03-04").o2c_notice_ids
        case = self.cases._case_of(invoice)
        call.write({"channel": "call", "state": "queued"})

        def script():
            with self._at("2026-03-09"):
                card = case.with_user(self.ann).get_work_case()
            return " ".join(card["script"]["text"])

        said = script()
        self.assertIn("100.00", said)
        self.assertNotIn("We asked you", said, "nothing was sent yet")
        self.assertIn("Will you?", said)
        call.copy(
            {
                "run_id": False,
                "channel": "email",
                "state": "sent",
                "sent_on": "2026-03-04",
                "sent_at": "2026-03-04 09:00:00",
                "pay_by": "2026-03-11",
            }
        )
        self.assertIn("pay by 11 March 2026", script())

    def test_the_limit_adds_up_on_the_card(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        case = self.cases._case_of(invoice)
        self.env["o2c.customer.snapshot"].sudo().create(
            {
                "partner_id": self.sme.id,
                "company_id": self.company.id,
                "as_of": date(2026, 3, 8),
                "receivables": 1000,
                "exposure": 2700,
                "limit_kind": "amount",
                "effective_limit": 2500,
                "over_limit": 200,
            }
        )
        rows = case.with_user(self.ann)._work_figures()["rows"]
        shown = {row["label"]: row["value"] for row in rows}
        self.assertIn("1,000", shown["All receivables on 8 Mar"])
        self.assertIn("1,700", shown["Orders, drafts and credits"])
        self.assertIn("2,500", shown["Credit limit"])
        self.assertIn("200", shown["Over the limit"])

    def test_u_resumes_what_is_on_pause(self):
        case = self.cases._case_of(self._due(self.sme, 100, "2026-03-01"))
        case = case.with_user(self.ann)
        keys = {one["hotkey"]: one["name"] for one in case._work_buttons()}
        self.assertEqual(keys["u"], "action_pause")
        case._pause(date(2026, 3, 31), "Holiday")
        keys = {one["hotkey"]: one["name"] for one in case._work_buttons()}
        self.assertEqual(keys["u"], "action_resume")
        case.run_work_button("action_resume")
        self.assertEqual(case.state, "open")

    def test_never_more_in_dispute_than_is_open(self):
        invoice = self._due(self.sme, 100, "2026-03-01")
        later = self._due(self.sme, 70, "2026-06-01")
        disputes = self.env["o2c.dispute"]
        with self._at("2026-03-05"):
            for move in (invoice, later):
                disputes._dispute(move, 0, "other", source="call")
            self._pay(invoice, 40, date="2026-03-05")
            case = self.cases._case_of(invoice)
            found = case._disputed_amounts(self.company, invoice.ids)
            self.assertEqual(found, {invoice.id: 60})
            case.amount_due = 60
            facts = case._rank_disputed(self.company, date(2026, 3, 5))
            self.assertEqual([float(one) for one in facts.values()], [60])
            items = case.with_user(self.ann).get_work_case()["items"]
            self.assertIn("60.00", items[0]["disputed"])

    def test_today_and_the_list_count_the_same(self):
        for partner in (self.sme, self.corporate):
            self._due(partner, 100, "2026-03-01")
        self._nightly("2026-03-04")
        with self._at("2026-03-05"):
            cases = self.cases.with_user(self.ann).with_company(self.company)
            board = cases.get_work_list()
            due = next(one for one in board["filters"] if one["key"] == "due")
            card = (
                self.env["o2c.today"]
                .with_user(self.ann)
                ._work_card(self.company, date(2026, 3, 5))
            )
        self.assertTrue(due["count"])
        self.assertEqual(card["value"], str(due["count"]))

    def test_the_filter_finds_who_has_the_badge(self):
        case = self.cases._case_of(self._due(self.sme, 100, "2026-03-01"))
        with self._at("2026-03-05"):
            plan = (
                self.env["o2c.payment.plan"]
                .with_user(self.ann)
                ._propose(
                    case.open_line_ids.move_id, count=2, start_date=date(2026, 3, 5)
                )
            )
            plan.action_start()
        plan.sudo().state = "broken"
        self.assertIn(case.id, case._cases_broken(self.company))

    def test_a_dispute_made_by_mistake_counts_as_never_raised(self):
        invoice = self._due(self.sme, 100, "2026-03-01")
        day = date(2026, 3, 6)
        with self._at("2026-03-05"):
            dispute = (
                self.env["o2c.dispute"]
                ._dispute(invoice, 100, "other", source="call")
                .with_user(self.ann)
            )
            self.assertTrue(invoice._o2c_disputed_amounts(day))
            dispute.action_withdraw()
        self.assertEqual(dispute.state, "withdrawn")
        self.assertFalse(dispute.sudo().letter_ids)
        self.assertFalse(invoice._o2c_disputed_amounts(day))
        dispute.action_reopen()
        self.assertTrue(invoice._o2c_disputed_amounts(day))
        dispute.outcome = "Delivered"
        for count in (1, 2):
            dispute.action_reject()
            dispute.invalidate_recordset()
            self.assertEqual(len(dispute.sudo().letter_ids), count)
            dispute.action_reopen()

    def test_nothing_is_asked_on_a_night_without_a_message(self):
        invoice = self._due(self.sme, 100, "2026-03-01")
        self._nightly("2026-03-04")
        self.assertEqual(self._verdict(invoice).amount_asked, 100)
        self._deliver("2026-03-04")
        self._nightly("2026-03-05")
        verdict = self._verdict(invoice)
        self.assertNotEqual(verdict.reason, "remind")
        self.assertEqual(verdict.amount_asked, 0)

    def test_a_second_dispute_proposes_the_rest_and_says_so(self):
        invoice = self._due(self.sme, 100, "2026-03-01")
        first = self.env["o2c.dispute"]._dispute(invoice, 30, "other", source="call")
        self.assertFalse(first.others_words)
        second = self.env["o2c.dispute"].new({"move_id": invoice.id})
        self.assertEqual(second.amount, 70)
        self.assertIn("30.00", second.others_words)
        self.assertIn(invoice.name, second.others_words)
        first.outcome = "Delivered."
        first.with_user(self.ann).action_reject()
        third = self.env["o2c.dispute"].new({"move_id": invoice.id})
        self.assertEqual(third.amount, 100)
        self.assertFalse(third.others_words)

    def test_a_fully_disputed_customer_waits_for_the_decision(self):
        case = self._case("Oneens B.V.", 100)
        case.user_id = self.ann
        invoice = case.open_line_ids.move_id
        with self._at():
            self.env["o2c.dispute"]._dispute(invoice, 40, "other", source="call")
            self.assertIn("Oneens B.V.", self._names(self._list(shown="due")))
            rest = self.env["o2c.dispute"]._dispute(invoice, 60, "other", source="call")
            self.assertNotIn("Oneens B.V.", self._names(self._list(shown="due")))
            self.assertIn("Oneens B.V.", self._names(self._list(shown="everything")))
            rest.deadline = date(2026, 3, 3)
            self.assertIn("Oneens B.V.", self._names(self._list(shown="due")))

    def test_an_approved_reminder_says_when_it_leaves(self):
        self.company.o2c_dunning_office_hours = True
        self._due(self.sme, 100, "2026-03-04")
        notice = self._nightly("2026-03-07").o2c_notice_ids
        self.assertEqual(notice.state, "approved")
        # Saturday: it leaves on Monday, by the clock of the company
        with self.mock_datetime_and_now(datetime(2026, 3, 7, 11)):
            notice.invalidate_recordset(["leaves_words"])
            self.assertIn("Monday 9 March 08:00", notice.leaves_words)
        with self.mock_datetime_and_now(datetime(2026, 3, 9, 9)):
            notice.invalidate_recordset(["leaves_words"])
            self.assertEqual(notice.leaves_words, "leaves within minutes")

    def test_one_reminder_is_not_said_as_several(self):
        wizard = self.env["o2c.remind.now"].new({"company_id": self.company.id})
        self.assertEqual(wizard.what_words, "0 reminders for 0 items.")
        self._due(self.sme, 100, "2026-03-01")
        with self._at():
            action = self.env["o2c.remind.now"]._open_for(self.company, self.sme)
        wizard = self.env["o2c.remind.now"].browse(action["res_id"])
        self.assertEqual(wizard.what_words, "1 reminder for 1 item.")
