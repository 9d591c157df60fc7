"""The board's figures per calendar month, and the words beside its bounds."""

from decimal import Decimal

from odoo import models
from odoo.tools import format_date

from ...policy import calendar_month


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    def _board(self):
        return super()._board() | {"months": self._board_months()}

    def _board_months(self):
        """What is left of this month, and the months after it that the weeks reach."""
        weeks = [
            (week.week, Decimal(str(week.expected)))
            for week in self.week_ids.sorted("number")
        ]
        months = []
        for since, until, amount in calendar_month.per_month(weeks):
            name = format_date(self.env, until, date_format="MMMM y")
            if since.day > 1:
                label = self.env._(
                    "%(month)s, from %(day)s",
                    month=name,
                    day=format_date(self.env, since, date_format="d MMM"),
                )
            else:
                label = name
            months.append(
                {
                    "key": until.isoformat(),
                    "label": label,
                    "amount": float(amount),
                    "value": self._coins(float(amount)),
                }
            )
        return months

    def _whole_range(self):
        """Over thirteen weeks; why that is closer than over four, where it is."""
        words = self._between(self.low_13, self.high_13)
        if self.high_13 - self.low_13 >= self.high_4 - self.low_4:
            return words
        words += ". " + self.env._(
            "Closer than over 4 weeks: who is late there mostly still pays within 13."
        )
        if not self._whole_periods():
            words += " " + self.env._("Not held against 13 past weeks yet.")
        return words
