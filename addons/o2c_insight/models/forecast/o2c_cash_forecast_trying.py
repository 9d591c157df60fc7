"""Trying the forecast on the own past: only with what was known then."""

from datetime import timedelta
from functools import cache

from odoo import api, models

from ...policy import cash_band
from ...policy.cash_outlook import WEEKS, monday, week_number

#: Mondays so many weeks back from which the forecast is tried.
BACK = (4, 8, 13, 20, 26)
#: Weeks that the short and the long error are about.
SHORT, LONG = 4, WEEKS


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _try_past(self, companies, known, today):
        """The forecast of past Mondays, beside due dates and what came.

        :return: list of (Monday, week number, :class:`cash_band.Trial`)
        """
        found = []
        for weeks in BACK:
            origin = monday(today) - timedelta(days=7 * weeks)
            if not any(one.paid_on < origin for one in known.payments):
                continue
            amounts = self._open_amounts(companies, origin - timedelta(days=1))
            looked = self._look(amounts, known, origin, days=False)
            rows = self._share_rows(looked)
            on_due = self._by_due(looked, origin)
            came = self._came(known.payments, origin, origin - timedelta(days=1))
            for number, one in enumerate(cash_band.per_week(rows, min(weeks, LONG))):
                trial = cash_band.Trial(
                    one.expected,
                    on_due[number],
                    came[number],
                    one.variance.sqrt(),
                )
                found.append((origin, number, trial))
        return found

    @api.model
    def _share_rows(self, looked):
        """Customer, amount and shares of what money is expected for."""
        return [
            (one.amount.partner_id, one.counted, one.expected.shares)
            for one in looked
            if one.expected
        ]

    @api.model
    def _by_due(self, looked, day):
        """Amounts per week if everybody paid on the due date, late ones at once."""
        weeks, number = [0] * (WEEKS + 1), cache(week_number)
        for one in looked:
            if one.expected:
                weeks[number(one.amount.due, day)] += one.counted
        return weeks

    @api.model
    def _came(self, payments, day, booked):
        """Payments per week from a day on, of invoices that the ledger had by then.

        :param date booked: last day of those invoices
        """
        weeks = [0] * (WEEKS + 1)
        for one in payments:
            if one.booked <= booked and one.paid_on >= day:
                weeks[week_number(one.paid_on, day)] += one.amount
        return weeks

    @api.model
    def _periods(self, trials, weeks):
        """The first weeks from each Monday that has all of them."""
        periods = {}
        for origin, number, trial in trials:
            if number < weeks:
                periods.setdefault(origin, []).append(trial)
        return [ones for ones in periods.values() if len(ones) == weeks]

    @api.model
    def _errors(self, trials):
        """The figures on the trials, for the forecast that shows them."""
        short = [one for ones in self._periods(trials, SHORT) for one in ones]
        long = [one for ones in self._periods(trials, LONG) for one in ones]
        every = [trial for _day, _number, trial in trials]
        inside, tried = cash_band.covered(every)
        values = {
            "off_4": cash_band.off_together(self._periods(trials, SHORT)),
            "off_13": cash_band.off_together(self._periods(trials, LONG)),
            "weeks_tried": tried,
            "weeks_covered": inside,
            "stretch": cash_band.stretch(every),
        }
        for weeks, ones in ((SHORT, short), (LONG, long)):
            off, bias = cash_band.error(ones)
            off_due, bias_due = cash_band.error(ones, "on_due")
            values |= {
                f"error_{weeks}": off,
                f"bias_{weeks}": bias,
                f"error_due_{weeks}": off_due,
                f"bias_due_{weeks}": bias_due,
            }
        return values
