"""Reminding by hand: seen first, then written, never past what the verdict allows."""

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DunningCommon


class OnADay(DunningCommon):
    """Base class: today is a given day in the company."""

    def _at(self, day):
        self.patch(
            type(self.company),
            "_o2c_today",
            lambda company, now=None: fields.Date.to_date(day),
        )


@tagged("post_install", "-at_install")
class TestByHand(OnADay):
    def _wizard(self, records):
        action = (
            records.with_user(self.collector).action_o2c_remind_now()
            if records._name == "account.move"
            else records.with_user(self.collector).action_remind_now()
        )
        model = self.env["o2c.remind.now"].with_user(self.collector)
        return model.browse(action["res_id"])

    def test_the_preview_says_who_hears_what_and_who_does_not_and_why(self):
        self._at("2026-03-04")
        due = self._due(self.sme, 1000, "2026-03-01")
        blocked = self._due(self.sme, 500, "2026-03-01")
        blocked.no_followup = True
        wizard = self._wizard(due)
        lines = {line.move_id: line for line in wizard.line_ids}
        self.assertEqual(lines[due].reason, "remind")
        self.assertIn("day 3", lines[due].explanation)
        self.assertEqual(lines[blocked].reason, "no_followup")
        self.assertEqual((wizard.remind_count, wizard.item_count), (1, 1))
        self.assertFalse(self.notices.search([("partner_id", "=", self.sme.id)]))

    def test_in_a_weekend_the_preview_is_of_monday(self):
        self._due(self.sme, 1000, "2026-03-01")
        late = self._due(self.corporate, 700, "2026-03-07")
        verdicts = self.env["o2c.remind.verdict"].with_user(self.collector)
        self.standard.working_days = True
        self._at("2026-03-07")  # a Saturday
        self._nightly("2026-03-07", preview=True)
        before = self.sme.o2c_dunning_case_ids.amount_due
        action = verdicts.action_preview()
        self.assertEqual(action["name"], "Preview of Monday 9 March")
        shown = self.notices.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((shown.state, shown.amount), ("preview", 1000))
        self.assertEqual(shown.date, fields.Date.to_date("2026-03-09"))
        self.assertEqual(self.sme.o2c_dunning_case_ids.amount_due, before)
        self.assertEqual(self._verdict(late).reason, "step_later")
        self._at("2026-03-09")
        self.assertNotIn("9 March", verdicts.action_preview()["name"])

    def test_one_notice_per_customer_for_the_chosen_invoices_lists_everything(self):
        self._at("2026-03-04")
        chosen = self._due(self.sme, 1000, "2026-03-01")
        other = self._due(self.sme, 500, "2026-03-01")
        stranger = self._due(self.corporate, 70, "2026-03-01")
        wizard = self._wizard(chosen)
        wizard.action_write()
        notice = self.notices.search([("partner_id", "=", self.sme.id)])
        self.assertEqual((len(notice), notice.amount), (1, 1500))
        kinds = {line.move_id: line.kind for line in notice.line_ids}
        self.assertEqual(kinds, {chosen: "remind", other: "open"})
        self.assertEqual(notice.run_id.kind, "dunning_hand")
        self.assertEqual(notice.approved_by_id, self.collector)
        self.assertTrue(notice.approved_at)
        self.assertFalse(self.notices.search([("partner_id", "=", self.corporate.id)]))
        self.assertFalse(self._verdict(stranger))

    def test_the_nightly_run_still_comes_and_doubles_nothing(self):
        self._at("2026-03-04")
        chosen = self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 70, "2026-03-01")
        self._wizard(chosen).action_write()
        self._deliver("2026-03-04")
        run = self._nightly("2026-03-04")
        self.assertEqual(run.o2c_notice_ids.partner_id, self.corporate)
        self.assertEqual(self._verdict(chosen).reason, "step_later")

    def test_by_hand_twice_writes_once(self):
        self._at("2026-03-04")
        chosen = self._due(self.sme, 1000, "2026-03-01")
        first, second = self._wizard(chosen), self._wizard(chosen)
        first.action_write()
        second.action_write()
        self.assertEqual(
            self.notices.search_count([("partner_id", "=", self.sme.id)]), 1
        )

    def test_a_case_is_reminded_with_everything_it_has(self):
        self._at("2026-03-04")
        self._due(self.sme, 1000, "2026-03-01")
        new = self._due(self.sme, 500, "2026-03-01")
        case = self.cases._case_of(new)
        self._wizard(case).action_write()
        notice = self.notices.search([("partner_id", "=", self.sme.id)])
        self.assertEqual(set(notice.line_ids.mapped("kind")), {"remind"})
        self.assertEqual(notice.case_id, case)

    def test_the_step_is_not_taken_before_its_day(self):
        self._at("2026-03-02")
        early = self._due(self.sme, 1000, "2026-03-01")
        wizard = self._wizard(early)
        self.assertEqual(wizard.remind_count, 0)
        self.assertIn("03/04/2026", wizard.line_ids.explanation)

    def test_not_where_collecting_is_not_live_and_not_by_others(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        seller = self._user("hand_seller", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            invoice.with_user(seller).action_o2c_remind_now()
        self._switch("watch", "dunning")
        with self.assertRaisesRegex(UserError, "not live"):
            invoice.with_user(self.collector).action_o2c_remind_now()

    def test_not_in_a_company_where_one_does_not_work(self):
        other = self.setup_other_company(name="Tweede Test B.V.")["company"]
        self._switch("live", "dunning", company=other)
        wizard = self.env["o2c.remind.now"].create({"company_id": other.id})
        with self.assertRaisesRegex(AccessError, "do not work"):
            wizard.with_user(self.collector).action_write()

    def test_bills_and_mixed_companies_are_no_choice(self):
        refund = self._due(self.sme, 100, "2026-03-01", move_type="out_refund")
        with self.assertRaisesRegex(UserError, "invoices to customers"):
            refund.with_user(self.collector).action_o2c_remind_now()


@tagged("post_install", "-at_install")
class TestTomorrow(OnADay):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller = cls._user("tomorrow_seller", "sales_team.group_sale_salesman")
        cls.sme.user_id = cls.seller

    def setUp(self):
        super().setUp()
        self._at("2026-03-03")

    def _list(self):
        action = self.env["o2c.tomorrow"].with_user(self.seller).action_open()
        lines = self.env["o2c.tomorrow.line"].with_user(self.seller)
        return lines.search(action["domain"])

    def test_an_account_manager_sees_tomorrows_list_of_his_own_customers(self):
        mine = self._due(self.sme, 1000, "2026-03-01")
        self._due(self.corporate, 70, "2026-03-01")
        line = self._list()
        self.assertEqual((line.partner_id, line.amount), (self.sme, 1000))
        self.assertIn(mine.name, line.invoices)
        self.assertFalse(self._nightly("2026-03-03").o2c_notice_ids, "not today")

    def _pause(self, line, until="2026-03-10", reason="order is being signed"):
        wizards = self.env["o2c.tomorrow.pause"].with_user(self.seller)
        return wizards.create({"line_id": line.id, "until": until, "reason": reason})

    def test_he_may_pause_with_a_reason_that_the_collector_reads(self):
        invoice = self._due(self.sme, 1000, "2026-03-01")
        line = self._list()
        self._pause(line).action_apply()
        self.assertTrue(line.paused)
        self.assertFalse(self._nightly("2026-03-04").o2c_notice_ids)
        why = self._verdict(invoice).with_user(self.collector).explanation
        self.assertIn("order is being signed", why)
        self.assertIn(self.seller.name, why)
        self.assertTrue(self._nightly("2026-03-11").o2c_notice_ids)

    def test_on_friday_he_sees_monday_and_before_easter_tuesday(self):
        self._due(self.sme, 1000, "2026-03-01")
        for today, day in (
            ("2026-03-06", "Monday 9 March"),
            ("2026-04-02", "Tuesday 7 April"),
        ):
            with self.subTest(today):
                self._at(today)
                action = self.env["o2c.tomorrow"].with_user(self.seller).action_open()
                self.assertEqual(action["name"], f"Reminders on {day}")
                self.assertIn(day, action["help"])
                lines = self.env["o2c.tomorrow.line"].with_user(self.seller)
                lines = lines.search(action["domain"])
                self.assertEqual(lines.partner_id, self.sme)

    def test_an_empty_list_says_when_reminders_leave(self):
        model = self.env["o2c.tomorrow"].with_user(self.seller)
        self.assertIn("leave at once", model.action_open()["help"])
        self.company.write({"o2c_dunning_office_hours": True, "o2c_dunning_opens": 8.5})
        self.assertIn("from 8:30 o&#39;clock", model.action_open()["help"])
        self._switch("watch", "dunning")
        self.assertIn("goes live", model.action_open()["help"])

    def test_who_says_not_now_gets_an_answer_and_leaves_a_trace(self):
        self._due(self.sme, 1000, "2026-03-01")
        case = self.cases.search([("partner_id", "=", self.sme.id)])
        case = case or self.cases._case_of(
            self.env["account.move"].search([("partner_id", "=", self.sme.id)])
        )
        answer = self._pause(self._list()).action_apply()
        self.assertEqual(answer["tag"], "display_notification")
        for record in (case, self.sme):
            message = record.message_ids[:1]
            self.assertIn("03/10/2026", message.body)
            self.assertNotIn("signed", message.body, "why ends with the flag")
            self.assertEqual(message.author_id, self.seller.partner_id)
        self.assertIn("Left Alone", answer["params"]["message"])

    def test_not_longer_than_a_month_and_not_back_in_time(self):
        self._due(self.sme, 1000, "2026-03-01")
        line = self._list()
        for until in ("2026-03-02", "2026-04-03"):
            with self.assertRaisesRegex(UserError, "at most a month"):
                self._pause(line, until).action_apply()

    def test_not_the_customers_of_somebody_else(self):
        self._due(self.sme, 1000, "2026-03-01")
        line = self._list()
        line.sudo().partner_id = self.corporate
        with self.assertRaisesRegex(AccessError, "not your customer"):
            self._pause(line).action_apply()
        other = self._user("tomorrow_other", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            line.with_user(other).read(["amount"])

    def test_a_collector_without_customers_is_no_account_manager(self):
        with self.assertRaises(AccessError):
            self.env["o2c.tomorrow"].with_user(self.collector).action_open()

    def test_a_collected_company_only(self):
        self._switch("off", "dunning")
        with self.assertRaisesRegex(UserError, "off"):
            self._list()


@tagged("post_install", "-at_install")
class TestRunReport(DunningCommon):
    def test_a_run_counts_every_reason_and_shows_it(self):
        self._due(self.sme, 1000, "2026-03-01")
        self._due(self.sme, 250, "2026-03-20")
        blocked = self._due(self.corporate, 70, "2026-03-01")
        blocked.no_followup = True
        run = self._nightly("2026-03-04")
        figures = {
            one.reason: (one.items, one.customers, one.amount)
            for one in run.o2c_figure_ids
        }
        self.assertEqual(
            figures,
            {
                "remind": (1, 1, 1000),
                "not_due": (1, 1, 250),
                "no_followup": (1, 1, 70),
            },
        )
        report = run.with_user(self.collector).o2c_report
        for words in ("Will be reminded", "Excluded from follow-up", "1,000.00"):
            self.assertIn(words, report)

    def test_foreign_money_is_counted_in_company_currency(self):
        dollar = self.setup_other_currency("USD", rates=[("2020-01-01", 2.0)])
        self._due(self.sme, 1000, "2026-03-01", currency_id=dollar.id)
        run = self._nightly("2026-03-04")
        self.assertEqual(run.o2c_figure_ids.amount, 500)

    def test_the_same_run_counted_again_has_each_reason_once(self):
        self._due(self.sme, 1000, "2026-03-01")
        run = self._nightly("2026-03-04")
        figures = self.env["o2c.run.figure"].sudo()
        figures._write_figures(run, self.company, [])
        accounts = self.cases._open_accounts(self.company, run.date)
        figures._write_figures(run, self.company, [(accounts[0], None)] * 2)
        counted = {one.reason: one.items for one in run.o2c_figure_ids}
        self.assertEqual(counted, {"remind": 1, "failed": 2})

    def test_a_hand_over_step_writes_nothing_and_other_invoices_go_on(self):
        first, second = self.standard.step_ids.sorted("days")[:2]
        second.kind = "handover"
        old = self._due(self.sme, 1000, "2026-03-01")
        self._remind("2026-03-04")
        new = self._due(self.sme, 500, "2026-03-15")
        proposed = []
        self.patch(
            type(self.cases),
            "_propose_handover",
            lambda cases, run, company, today, pairs: proposed.extend(pairs),
        )
        notice = self._nightly("2026-03-18").o2c_notice_ids
        self.assertEqual(notice.step_days, first.days)
        kinds = {line.move_id: line.kind for line in notice.line_ids}
        self.assertEqual(kinds, {old: "open", new: "remind"})
        self.assertEqual(notice.amount, 1500)
        self.assertEqual(self._verdict(old).reason, "hand_over")
        (pair,) = proposed
        self.assertEqual(pair[0].partner_id, self.sme.id)
        self.assertEqual([v.item.key.move_id for v in pair[1]], old.ids)
