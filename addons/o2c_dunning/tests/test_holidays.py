"""Days on which nobody is reminded: official ones and the company's own."""

from datetime import date, datetime

from dateutil import easter as reference

from odoo.tests import tagged

from ..policy.official_holidays import easter
from .common import DunningCommon


@tagged("post_install", "-at_install")
class TestHolidays(DunningCommon):
    def _leave(self, since, until, **values):
        if "resource.calendar.leaves" not in self.env:
            self.skipTest("no calendars here")
        return (
            self.env["resource.calendar.leaves"]
            .sudo()
            .create(
                {
                    "name": "Closed",
                    "company_id": self.company.id,
                    "calendar_id": self.company.resource_calendar_id.id,
                    "date_from": since,
                    "date_to": until,
                }
                | values
            )
        )

    def _days(self, **options):
        return self.company._o2c_holidays(
            date(2026, 4, 20), date(2026, 5, 10), **options
        )

    def test_easter_is_when_everybody_else_has_it(self):
        for year in range(1900, 2200):
            self.assertEqual(easter(year), reference.easter(year), year)

    def test_the_law_of_the_company_s_country(self):
        self.assertEqual(self._days(), {date(2026, 4, 27), date(2026, 5, 5)})
        self.assertEqual(self._days(country="FR"), {date(2026, 5, 1), date(2026, 5, 8)})

    def test_days_off_of_the_company_count_too(self):
        self._leave(datetime(2026, 4, 27, 22), datetime(2026, 4, 29, 21, 59))
        self._leave(
            datetime(2026, 5, 7, 22), datetime(2026, 5, 8, 21), calendar_id=False
        )
        expected = {date(2026, 4, 28), date(2026, 4, 29), date(2026, 5, 8)}
        self.assertLessEqual(expected, self._days())
        self.assertLessEqual(expected, self._days(country="BE"))

    def test_the_holiday_of_one_person_is_no_day_off(self):
        if "resource.resource" not in self.env:
            self.skipTest("no calendars here")
        resource = (
            self.env["resource.resource"]
            .sudo()
            .create({"name": "Anna", "company_id": self.company.id})
        )
        self._leave(
            datetime(2026, 4, 27, 22),
            datetime(2026, 4, 29, 21),
            resource_id=resource.id,
        )
        self.assertNotIn(date(2026, 4, 28), self._days())

    def test_a_missing_calendar_is_no_error(self):
        if "resource_calendar_id" in self.company._fields:
            self.company.resource_calendar_id = False
        self.assertIn(date(2026, 4, 27), self._days())
