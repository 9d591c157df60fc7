"""Calls and next actions: everything ends in a next day, or in a closed case."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .work_common import WorkCommon


@tagged("post_install", "-at_install")
class TestWorkAction(WorkCommon):
    def setUp(self):
        super().setUp()
        self.case = self._case()
        self.mine = self.case.with_user(self.ann)

    def _calls(self):
        return self.env["o2c.call.result"].search([("case_id", "=", self.case.id)])

    def test_a_call_is_logged_with_the_day_that_was_chosen(self):
        with self._at():
            done = self.mine.log_call("reached", "Belt terug", "2026-03-12", "Bellen")
        call = self._calls()
        self.assertEqual(done["next_date"], "2026-03-12")
        self.assertEqual((call.result, call.note), ("reached", "Belt terug"))
        self.assertEqual((call.user_id, call.date), (self.ann, self.today))
        self.assertEqual(call.next_date, fields.Date.to_date("2026-03-12"))
        self.assertEqual(self.case.next_action, "Bellen")

    def test_without_a_day_the_usual_one_of_the_result_is_taken(self):
        with self._at():  # a Wednesday
            self.mine.log_call("not_reached")
            self.assertEqual(str(self.case.next_action_date), "2026-03-05")
            self.mine.log_call("wrong_number")  # three days on is a Saturday
            self.assertEqual(str(self.case.next_action_date), "2026-03-09")
            self.mine.log_call("other")
            self.assertEqual(str(self.case.next_action_date), "2026-03-11")

    def test_a_next_action_without_a_day_is_refused_with_what_to_do(self):
        with self._at():
            with self.assertRaisesRegex(UserError, "Choose the day"):
                self.mine.plan_next(None, "Ooit")
            with self.assertRaisesRegex(UserError, "behind us"):
                self.mine.plan_next("2026-03-03")
            self.mine.plan_next("2026-03-04", "Vandaag nog")
        self.assertEqual(str(self.case.next_action_date), "2026-03-04")

    def test_will_pay_makes_the_promise_and_comes_back_after_it(self):
        with self._at():
            with self.assertRaisesRegex(UserError, "When will he pay"):
                self.mine.log_call("will_pay")
            self.mine.log_call("will_pay", "Vrijdag", promise_date="2026-03-06")
        promise = self.case.promise_ids
        self.assertEqual((promise.amount, promise.source), (1000, "call"))
        self.assertEqual(promise.create_uid, self.ann)
        # grace of two days ends on Sunday the 8th; the working day after it
        self.assertEqual(str(promise.until), "2026-03-08")
        self.assertEqual(str(self.case.next_action_date), "2026-03-09")

    def test_a_conversation_is_the_call_that_the_ladder_asked_for(self):
        self.standard.step_ids[0].channel = "call"
        self.case.partner_id.phone = "+31 30 765 43 21"
        self.case.partner_id.o2c_dunning_ladder_id = self.standard
        self._nightly("2026-03-04")
        self.case.notice_ids.sudo().write({"state": "approved"})
        self._deliver("2026-03-04")
        notice = self.case.notice_ids
        self.assertEqual((notice.channel, notice.state), ("call", "queued"))
        with self._at():
            self.mine.log_call("not_reached")
            self.assertEqual(notice.state, "queued")
            self.mine.log_call("reached")
        self.assertEqual(notice.state, "sent")
        self.assertEqual(self._calls()[0].notice_id, notice)

    def test_a_wrong_number_asks_for_another_one(self):
        with self._at():
            self.mine.log_call("wrong_number", "Is van een kapper")
        tasks = self.env["o2c.contact.task"].search(
            [("partner_id", "=", self.case.partner_id.id)]
        )
        self.assertIn("kapper", "".join(tasks.problem_ids.mapped("note")))

    def test_calls_in_vain_weigh_down_and_a_conversation_lets_rest(self):
        with self._at():
            self.mine.log_call("not_reached")
            self.mine.log_call("not_reached")
            self._settle()
            self.assertEqual(self.case.work_rank, 526.5)  # 650 x 0.9 x 0.9
            self.mine.log_call("reached")
            self._settle()
        self.assertEqual(self.case.work_rank, 130)  # 650 x 0.2

    def test_a_logged_call_is_never_rewritten(self):
        with self._at():
            self.mine.log_call("reached", "Belooft niets")
        call = self._calls()
        with self.assertRaises(UserError):
            call.with_user(self.ann).write({"note": "Belooft alles"})
        with self.assertRaises(UserError):
            call.sudo().write({"note": "Belooft alles"})
        with self.assertRaises(UserError):
            call.sudo().unlink()
        with self.assertRaises(AccessError):
            call.with_user(self.ann).create(
                {
                    "case_id": self.case.id,
                    "user_id": self.bob.id,
                    "date": self.today,
                    "result": "reached",
                }
            )

    def test_a_dialog_that_was_used_moves_on_and_one_that_was_closed_does_not(self):
        with self._at():
            stamp = self.mine._work_stamp()
            self.assertFalse(self.mine.after_work(stamp)["done"])
            self.assertFalse(self.case.next_action_date)
            self.env["o2c.dispute"].with_user(self.ann).create(
                {
                    "move_id": self.case.open_line_ids.move_id.id,
                    "cause": "price",
                    "amount": self.case.amount_due,
                    "deadline": "2026-03-13",
                }
            )
            after = self.mine.after_work(stamp)
        self.assertTrue(after["done"])
        self.assertEqual(after["next_date"], "2026-03-16")

    def test_a_dispute_about_half_leaves_the_other_half_on_its_own_day(self):
        with self._at():
            usual = self.mine._usual_day("other", self.today)
            stamp = self.mine._work_stamp()
            dispute = (
                self.env["o2c.dispute"]
                .with_user(self.ann)
                .create(
                    {
                        "move_id": self.case.open_line_ids.move_id.id,
                        "cause": "price",
                        "amount": self.case.amount_due / 2,
                        "deadline": "2026-03-27",
                    }
                )
            )
            after = self.mine.after_work(stamp)
            self.assertEqual(after["next_date"], usual.isoformat())
            self.assertLess(usual.isoformat(), "2026-03-27")
            # the other half is paid: what is left waits for the answer
            move = dispute.move_id
            self._pay(move, move.amount_residual / 2, date="2026-03-04")
            self.assertEqual(
                self.mine._usual_day("other", self.today).isoformat(), "2026-03-30"
            )

    def test_a_pause_comes_back_when_it_is_over(self):
        with self._at():
            stamp = self.mine._work_stamp()
            self.mine._pause(fields.Date.to_date("2026-03-19"), "Verhuizing")
            after = self.mine.after_work(stamp)
        self.assertEqual(after["next_date"], "2026-03-20")

    def test_an_answer_that_was_read_gets_a_day_too(self):
        self.case.state = "answered"
        with self._at():
            self.mine.read_answer()
        self.assertEqual(self.case.state, "open")
        self.assertTrue(self.case.next_action_date)

    def test_a_closed_case_is_not_worked(self):
        self.case.sudo().state = "closed"
        with self.assertRaisesRegex(UserError, "closed"):
            self.mine.log_call("reached")
        with self.assertRaisesRegex(UserError, "closed"):
            self.mine.plan_next("2030-01-01")

    def test_nobody_but_a_collector_works_a_case(self):
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.case.with_user(seller).log_call("reached")
        with self.assertRaises(AccessError):
            self._list(seller)
        with self.assertRaises(AccessError):
            self.case.with_user(seller).get_work_case()

    def test_only_buttons_that_are_there_are_offered_and_run(self):
        with self._at():
            names = [button["name"] for button in self.mine._work_buttons()]
            for name in names:
                self.assertTrue(hasattr(self.mine, name))
            self.assertIn("action_promise", names)
            self.assertEqual(
                self.mine.run_work_button("action_promise")["res_model"],
                "o2c.payment.promise",
            )
            self.assertFalse(self.mine.run_work_button("unlink"))
            self.assertFalse(self.mine.run_work_button("action_read_answer"))
        self.assertTrue(self.case.exists())

    def test_questions_and_plans_are_in_the_line_of_time_and_in_the_next_day(self):
        with self._at():
            stamp = self.mine._work_stamp()
            question = self.env["o2c.question"].create(
                {
                    "name": "Welke levering?",
                    "case_id": self.case.id,
                    "partner_id": self.case.partner_id.id,
                    "company_id": self.company.id,
                }
            )
            after = self.mine.after_work(stamp)
            self.assertTrue(after["done"])
            self.assertGreater(after["next_date"], str(question.deadline))
            self.env["o2c.payment.plan"].sudo().create(
                {
                    "case_id": self.case.id,
                    "state": "running",
                    "move_ids": self.case.open_line_ids.move_id.ids,
                    "left": 1000,
                }
            )
            self._settle()
            self.env.invalidate_all()
            kinds = [event["kind"] for event in self.mine._work_timeline()]
        self.assertIn("question", kinds)
        self.assertIn("plan", kinds)
        self.assertEqual(self.case.work_rank, 65)  # waited for, as for a promise
