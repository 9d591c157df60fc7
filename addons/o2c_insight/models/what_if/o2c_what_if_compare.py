"""The scenarios side by side, and what is owed under each in one picture."""

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang

from ...policy import chart

#: The picture is as wide as its place: its points are in thousandths of it, and the
#: words stand beside it.
SHEET = chart.Frame(width=1000, height=1000, left=0, right=0, top=0, bottom=0)
#: One colour per set of rules, told apart by colour-blind people too.
COLOURS = ("#c4c9ce", "#0072b2", "#d55e00", "#009e73")
#: Months less far apart than this, in % of the width, would stand over each other.
NEAR = 6
SUMMED = (
    "order_count",
    "held_count",
    "held_amount",
    "passed_count",
    "waited_days",
    "person_count",
    "person_amount",
    "owed",
    "came",
    "paid",
    "paid_days",
    "cost",
)


class O2cWhatIf(models.Model):
    _inherit = "o2c.what.if"

    comparison = fields.Html(
        compute="_compute_comparison",
        sanitize=False,
        help="Today's rules and the scenarios, side by side.",
    )

    @api.depends("result_ids", "replayed_at")
    def _compute_comparison(self):
        for study in self:
            if not study.result_ids:
                study.comparison = False
                continue
            columns = study._columns()
            study.comparison = self.env["ir.qweb"]._render(
                "o2c_insight.o2c_what_if_comparison",
                {
                    "columns": columns,
                    "rows": study._rows(columns),
                    "picture": study._picture(columns),
                },
            )

    def _columns(self):
        """Sums of each set of rules; today's first."""
        groups = self.env["o2c.what.if.result"]._read_group(
            [("study_id", "=", self.id)],
            ["scenario_id", "rules"],
            [f"{name}:sum" for name in SUMMED],
        )
        columns = [
            dict(zip(("scenario", "name", *SUMMED), group, strict=True))
            for group in groups
        ]
        columns.sort(key=lambda one: (bool(one["scenario"]), one["scenario"].sequence))
        for column, colour in zip(columns, COLOURS, strict=False):
            column["colour"] = colour
            if not column["scenario"]:
                column["name"] = self.env._("Today's rules")
        return columns

    def _rows(self, columns):
        """Lines of the table: words, a text per column, how it differs from today's."""
        lines = [
            (self.env._("Orders in the period"), "order_count", "number"),
            (self.env._("Would have waited"), "held_count", "number"),
            (self.env._("Value of what waited"), "held_amount", "money"),
            (self.env._("Passed by itself when money came"), "passed_count", "number"),
            (self.env._("Days these waited, on average"), self._wait, "days"),
            (self.env._("A person had to decide"), "person_count", "number"),
            (self.env._("Value of what a person decided"), "person_amount", "money"),
            (self.env._("Owed on average"), "owed", "money"),
            (self.env._("Days to pay, weighted by amount"), self._to_pay, "days"),
            (self.env._("Money that came in"), "came", "money"),
            (self.env._("Cost of the money owed"), "cost", "money"),
        ]
        return [self._row(columns, *line) for line in lines]

    def _row(self, columns, words, what, kind):
        values = [
            what(column) if callable(what) else column[what] for column in columns
        ]
        now = values[0]
        return {
            "words": words,
            "cells": [
                {
                    "text": self._told(value, kind),
                    "difference": ""
                    if not number or value is None or now is None or value == now
                    else self._told(value - now, kind, signed=True),
                }
                for number, value in enumerate(values)
            ],
        }

    @staticmethod
    def _wait(column):
        passed = column["passed_count"]
        return column["waited_days"] / passed if passed else None

    @staticmethod
    def _to_pay(column):
        return column["paid_days"] / column["paid"] if column["paid"] else None

    def _told(self, value, kind, signed=False):
        """A figure in the reader's writing."""
        if value is None:
            return "–"
        if kind == "money":
            text = format_amount(self.env, abs(value), self.currency_id)
        else:
            digits = 1 if kind == "days" else 0
            text = formatLang(self.env, abs(value), digits=digits)
        if value < 0:
            return f"−{text}"
        return f"+{text}" if signed else text

    def _picture(self, columns):
        """A line per set of rules: what was owed, week by week, with its scale."""
        weeks = self.env["o2c.what.if.week"].search_fetch(
            [("study_id", "=", self.id)], ["scenario_id", "week", "owed"], order="week"
        )
        scale = chart.scale(weeks.mapped("owed"))
        days = sorted(set(weeks.mapped("week")))
        step = SHEET.width / max(len(days) - 1, 1)
        lines = []
        for column in columns:
            owed = weeks.filtered(
                lambda one, column=column: one.scenario_id == column["scenario"]
            ).mapped("owed")
            points = " ".join(
                f"{number * step:.1f},{chart.height_of(value, scale, SHEET)}"
                for number, value in enumerate(owed)
            )
            # today's rules lie below, broad: another line upon it does not hide it
            stroke = 2 if column["scenario"] else 6
            lines.append(
                {"points": points, "stroke": stroke}
                | {"colour": column["colour"], "name": column["name"]}
            )
        return {
            "lines": lines,
            "amounts": [
                {
                    "top": chart.height_of(value, scale, SHEET),
                    "text": format_amount(
                        self.env, value, self.currency_id, trailing_zeroes=False
                    ),
                }
                for value in scale.values()
            ],
            "months": self._months_below(days, step),
        }

    def _months_below(self, days, step):
        """Where each month begins; every third one also stands on a small screen. A
        month of a week or so makes room for the one after it."""
        firsts = [
            (number * step / SHEET.width * 100, day)
            for number, day in enumerate(days)
            if not number or day.month != days[number - 1].month
        ]
        if len(firsts) > 1 and firsts[1][0] < NEAR:
            firsts.pop(0)
        return [
            {
                "left": left,
                "text": format_date(self.env, day, date_format="MMM yy"),
                # near the right edge there is no room for words on a small screen
                "always": place % 3 == 0 and left <= 80,
            }
            for place, (left, day) in enumerate(firsts)
            if left <= 95
        ]
