"""Forecasts are kept, replaced on their own day, and tried on the past."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .forecast_common import TODAY, ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastTaking(ForecastCommon):
    def _all(self):
        return self.forecasts.search([("company_id", "=", self.company.id)])

    def test_the_same_day_is_replaced_and_another_stays(self):
        self._bill(self.sme, 500, "2026-03-16")
        first = self._take()
        later = self._take(TODAY + timedelta(days=1))
        self._bill(self.sme, 100, "2026-03-16")
        again = self._take(TODAY + timedelta(days=1))
        self.assertFalse(later.exists())
        self.assertEqual(self._all(), again | first)
        self.assertEqual((first.counted, again.counted), (500, 600))
        self.assertEqual((first.latest, again.latest), (False, True))
        self.assertEqual(len(first.week_ids), 13)

    def test_an_earlier_day_is_not_the_newest(self):
        newest = self._take()
        self.assertFalse(self._take(TODAY - timedelta(days=3)).latest)
        self.assertTrue(newest.latest)

    def test_weeks_begin_with_the_day_of_the_forecast(self):
        wednesday = self._take(date(2026, 3, 4))
        self.assertEqual(
            [str(day) for day in wednesday.week_ids.mapped("week")[:3]],
            ["2026-03-04", "2026-03-09", "2026-03-16"],
        )

    def test_what_came_is_filled_in_when_a_week_has_ended(self):
        invoice = self._bill(self.sme, 500, "2026-02-23")
        forecast = self._take()
        self._pay(invoice, 200, "2026-03-04")
        self._pay(invoice, 300, "2026-03-11")
        # an invoice of afterwards was in no forecast
        young = self._invoice(
            self.sme,
            70,
            "2026-03-05",
            invoice_payment_term_id=False,
            invoice_date_due="2026-03-05",
        )
        self._pay(young, date="2026-03-06")
        self._take(date(2026, 3, 8))
        self.assertFalse(any(forecast.week_ids.mapped("ended")), "Sunday is not over")
        self._take(date(2026, 3, 9))
        ended = forecast.week_ids.filtered("ended")
        self.assertEqual(ended.mapped("actual"), [200])
        self._take(date(2026, 3, 16))
        ended = forecast.week_ids.filtered("ended")
        self.assertEqual(ended.mapped("actual"), [200, 300])

    def test_a_week_that_had_begun_has_no_outcome(self):
        forecast = self._take(date(2026, 3, 4))
        self._take(date(2026, 3, 16))
        self.assertEqual(forecast.week_ids.filtered("ended").mapped("number"), [1])

    def test_trials_know_only_what_was_known_then(self):
        """On 2 February an invoice due on the 6th was open; he pays ten days late."""
        invoice = self._bill(self.sme, 500, "2026-02-06")
        trial = self._trial(self._take())
        # Monday 16 February is the third week; by due date it is the first
        self.assertEqual(trial.mapped("expected"), [0, 0, 500, 0])
        self.assertEqual(trial.mapped("on_due"), [500, 0, 0, 0])
        self.assertEqual(trial.mapped("actual"), [0, 0, 0, 0])
        self._pay(invoice, 200, "2026-02-19")
        self._bill(self.sme, 9000, "2026-03-10", invoice_date="2026-02-08")
        self.env["o2c.dispute"].create(
            {
                "move_id": invoice.id,
                "scope": "amount",
                "amount": 300,
                "raised_on": "2026-02-20",
            }
        )
        forecast = self._take()
        trial = self._trial(forecast)
        self.assertEqual(trial.mapped("expected"), [0, 0, 500, 0], "as known then")
        self.assertEqual(trial.mapped("actual"), [0, 0, 200, 0])
        self.assertEqual(trial.mapped("off"), [0, 0, 300, 0])

    def test_the_error_by_hand(self):
        """Only the Monday four weeks back has anything open."""
        invoice = self._bill(self.sme, 500, "2026-02-06")
        self._pay(invoice, 400, "2026-02-17")
        forecast = self._take()
        short = forecast.trial_ids.filtered(lambda one: one.number < 4)
        came = sum(short.mapped("actual"))
        self.assertEqual(
            forecast.error_4,
            round(100 * sum(map(abs, short.mapped("off"))) / came, 1),
        )
        self.assertEqual(
            forecast.bias_due_4, round(100 * sum(short.mapped("off_due")) / came, 1)
        )
        self.assertLess(forecast.error_4, forecast.error_due_4)

    def _trial(self, forecast):
        found = forecast.trial_ids.filtered(lambda one: str(one.origin) == "2026-02-02")
        return found.sorted("number")

    def test_a_trial_opens_the_payments_of_its_week(self):
        invoice = self._bill(self.sme, 500, "2026-02-06")
        self._pay(invoice, 200, "2026-02-19")
        trial = self._trial(self._take())[2]
        action = trial.action_open_payments()
        payments = self.env[action["res_model"]].sudo().search(action["domain"])
        self.assertEqual(sum(payments.mapped("amount")), trial.actual)

    def test_without_payments_there_is_no_error(self):
        other = self.setup_other_company()["company"]
        forecast = self.forecasts._take(other, TODAY)
        [(error,)] = self.forecasts._read_group(
            [("id", "=", forecast.id)], [], ["error_4:avg"]
        )
        self.assertFalse(error)
        self.assertIsNone(forecast._board_tried())

    def test_nightly_where_a_part_runs_and_once_a_day(self):
        self._switch("off")
        self.forecasts._cron_take()
        self.assertFalse(self._all())
        self._switch("watch", "dunning")
        self.forecasts._cron_take()
        [taken] = self._all()
        self.assertEqual(taken.day, self.company._o2c_today())
        self.forecasts._cron_take()
        self.assertEqual(self._all(), taken)
        run = (
            self.env["o2c.run"]
            .sudo()
            .search(
                [("kind", "=", "cash_forecast"), ("company_id", "=", self.company.id)]
            )
        )
        self.assertEqual((run.state, run.done_count), ("done", 1))

    def test_a_company_that_fails_leaves_the_others(self):
        other = self.setup_other_company()["company"]
        for company in self.company | other:
            self._switch("watch", "dunning", company=company)
        model = type(self.forecasts)
        origin = model._open_amounts

        def broken(this, companies, day):
            if self.company in companies:
                raise ValueError("Out of ink")
            return origin(this, companies, day)

        self.patch(model, "_open_amounts", broken)
        with self.assertLogs("odoo.addons.o2c_insight", "ERROR"):
            self.forecasts._cron_take()
        self.assertFalse(self._all())
        self.assertTrue(self.forecasts.search([("company_id", "=", other.id)]))
        run = self.env["o2c.run"].sudo().search([("kind", "=", "cash_forecast")])
        self.assertIn("Out of ink", run.note_ids.mapped("text"))

    def test_two_at_once_take_it_once(self):
        with self.registry.cursor() as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(hashtext('o2c.cash.forecast'), %s)",
                [self.company.id],
            )
            self.assertFalse(self.forecasts._take_safely(self.company, TODAY))
            manager = self._user("fore_manager", "o2c_base.group_credit_manager")
            with self.assertRaisesRegex(UserError, "being taken"):
                self.env["o2c.cash.forecast"].with_user(manager).action_take()
        self.assertTrue(self.forecasts._take_safely(self.company, TODAY))

    def test_statements_do_not_grow_with_the_book(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "In a hundred",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": 1, "nb_days": 3 * number}
                    )
                    for number in range(100)
                ],
            }
        )
        for _number in range(10):
            self._bill(self.sme, 100, "2026-03-20")

        def taking():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            count = self._take().item_count
            return count, self.env.cr.sql_log_count - before

        taking()
        few, statements = taking()
        for _number in range(10):
            self._invoice(
                self.corporate,
                1000,
                "2026-02-20",
                invoice_payment_term_id=term.id,
                invoice_date_due=False,
            )
        many, more = taking()
        self.assertEqual((few, many), (10, 1010))
        self.assertLessEqual(more, statements)
        self.assertLessEqual(more, 60)

    def test_old_amounts_go_and_weeks_stay(self):
        self._bill(self.sme, 500, "2026-03-16")
        old, newest = self._take(), self._take(TODAY + timedelta(days=1))
        self.env["o2c.cash.forecast.item"].sudo()._gc_items()
        old.invalidate_recordset()
        self.assertFalse(old.item_ids)
        self.assertEqual(len(old.week_ids), 13)
        self.assertTrue(newest.item_ids)

    def test_who_may_see_and_take_it(self):
        self._bill(self.sme, 500, "2026-03-16")
        self._take()
        models = (
            "o2c.cash.forecast",
            "o2c.cash.forecast.week",
            "o2c.cash.forecast.item",
            "o2c.forecast.report",
        )
        controller = self._user("fore_controller", "o2c_base.group_credit_controller")
        collector = self._user("fore_collector", "o2c_base.group_collector")
        seller = self._user("fore_seller", "sales_team.group_sale_salesman")
        other = self.setup_other_company()["company"]
        stranger = self._user("fore_stranger", "o2c_base.group_credit_manager")
        stranger.write(
            {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        )
        for name in models:
            ours = [("company_id", "=", self.company.id)]
            for user in (controller, collector):
                self.assertTrue(self.env[name].with_user(user).search(ours), name)
            self.assertFalse(self.env[name].with_user(stranger).search(ours), name)
            with self.assertRaises(AccessError):
                self.env[name].with_user(seller).search(ours)
        with self.assertRaisesRegex(AccessError, "Ask a credit manager"):
            self.env["o2c.cash.forecast"].with_user(controller).action_take()
        with self.assertRaises(AccessError):
            self._all().with_user(controller).write({"counted": 0})

    def test_the_screen_shows_the_newest(self):
        board = self.env["o2c.cash.forecast"].get_board()
        self.assertNotIn("id", board)
        self._pay(self._bill(self.sme, 500, "2026-02-06"), date="2026-02-17")
        self._bill(self.sme, 500, "2026-03-16")
        self._take(TODAY - timedelta(days=1))
        forecast = self._take()
        controller = self._user("fore_board", "o2c_base.group_credit_controller")
        board = (
            self.env["o2c.cash.forecast"]
            .with_user(controller)
            .with_company(self.company)
            .get_board()
        )
        self.assertEqual((board["id"], board["may_take"]), (forecast.id, False))
        self.assertEqual(len(board["weeks"]), 13)
        self.assertEqual(board["weeks"][3]["expected"], 500)
        self.assertEqual(
            sum(part["amount"] for part in board["weeks"][3]["parts"]), 500
        )
        self.assertEqual(board["tried"]["rows"][0]["key"], 4)
        self.assertIn("past weeks fell between", board["tried"]["bounds"])
        self.assertIn(board["tried"]["rows"][0]["judged"], ("good", "fair", "bad"))
        for row in board["beside"]:
            action = forecast.with_user(controller).action_open_beside(row["key"])
            records = self.env[action["res_model"]].with_user(controller)
            records.search(action["domain"])

    def test_the_sums_say_until_when(self):
        """Saturday 28 November 2026: what is left of this week is the first of four."""
        forecast = self.env["o2c.cash.forecast"].new({"day": date(2026, 11, 28)})
        self.assertEqual(forecast._until(4), "4 weeks, until 20 Dec")
        self.assertEqual(forecast._until(13), "13 weeks, until 21 Feb")
        forecast.day = date(2026, 11, 30)
        self.assertEqual(forecast._until(4), "4 weeks, until 27 Dec")

    def test_a_bias_says_which_way(self):
        words = self.env["o2c.cash.forecast"]._bias_words
        self.assertEqual(words(3.2), "+3.2\xa0%: too much")
        self.assertEqual(words(-0.1), "\N{MINUS SIGN}0.1\xa0%: too little")
        self.assertEqual(words(0.0), "0.0\xa0%: neither")

    def test_the_rest_of_a_week_is_called_so(self):
        forecast = self.env["o2c.cash.forecast"]
        weeks = self.env["o2c.cash.forecast.week"]
        for day, number, label, name in (
            ("2026-11-28", 0, "weekend", "11/28/2026 (weekend, banks pay on Monday)"),
            ("2026-11-27", 0, "27 Nov", "11/27/2026 (the rest of this week)"),
            ("2026-11-23", 0, "23 Nov", "11/23/2026"),
            ("2026-11-30", 1, "30 Nov", "11/30/2026"),
        ):
            week = weeks.new({"week": day, "number": number})
            self.assertEqual(
                (forecast._week_label(week), forecast._week_name(week)), (label, name)
            )
