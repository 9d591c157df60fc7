"""Around handing over: what is away, who is told to wait, who may be chosen."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .collection_common import CollectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-01 09:00:00")
class TestHandOverFacts(CollectionCommon):
    def test_what_is_with_the_agency_is_no_work_for_today(self):
        file = self._handed_over()
        case = file.case_id.with_user(self.collector)
        today = self.company._o2c_today()
        self.assertEqual(case._cases_away(self.company, today), case.ids)
        board = case.with_company(self.company).get_work_list("all")
        self.assertNotIn(case.id, [row["id"] for row in board["rows"]])
        card = case.get_work_case()
        self.assertIn("Incasso Proef since 06/01/2026", card["away"])
        verdict = card["items"][0]["verdict"]
        self.assertEqual(verdict, "Handed over for collection")
        self._due(self.sme, 50, "2026-04-01")
        self.assertFalse(case._cases_away(self.company, today))

    def test_after_it_left_the_case_says_so_and_asks_before_a_plan(self):
        case = self._case()
        case.write({"next_action": "Call", "next_action_date": "2026-06-01"})
        self.env["o2c.payment.promise"]._promise(
            self.invoices, self.company._o2c_today(), 1000, "call"
        ).sudo().write({"state": "broken", "settled_on": "2026-05-01"})
        self._handed_over(case)
        case = case.with_user(self.collector)
        self.assertFalse(case.next_action)
        self.assertIn("Incasso Proef since", case.warning_text)
        self.assertFalse(case._work_rows(self.company._o2c_today())[0]["broken"])
        card = case.get_work_case()
        self.assertIn("Incasso Proef", card["script"]["text"][0])
        asks = {one["name"]: one["ask"] for one in card["buttons"]}
        self.assertIn("Incasso Proef", asks["action_plan"])
        self.assertFalse(asks["action_question"])
        self.assertIn("Incasso Proef", case.action_promise()["name"])
        self.assertIn("Incasso Proef", case.action_plan()["name"])

    def test_a_vulnerable_customer_is_seen_first_and_asked_about(self):
        case = self._case().with_user(self.collector)
        self.assertFalse(case.vulnerable)
        self.env["o2c.debtor.flag"].create(
            {
                "partner_id": case.partner_id.id,
                "company_id": self.company.id,
                "kind": "vulnerable",
                "reason": "Debt counselling",
            }
        )
        case.invalidate_recordset()
        self.assertTrue(case.vulnerable)
        self.assertIn("Debt counselling", case.warning_text)
        card = case.get_work_case()
        self.assertIn("Debt counselling", card["vulnerable"])
        asks = {one["name"]: one["ask"] for one in card["buttons"]}
        self.assertIn("Debt counselling", asks["action_handover"])
        new = self.env["o2c.debtor.flag"].new({})
        self.assertNotIn("False", new.display_name)

    def test_an_unconfirmed_rate_takes_no_collection_cost_away(self):
        file = self._file()
        cost = file.cost
        self.assertGreater(cost, 0)
        rates = self.env["o2c.interest.rate"].with_context(active_test=False)
        rates.search([]).certainty = "uncertain"
        figures = file.sudo()._figures(self.company._o2c_today())
        self.assertFalse(figures.certain)
        self.assertEqual(float(figures.cost), cost)

    def test_file_cover_and_statement_name_one_figure_when_a_rate_is_unknown(self):
        file = self._file(self._case(self.sme, "2025-08-01"))
        rates = self.env["o2c.interest.rate"].with_context(active_test=False)
        rates.search([("start", ">=", "2026-01-01")]).certainty = "uncertain"
        file = file.sudo()
        today = self.company._o2c_today()
        file._calculate(today)
        self.assertEqual(str(file.calculated_on), "2025-12-31")
        self.assertEqual(file.counted_on, today)
        self.assertGreater(file.cost, 0)
        cover = file._figures(file.counted_on)
        self.assertEqual(
            (float(cover.interest), float(cover.cost)), (file.interest, file.cost)
        )
        action = self.env["o2c.claim.estimate"]._open(
            file.item_ids.move_id,
            file.counted_on,
            file.case_id,
            interest_until=file.calculated_on,
        )
        statement = self.env["o2c.claim.estimate"].browse(action["res_id"])
        self.assertEqual(
            (statement.interest, statement.cost, statement.total),
            (file.interest, file.cost, file.total),
        )
        self.assertTrue(statement.certain)
        content = file._calculation_content()[0].decode()
        self.assertIn("is not known yet", content)

    def test_a_letter_that_is_under_way_is_waited_for(self):
        file = self._file()
        self.assertFalse(file.objection_text)
        with self.mock_datetime_and_now("2026-05-01 09:00:00"):
            plan = (
                self.env["o2c.payment.plan"]
                .with_user(self.collector)
                ._propose(self.invoices, count=2, start_date=self.company._o2c_today())
            )
            plan.action_start()
        plan.sudo()._break(self.company._o2c_today())
        letters = plan.sudo().letter_ids.filtered(lambda one: one.kind == "plan_broken")
        (plan.sudo().letter_ids - letters).write({"state": "sent"})
        file.invalidate_recordset()
        self.assertIn(letters.subject, file.objection_text)
        with self.assertRaisesRegex(UserError, "on its way"):
            file.action_prepare()
        letters.write({"state": "sent", "sent_at": "2026-06-01 08:00:00"})
        file.invalidate_recordset()
        self.assertIn(letters.subject, file.objection_text, "it says: call us today")
        letters.write({"sent_at": "2026-05-29 08:00:00"})
        file.invalidate_recordset()
        self.assertFalse(file.objection_text)

    def test_a_call_that_waits_is_stopped_and_a_reminder_in_the_queue_is_named(self):
        file = self._ready()
        mail = self.notices.create(
            {
                "case_id": file.case_id.id,
                "partner_id": file.partner_id.id,
                "company_id": self.company.id,
                "currency_id": file.currency_id.id,
                "date": "2026-06-01",
                "channel": "email",
                "state": "queued",
                "subject": "Second reminder",
            }
        )
        with self.assertRaisesRegex(UserError, "Second reminder"):
            file.with_user(self.manager).action_hand_over()
        call = mail.copy({"channel": "call", "state": "queued"})
        mail.state = "bounced"
        file.with_user(self.manager).action_hand_over()
        self.assertEqual(call.state, "withdrawn")

    def test_who_was_told_to_pay_by_a_day_has_that_day(self):
        file = self._file(self._case())
        notice = self._remind("2026-06-01")
        self.assertGreater(notice.pay_by, self.company._o2c_today())
        file.invalidate_recordset(["objection_text"])
        self.assertIn("asks to pay by", file.objection_text)
        with self.assertRaisesRegex(UserError, "asks to pay by"):
            file.action_prepare()

    def test_a_manager_without_contacts_adds_an_agency(self):
        agencies = self.env["o2c.collection.agency"]
        values = {
            "new_name": "Deurwaarder Proef",
            "new_email": "post@deurwaarder.example",
            "new_phone": "+31 20 1234567",
        }
        agency = agencies.with_user(self.manager).create(values)
        self.assertEqual(agency.partner_id.sudo().name, "Deurwaarder Proef")
        self.assertEqual(agency.email, "post@deurwaarder.example")
        with self.assertRaises(AccessError):
            agencies.with_user(self.collector).create(values)
        with self.assertRaisesRegex(UserError, "name"):
            agencies.with_user(self.manager).create({"new_phone": "1"})
