"""Writing a forecast: totals, weeks, amounts, and the past it was tried on."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ...policy import cash_band
from ...policy.cash_outlook import WEEKS, monday, week_starts
from .o2c_cash_forecast_trying import LONG, SHORT

ZERO = Decimal(0)
#: Days after which a week whose money was never looked up stays without.
KEPT_OPEN = 180
#: Bases that speak of the customer himself.
OURS = ("own", "promise", "plan")


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _fill_ended(self, company, known, today):
        """What came in weeks of earlier forecasts that ended meanwhile."""
        weeks = self.env["o2c.cash.forecast.week"].search(
            [
                ("company_id", "=", company.id),
                ("ended", "=", False),
                ("week", "<=", monday(today) - timedelta(days=7)),
                ("week", ">", today - timedelta(days=KEPT_OPEN)),
            ]
        )
        for day, ones in weeks.grouped("day").items():
            came = self._came(known.payments, day, day)
            for one in ones.filtered(lambda one: one.week == monday(one.week)):
                one.write({"actual": float(came[one.number]), "ended": True})

    @api.model
    def _store(self, company, today, looked, errors):
        """The forecast with its totals."""
        amounts = [one.amount for one in looked]
        counted = sum((one.counted for one in looked), ZERO)
        ours = sum((one.counted for one in looked if one.amount.basis in OURS), ZERO)
        values = {
            "open_amount": sum(
                (one.amount for one in amounts if not one.invoice_on), ZERO
            ),
            "counted": counted,
            "to_invoice": sum(
                (one.counted for one in looked if one.amount.invoice_on), ZERO
            ),
            "disputed": sum((one.disputed for one in amounts if not one.away), ZERO),
            "away": sum((one.amount for one in amounts if one.away), ZERO),
            "set_off": sum((one.set_off for one in amounts if one.amount > 0), ZERO),
            "own_share": 100 * ours / counted if counted else ZERO,
        }
        rows = self._share_rows(looked)
        for weeks in (SHORT, LONG):
            one = cash_band.together(rows, weeks)
            low, high = cash_band.whole_band(
                one, errors["stretch"], errors[f"off_{weeks}"]
            )
            values |= {
                f"expected_{weeks}": one.expected,
                f"low_{weeks}": low,
                f"high_{weeks}": high,
            }
        values["later"] = counted - one.expected
        values |= {name: value for name, value in errors.items() if value is not None}
        before = self.search([("company_id", "=", company.id), ("latest", "=", True)])
        newest = not before or before.day <= today
        if newest:
            before.latest = False
            before.flush_recordset()
        return self.create(
            {name: float(value) for name, value in values.items()}
            | {
                "company_id": company.id,
                "day": today,
                "latest": newest,
                "item_count": len(looked),
            }
        )

    def _store_weeks(self, looked, stretch):
        """The weeks of the forecast."""
        rows = self._share_rows(looked)
        agreed = [one for one in looked if one.amount.dated]
        coming = [one for one in looked if one.amount.invoice_on]
        parts = [
            cash_band.per_week(self._share_rows(ones), WEEKS)
            for ones in (agreed, coming)
        ]
        on_due = self._by_due(looked, self.day)
        starts = week_starts(self.day)
        values = []
        for number, one in enumerate(cash_band.per_week(rows, WEEKS)):
            low, high = cash_band.band(one, stretch)
            values.append(
                {
                    "forecast_id": self.id,
                    "company_id": self.company_id.id,
                    "number": number,
                    "week": starts[number],
                    "expected": float(one.expected),
                    "low": float(low),
                    "high": float(high),
                    "agreed": float(parts[0][number].expected),
                    "to_invoice": float(parts[1][number].expected),
                    "on_due": float(on_due[number]),
                }
            )
        self.env["o2c.cash.forecast.week"].create(values)

    def _store_items(self, looked):
        """The amounts, in one statement whatever their number."""
        rows = [self._item_values(one) for one in looked]
        self._insert("o2c.cash.forecast.item", rows)

    def _item_values(self, looked):
        one, own, group = looked.amount, looked.own, looked.group
        expected = looked.expected
        agreed = min((day for day, _share in one.dated), default=None)
        return {
            "forecast_id": self.id,
            "company_id": self.company_id.id,
            "key": one.key,
            "kind": one.kind,
            "basis": one.basis,
            "partner_id": one.partner_id,
            "segment_id": one.segment_id,
            "user_id": one.user_id,
            "team_id": one.team_id,
            "document_currency_id": one.document_currency_id,
            "move_id": one.move_id,
            "event_id": one.event_id,
            "contract_line_id": one.contract_line_id,
            "due": one.due,
            "invoice_on": one.invoice_on,
            "amount": one.amount,
            "disputed": one.disputed,
            "set_off": one.set_off,
            "counted": looked.counted,
            "likely_on": expected and expected.likely,
            "early_on": expected and expected.early,
            "late_on": expected and expected.late,
            "agreed_on": agreed,
            "kept_chance": looked.kept if one.dated else None,
            "shares": self._shares_written(expected.shares if expected else ()),
            "habit_count": own.count,
            "habit_days": own.days,
            "habit_spread": own.spread,
            "habit_weekday": -1 if own.weekday is None else own.weekday,
            "group_code": looked.group_code,
            "group_count": group.count,
            "group_days": group.days,
        }

    @api.model
    def _shares_written(self, shares):
        """Shares per week as the column has them, a list of numbers."""
        return f"[{', '.join(map(str, shares))}]"

    def _store_trials(self, trials):
        """The past weeks on which the forecast was tried."""
        rows = []
        for origin, number, one in trials:
            low, high = cash_band.band(
                cash_band.Sum(one.expected, one.deviation * one.deviation)
            )
            rows.append(
                {
                    "forecast_id": self.id,
                    "company_id": self.company_id.id,
                    "origin": origin,
                    "number": number,
                    "week": origin + timedelta(days=7 * number),
                    "expected": one.expected,
                    "low": low,
                    "high": high,
                    "on_due": one.on_due,
                    "actual": one.actual,
                    "off": one.expected - one.actual,
                    "off_due": one.on_due - one.actual,
                }
            )
        self._insert("o2c.cash.forecast.trial", rows)

    @api.model
    def _insert(self, model, rows):
        """Write plain rows of a table of ours at once: a book has tens of thousands."""
        if not rows:
            return
        lines = io.StringIO()
        csv.writer(lines).writerows(row.values() for row in rows)
        lines.seek(0)
        table, columns = self.env[model]._table, ", ".join(rows[0])
        self.env.cr.copy_expert(
            f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)", lines
        )

    def _empty(self, names):
        """Figures without a meaning stay empty, not 0."""
        self.flush_recordset()
        if names:
            self.env.cr.execute(
                SQL(
                    "UPDATE o2c_cash_forecast SET %s WHERE id = %s",
                    SQL(", ").join(
                        SQL("%s = NULL", SQL.identifier(name)) for name in names
                    ),
                    self.id,
                )
            )
