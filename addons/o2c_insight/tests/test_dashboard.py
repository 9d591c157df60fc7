"""The spreadsheet dashboard asks only for what there is, and opens it."""

import base64
import json
from datetime import date

from odoo.tests import tagged

from .month_common import MonthCommon


@tagged("post_install", "-at_install")
class TestDashboard(MonthCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dashboard = cls.env.ref("o2c_insight.spreadsheet_dashboard_receivables")
        sheet = json.loads(base64.b64decode(dashboard.spreadsheet_binary_data))
        cls.menus = sheet["chartOdooMenusReferences"]
        cls.charts = [
            figure["data"]
            for figure in sheet["sheets"][0]["figures"]
            if figure["data"]["type"].startswith("odoo_")
        ]
        cls.places = [
            (figure["row"], figure["col"], figure["offset"]["x"])
            for figure in sheet["sheets"][0]["figures"]
        ]

    def test_every_chart_can_be_read_by_who_may_open_the_dashboard(self):
        self._rows()
        controller = self._user("board", "o2c_base.group_credit_controller")
        for chart in self.charts:
            asked = chart["metaData"]
            model = self.env[asked["resModel"]].with_user(controller)
            how = model._fields[asked["measure"]].aggregator or "sum"
            model._read_group(
                chart["searchParams"]["domain"],
                asked["groupBy"],
                [f"{asked['measure']}:{how}"],
            )

    def test_the_newer_figures_are_there(self):
        asked = {
            (one["metaData"]["resModel"], one["metaData"]["measure"])
            for one in self.charts
        }
        self.assertLessEqual(
            {
                ("o2c.cash.forecast.week", "expected"),
                ("o2c.kpi.snapshot", "plans_kept"),
                ("o2c.kpi.snapshot", "holds_opened"),
                ("o2c.kpi.step", "collected_share"),
            },
            asked,
        )

    def test_every_chart_has_its_own_place_and_opens_a_menu(self):
        self.assertEqual(len(self.places), len(set(self.places)))
        for chart in self.charts:
            self.assertTrue(self.env.ref(self.menus[chart["chartId"]]))

    def test_expected_cash_is_that_of_the_newest_forecast(self):
        chart = next(
            one
            for one in self.charts
            if one["metaData"]["resModel"] == "o2c.cash.forecast.week"
        )
        self._due(self.sme, 500, "2026-03-10")
        forecasts = self.env["o2c.cash.forecast"].sudo()
        for day in (date(2026, 3, 2), date(2026, 3, 3)):
            forecasts._take(self.company, day)
        weeks = self.env["o2c.cash.forecast.week"].search(
            [*chart["searchParams"]["domain"], ("company_id", "=", self.company.id)]
        )
        self.assertEqual(set(weeks.mapped("day")), {date(2026, 3, 3)})
