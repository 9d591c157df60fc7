"""The charts of the monthly report, as shapes for a page without JavaScript."""

from odoo import models
from odoo.tools import format_date, formatLang

from ...policy import chart
from .o2c_kpi_monthly import AGES

#: Colours that keep apart in print and for the colour-blind.
BLUE, ORANGE, GREEN = "#1f5f8b", "#d97706", "#3f8f5f"
#: From not due to over 90 days.
SHADES = ("#3f8f5f", "#e3b341", "#e08e2b", "#cf5c2b", "#a4262c")


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    def _age_chart(self, now):
        """A bar per age."""
        values = [float(now[name] or 0) for name in AGES]
        frame = chart.Frame(height=170, top=20)
        one = chart.scale(values)
        labels = self.fields_get(AGES, ["string"])
        return self._sheet(one, frame, [labels[name]["string"] for name in AGES]) | {
            "bars": [
                {
                    "box": box,
                    "colour": colour,
                    "text": formatLang(self.env, value, digits=0),
                }
                for box, colour, value in zip(
                    chart.bars(values, one, frame), SHADES, values, strict=True
                )
            ]
        }

    def _dso_chart(self, trail, kept):
        """Three lines: DSO, countback and the best possible."""
        names = {"dso": BLUE, "dso_countback": ORANGE, "dso_best": GREEN}
        series = {name: self._series(name, trail, kept) for name in names}
        frame = chart.Frame(height=190)
        one = chart.scale([value for line in series.values() for value in line])
        labels = self.fields_get(list(names), ["string"])
        return self._sheet(one, frame, self._short_months(trail)) | {
            "lines": [
                {
                    "label": labels[name]["string"],
                    "colour": colour,
                    "pieces": [
                        " ".join(f"{across},{down}" for across, down in piece)
                        for piece in chart.lines(series[name], one, frame)
                    ],
                    "dots": [
                        point
                        for piece in chart.lines(series[name], one, frame)
                        for point in piece
                    ],
                }
                for name, colour in names.items()
            ]
        }

    def _cei_chart(self, trail, kept):
        """A bar per month."""
        values = self._series("cei", trail, kept)
        frame = chart.Frame(height=130, top=18)
        one = chart.scale([*values, 100])
        return self._sheet(one, frame, self._short_months(trail)) | {
            "bars": [
                {
                    "box": box,
                    "colour": BLUE,
                    "text": formatLang(self.env, value, digits=0),
                }
                for box, value in zip(
                    chart.bars(values, one, frame), values, strict=True
                )
                if box
            ]
        }

    def _series(self, name, trail, kept):
        """A figure over the months; None where there is none."""
        return [kept[row.id][name] if row else None for _month, row in trail]

    def _short_months(self, trail):
        """Names below the months: the year where it begins."""
        return [
            format_date(
                self.env,
                month,
                date_format="MMM yy" if month.month == 1 or not number else "MMM",
            )
            for number, (month, _row) in enumerate(trail)
        ]

    def _sheet(self, one, frame, words):
        """The scale and the words of a chart."""
        return {
            "frame": frame,
            "right": frame.width - frame.right,
            "foot": frame.height - 6,
            "zero": chart.height_of(0, one, frame),
            "grid": [
                (
                    chart.height_of(value, one, frame),
                    formatLang(self.env, value, digits=0 if one.step >= 1 else 1),
                )
                for value in one.values()
            ],
            "words": list(zip(chart.middles(len(words), frame), words, strict=True)),
            "bars": [],
            "lines": [],
        }
