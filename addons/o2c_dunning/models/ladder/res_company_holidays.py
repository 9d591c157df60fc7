"""The days on which a company, or somebody in another country, does not work."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from odoo import models

from ...policy.official_holidays import holidays_between
from ...tools.holidays import days_covered


class ResCompany(models.Model):
    _inherit = "res.company"

    def _o2c_holidays(self, since, until, country=None):
        """Official holidays, and the days on which the whole company is closed.

        :param date since: first day
        :param date until: last day
        :param str country: code of the country whose official days count; the company's
            own when not given. The company's days off count either way.
        :return: frozenset of dates; weekends are not in it unless they are holidays
        """
        self.ensure_one()
        code = country or self.sudo().country_id.code or "NL"
        return holidays_between(since, until, code) | self._o2c_days_off(since, until)

    def _o2c_days_off(self, since, until):
        """Global leaves of the company's working calendar. Without the calendar add-on,
        or without a calendar, there are none; that is no error.

        :return: frozenset of dates
        """
        if "resource.calendar.leaves" not in self.env:
            return frozenset()
        calendar = self.sudo().resource_calendar_id
        leaves = (
            self.env["resource.calendar.leaves"]
            .sudo()
            .search(
                [
                    ("resource_id", "=", False),
                    ("company_id", "in", (self.id, False)),
                    ("calendar_id", "in", (calendar.id, False)),
                    ("date_from", "<=", datetime.combine(until, time.max)),
                    (
                        "date_to",
                        ">=",
                        datetime.combine(since, time.min) - timedelta(days=1),
                    ),
                ]
            )
        )
        zone = self._o2c_known_zone(calendar.tz)
        days = set()
        for leave in leaves:
            days |= days_covered(leave.date_from, leave.date_to, zone)
        return frozenset(day for day in days if since <= day <= until)

    def _o2c_known_zone(self, name):
        """A time zone that exists here, else the company's."""
        try:
            return name and ZoneInfo(name).key or self._o2c_zone()
        except (ZoneInfoNotFoundError, ValueError):
            return self._o2c_zone()
