"""Figures per month on the forecast board, and words beside its bounds."""

from datetime import date

from odoo.tests import tagged

from .forecast_common import TODAY, ForecastCommon


@tagged("post_install", "-at_install")
class TestForecastBoard(ForecastCommon):
    def test_the_months_are_the_weeks_by_their_bank_days(self):
        self._bill(self.sme, 500, "2026-03-16")
        forecast = self._take(date(2026, 3, 4))
        board = forecast._board()
        march, april, may = board["months"]
        self.assertEqual(march["label"], "March 2026, from 4 Mar")
        self.assertEqual((april["label"], may["label"]), ("April 2026", "May 2026"))
        [week] = forecast.week_ids.filtered(lambda one: str(one.week) == "2026-03-30")
        before = forecast.week_ids.filtered(lambda one: one.week < week.week)
        self.assertAlmostEqual(
            march["amount"],
            sum(before.mapped("expected")) + week.expected * 2 / 5,
            2,
            "Monday 30 and Tuesday 31 March",
        )

    def test_a_range_over_more_weeks_that_is_closer_says_why(self):
        forecast = self._take(TODAY)
        forecast.write({"low_4": 50, "high_4": 150, "low_13": 180, "high_13": 220})
        self.assertIn("still pays within 13", forecast._whole_range())
        forecast.write({"low_13": 100, "high_13": 300})
        self.assertNotIn("still pays within 13", forecast._whole_range())
