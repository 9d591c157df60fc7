"""The cash forecast on one screen: weeks, what stands beside them, past errors."""

from datetime import timedelta

from odoo import api, models
from odoo.tools import format_date, formatLang

from ...policy import cash_band
from .o2c_cash_forecast_trying import LONG, SHORT

#: Weekday from which no bank pays any more.
SATURDAY = 5


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def get_board(self):
        """What the screen shows of the newest forecast of the user's company.

        :return: dict; without ``id`` when there is no forecast yet
        """
        company = self.env.company.root_id
        found = self.search(
            [("company_id", "=", company.id), ("latest", "=", True)], limit=1
        )
        board = {
            "company": company.sudo().name,
            "may_take": self.env.user.has_group("o2c_base.group_credit_manager"),
        }
        return board | found._board() if found else board

    def _board(self):
        """The parts of the screen."""
        self.ensure_one()
        today = self.company_id._o2c_today()
        return {
            "id": self.id,
            "day": format_date(self.env, self.day),
            "old": (today - self.day).days,
            "figures": self._board_figures(),
            "weeks": [self._board_week(week) for week in self.week_ids],
            "beside": self._board_beside(),
            "tried": self._board_tried(),
        }

    def _coins(self, amount):
        return self.env["o2c.today"]._money(amount, self.currency_id)

    def _percents(self, value):
        return f"{formatLang(self.env, value, digits=1)}\N{NO-BREAK SPACE}%"

    def _board_figures(self):
        return [
            {
                "key": "4",
                "label": self._until(SHORT),
                "value": self._coins(self.expected_4),
                "more": self._between(self.low_4, self.high_4),
            },
            {
                "key": "13",
                "label": self._until(LONG),
                "value": self._coins(self.expected_13),
                "more": self._whole_range(),
            },
            {
                "key": "own",
                "label": self.env._("From own habits and promises"),
                "value": self._percents(self.own_share),
                "more": self.env._("the rest pays as customers like them"),
            },
        ]

    def _until(self, weeks):
        """So many weeks by name: what is left of this week is the first of them."""
        monday = self.day - timedelta(days=self.day.weekday())
        last = monday + timedelta(weeks=weeks, days=-1)
        return self.env._(
            "%(weeks)s weeks, until %(day)s",
            weeks=weeks,
            day=format_date(self.env, last, date_format="d MMM"),
        )

    def _between(self, low, high):
        return self.env._(
            "%(low)s to %(high)s, eight times in ten",
            low=self._coins(low),
            high=self._coins(high),
        )

    def _board_week(self, week):
        """A week of the chart and of the table under it."""
        invoiced = week.expected - week.agreed - week.to_invoice
        return {
            "id": week.id,
            "label": self._week_label(week),
            "name": self._week_name(week),
            "expected": week.expected,
            "low": week.low,
            "high": week.high,
            "on_due": week.on_due,
            "parts": [
                {"key": "agreed", "amount": week.agreed},
                {"key": "invoiced", "amount": max(0.0, invoiced)},
                {"key": "coming", "amount": week.to_invoice},
            ],
            "words": {
                name: self._coins(week[name])
                for name in (
                    "expected",
                    "low",
                    "high",
                    "on_due",
                    "agreed",
                    "to_invoice",
                )
            },
        }

    def _week_label(self, week):
        """Its first day under a bar; of what is left of a week the words for that."""
        if week.number == 0 and week.week.weekday() >= SATURDAY:
            return self.env._("weekend")
        return format_date(self.env, week.week, date_format="d MMM")

    def _week_name(self, week):
        """The same in full; in a weekend no bank pays, so its bar is low."""
        day = format_date(self.env, week.week)
        if week.number or not week.week.weekday():
            return day
        if week.week.weekday() >= SATURDAY:
            return self.env._("%(day)s (weekend, banks pay on Monday)", day=day)
        return self.env._("%(day)s (the rest of this week)", day=day)

    def _board_beside(self):
        """What is open and not in the weeks, each with what opens it."""
        rows = (
            ("later", self.env._("Later, or never"), self.later),
            ("disputed", self.env._("Disputed"), self.disputed),
            ("away", self.env._("At the agency"), self.away),
            ("set_off", self.env._("Covered by credit"), self.set_off),
        )
        return [
            {"key": key, "label": label, "amount": self._coins(amount)}
            for key, label, amount in rows
        ]

    def _board_tried(self):
        """The errors on the own past, ours beside due dates; None without a past."""
        if not self.weeks_tried:
            return None
        rows = []
        for weeks, label in (
            (SHORT, self.env._("Over 4 weeks")),
            (LONG, self.env._("Over 13 weeks")),
        ):
            if weeks == LONG and not self._whole_periods():
                continue
            off, off_due = self[f"error_{weeks}"], self[f"error_due_{weeks}"]
            rows.append(
                {
                    "key": weeks,
                    "label": label,
                    "error": self._percents(off),
                    "error_due": self._percents(off_due),
                    "bias": self._bias_words(self[f"bias_{weeks}"]),
                    "bias_due": self._bias_words(self[f"bias_due_{weeks}"]),
                    "judged": cash_band.judged(off, off_due),
                }
            )
        return {"rows": rows, "bounds": self._bounds_words()}

    def _bias_words(self, value):
        """A bias with its sign, and which way that is."""
        if not value:
            return self.env._("%(part)s: neither", part=self._percents(0))
        if value > 0:
            return self.env._("+%(part)s: too much", part=self._percents(value))
        return self.env._(
            "\N{MINUS SIGN}%(part)s: too little", part=self._percents(-value)
        )

    def _whole_periods(self):
        return any(one.number == LONG - 1 for one in self.trial_ids)

    def _bounds_words(self):
        words = self.env._(
            "%(inside)s of %(tried)s past weeks fell between their bounds.",
            inside=self.weeks_covered,
            tried=self.weeks_tried,
        )
        if self.stretch > 1:
            words += " " + self.env._(
                "That is too few: the bounds of this forecast are %(times)s times as "
                "wide as habits say.",
                times=formatLang(self.env, self.stretch, digits=1),
            )
        return words

    def action_open_beside(self, key):
        """What stands beside the weeks.

        :param str key: "later", "disputed", "away" or "set_off"
        """
        self.ensure_one()
        if key == "later":
            return self.action_open_later()
        if key == "disputed":
            return self.action_open_disputed()
        if key == "away":
            return self.action_open_away()
        return self.item_ids._shown(
            [("forecast_id", "=", self.id), ("set_off", "!=", 0)],
            self.env._("Covered by Credit"),
        )
