"""The past under other rules, against a customer worked out by hand."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .what_if_common import WhatIfCommon


@tagged("post_install", "-at_install")
class TestWhatIf(WhatIfCommon):
    """What each kind of rule does."""

    def test_the_second_order_waits_for_the_money_of_the_first(self):
        study = self._study({"limit_change": "amount", "limit_amount": 1300})
        study.action_replay()
        now, higher = self._of(study, 0), self._of(study, 1)
        self.assertEqual((now.order_count, now.ordered), (2, 1300))
        self.assertEqual((now.held_count, now.held_amount), (1, 600))
        self.assertEqual((now.passed_count, now.waited_days), (1, 14))
        self.assertEqual((now.person_count, now.came), (0, 700))
        # 700 for 21 of 31 days, and 600 from the 26th, six days
        self.assertAlmostEqual(now.owed, (700 * 21 + 600 * 6) / 31, 2)
        self.assertAlmostEqual(now.cost, now.owed * 0.1 * 31 / 365, 2)
        self.assertEqual(now.days_to_pay, 21)
        self.assertEqual((higher.held_count, higher.came), (0, 1300))
        # 700 x 21 days and 600 x 18 days
        self.assertAlmostEqual(higher.days_to_pay, (700 * 21 + 600 * 18) / 1300, 1)
        held = self.env["o2c.what.if.held"].search([("study_id", "=", study.id)])
        self.assertEqual(held.order_id, self.second)
        self.assertEqual((held.outcome, held.days), ("money", 14))
        self.assertIn("Scenario 1", study.comparison)

    def test_terms_reminders_and_advances(self):
        study = self._study(
            {"change_term": True, "term_days": 15},
            {"change_up_front": True, "up_front": 50, "limit_change": "amount"}
            | {"limit_amount": 5000},
            {"limit_change": "factor", "limit_percent": 50},
        )
        study.action_replay()
        # due on the 18th instead of the 28th, paid ten days sooner: on the 14th
        self.assertEqual(self._of(study, 1).waited_days, 4)
        # half of both orders on their days, and the other half as it was paid
        self.assertEqual(self._of(study, 2).held_count, 0)
        self.assertEqual(self._of(study, 2).came, 1300)
        weeks = self.env["o2c.what.if.week"].search(
            [
                ("study_id", "=", study.id),
                ("scenario_id", "=", study.scenario_ids[1].id),
                ("week", "=", "2026-03-02"),
            ]
        )
        self.assertEqual((weeks.came, weeks.owed), (350, 350))
        # 500 is too little for either of them
        never = self._of(study, 3)
        self.assertEqual((never.person_count, never.person_amount), (2, 1300))
        self.assertEqual((never.owed, never.came), (0, 0))
        self.assertFalse(never.days_to_pay)

    def test_a_person_lets_go_what_waits(self):
        study = self._study(
            {"limit_change": "amount", "limit_amount": 500},
            released=True,
            release_days=2,
        )
        study.action_replay()
        now, lower = self._of(study, 0), self._of(study, 1)
        self.assertEqual((now.person_count, lower.person_count), (1, 2))
        # paid two days later, on the 26th of March and the 1st of April
        self.assertEqual((now.came, lower.came), (700, 700))
        self.assertEqual(lower.days_to_pay, 21)
        held = self.env["o2c.what.if.held"].search([("study_id", "=", study.id)])
        self.assertEqual(set(held.mapped("outcome")), {"person"})
        self.assertEqual(set(held.mapped("days")), {2})

    def test_the_most_specific_line_counts(self):
        study = self._study({"limit_change": "amount", "limit_amount": 1})
        scenario = study.scenario_ids
        scenario.rule_ids = [
            Command.create(
                {
                    "segment_id": self.sme.o2c_segment_id.id,
                    "limit_change": "amount",
                    "limit_amount": 1300,
                }
            )
        ]
        study.action_replay()
        self.assertEqual(self._of(study, 1).held_count, 0)
        with self.assertRaises(ValidationError):
            scenario.rule_ids = [Command.create({"grade": False})]

    def test_again_it_says_the_same_and_nothing_else_is_written(self):
        study = self._study({"limit_change": "factor", "limit_percent": 80})
        books = "account.move", "sale.order", "o2c.risk.profile", "o2c.credit.hold"
        before = [
            self.env[model].sudo().search([]).mapped("write_date") for model in books
        ]
        study.action_replay()
        told = study.result_ids.mapped(lambda one: (one.rules, one.owed, one.came))
        study.action_replay()
        self.assertEqual(
            study.result_ids.mapped(lambda one: (one.rules, one.owed, one.came)), told
        )
        self.assertEqual(
            [self.env[model].sudo().search([]).mapped("write_date") for model in books],
            before,
        )

    def test_a_line_says_for_whom_it_is_and_what_is_different(self):
        study = self._study(
            {"limit_change": "factor", "limit_percent": 80},
            {"grade": "D", "change_term": True, "term_days": 14},
        )
        all_of_them, some = study.scenario_ids.rule_ids
        self.assertEqual(
            (all_of_them.who, all_of_them.what), ("Everybody", "limit × 80 %")
        )
        self.assertEqual(some.display_name, "D: 14 days to pay")

    def test_the_picture_has_a_scale_of_round_amounts_and_months(self):
        """1,300 owed at most: lines at 0, 500, 1,000 and 1,500."""
        study = self._study(
            {"limit_change": "amount", "limit_amount": 1300}, date_to="2026-05-31"
        )
        study.action_replay()
        weeks = self.env["o2c.what.if.week"].search([("study_id", "=", study.id)])
        self.assertEqual(max(weeks.mapped("owed")), 1300)
        picture = study._picture(study._columns())
        self.assertEqual(
            [one["top"] for one in picture["amounts"]], [1000, 666.7, 333.3, 0]
        )
        self.assertIn("1,500", picture["amounts"][-1]["text"])
        self.assertEqual(
            [(one["text"], one["always"]) for one in picture["months"]],
            [("Feb 26", True), ("Mar 26", False), ("Apr 26", False), ("May 26", True)],
        )
        # a month of one week makes room for the next one
        days = [date(2026, 2, 23) + timedelta(days=7 * week) for week in range(30)]
        months = study._months_below(days, 1000 / 29)
        self.assertEqual(months[0]["text"], "Mar 26")
        # a point per week; the highest is 1,300 of 1,500
        points = picture["lines"][1]["points"].split()
        self.assertEqual(len(points), len(set(weeks.mapped("week"))))
        self.assertEqual(min(float(one.split(",")[1]) for one in points), 133.3)
        self.assertIn("1,500", study.comparison)

    def test_bad_input_is_told(self):
        study = self._study()
        with self.assertRaisesRegex(UserError, "Add a scenario"):
            study.action_replay()
        for values in (
            {"date_to": "2099-01-01"},
            {"scenario_ids": [Command.create({"name": str(n)}) for n in range(4)]},
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                study.write(values)

    def test_a_line_that_says_nothing_is_refused(self):
        study = self._study({"limit_change": "factor"})
        for rule in ({}, {"limit_percent": 80, "term_days": 14}):
            with (
                self.subTest(rule),
                self.assertRaisesRegex(ValidationError, "Choose another limit"),
                self.cr.savepoint(),
            ):
                study.scenario_ids.rule_ids = [Command.create({"grade": "E"} | rule)]
        with self.assertRaisesRegex(ValidationError, "“Everybody”"):
            study.scenario_ids.rule_ids.limit_change = False

    def test_an_impossible_figure_is_refused_where_it_is_typed(self):
        for change, name, value, words in (
            ("limit_change", "limit_percent", -20, "-20 %.*80 is a limit"),
            ("limit_change", "limit_amount", -1, "not negative"),
            ("change_up_front", "up_front", 250, "250 %.*from 0 to 100"),
            ("change_term", "term_days", 400, "400 days"),
            ("change_reminder", "remind_days", -1, "-1 days"),
        ):
            kind = "amount" if name == "limit_amount" else "factor"
            with (
                self.subTest(name),
                Form(self.env["o2c.what.if"].with_user(self.manager)) as study,
            ):
                study.name = "Proef"
                with study.scenario_ids.new() as scenario:
                    scenario.name = "Proef"
                    with scenario.rule_ids.new() as rule:
                        setattr(
                            rule, change, kind if change == "limit_change" else True
                        )
                        with self.assertRaisesRegex(UserError, words):
                            setattr(rule, name, value)
                        setattr(rule, name, 1)
        with Form(self.env["o2c.what.if"].with_user(self.manager)) as study:
            study.name = "Proef"
            with self.assertRaisesRegex(UserError, "from 0 to 100"):
                study.cost_percent = 250
            study.cost_percent = 8

    def test_a_month_without_anything(self):
        study = self._study(
            {"limit_change": "factor"}, date_from="2019-01-01", date_to="2019-01-31"
        )
        study.action_replay()
        self.assertFalse(sum(study.result_ids.mapped("order_count")))
        self.assertTrue(study.replayed_at)

    def test_who_may(self):
        study = self._study({"limit_change": "factor"})
        auditor = self._user("reader", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            study.with_user(auditor).action_replay()
        study.with_user(self.clerk).action_replay()
        self.assertTrue(study.with_user(self.clerk).comparison)
        self.assertTrue(study.with_user(auditor).comparison)
        seller = self._user("seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            study.with_user(seller).read(["name"])
        other = self.env["res.company"].create({"name": "Andere B.V."})
        elsewhere = study.with_user(self.clerk).with_context(
            allowed_company_ids=other.ids
        )
        self.clerk.company_ids = [Command.link(other.id)]
        self.assertFalse(elsewhere.search([("id", "=", study.id)]))

    def test_a_controller_asks_a_question_of_his_own(self):
        self._sold(500, "2026-03-05", "2026-03-06", "2026-04-20")
        study = self._study({"limit_change": "factor"}, user=self.clerk)
        study.action_replay()
        owned = self._study({"limit_change": "factor"})
        owned.action_replay()
        self.assertTrue(sum(study.result_ids.mapped("order_count")))
        for figure in ("order_count", "ordered", "came", "paid_days"):
            self.assertEqual(
                study.result_ids.mapped(figure), owned.result_ids.mapped(figure)
            )

    def test_who_may_replay_stands_on_the_screen(self):
        """Who only reads saw no button and not a word why."""
        study = self.env["o2c.what.if"]
        auditor = self._user("reader", "account.group_account_readonly")
        words = "A credit controller adds scenarios"
        for user, told in ((auditor, True), (self.clerk, False)):
            arch = study.with_user(user).get_view(view_type="form")["arch"]
            self.assertEqual(
                (words in arch, 'name="action_replay"' in arch), (told, not told)
            )

    def test_ten_customers_cost_no_more_statements_than_one(self):
        study = self._study({"limit_change": "factor"})
        study.action_replay()  # caches
        counts = []
        for many in (0, 9):
            for number in range(many):
                customer = self._customer(f"Proef {number}", "sme")
                self._invoice(customer, 100, "2026-03-04")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            study._customers(self.company._o2c_today())
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_write_off_settles_and_brings_no_money(self):
        order = self._sold(500, "2026-03-05", "2026-03-06", None)
        [line] = order.invoice_ids.line_ids.filtered(
            lambda one: one.account_id.account_type == "asset_receivable"
        )
        loss = self.company_data["default_account_expense"]
        shared = {"partner_id": self.sme.id}
        entry = self.env["account.move"].create(
            {
                "date": "2026-03-20",
                "journal_id": self.company_data["default_journal_misc"].id,
                "line_ids": [
                    Command.create({"account_id": loss.id, "debit": 500}),
                    Command.create(
                        {"account_id": line.account_id.id, "credit": 500} | shared
                    ),
                ],
            }
        )
        entry.action_post()
        (
            line
            + entry.line_ids.filtered(lambda one: one.account_id == line.account_id)
        ).reconcile()
        claims = self._study()._claims_by_order()
        every = [one for some in claims.values() for one in some]
        [written] = [one for one in every if one.amount == 500]
        [(day, amount, money)] = written.payments
        self.assertEqual((day, amount), (date(2026, 3, 20), 500), "it is settled")
        self.assertFalse(money)
        [paid] = claims[self.sme.id, self.first.id]
        self.assertEqual([part[2] for part in paid.payments], [True])
