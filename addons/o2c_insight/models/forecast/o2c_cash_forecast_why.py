"""Why an amount is expected on its day, in words."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...policy.paying_habit import PRIOR, WEEKDAY_SHARE

#: A Monday: weekdays are named after it.
MONDAY = date(2024, 1, 1)


class O2cCashForecastItem(models.Model):
    _inherit = "o2c.cash.forecast.item"

    why = fields.Text(
        string="Why This Day",
        compute="_compute_why",
        help="What the likely day follows from.",
    )

    @api.depends("basis", "likely_on", "agreed_on", "habit_count", "group_count")
    @api.depends_context("lang")
    def _compute_why(self):
        for one in self:
            one.why = " ".join(filter(None, one._reasons()))

    def _reasons(self):
        """Sentences that say why it is expected on this day."""
        self.ensure_one()
        aside = {
            "away": self.env._(
                "An agency or trustee collects it: not in the forecast."
            ),
            "disputed": self.env._(
                "Disputed: not in the forecast until the dispute is solved."
            ),
            "covered": self.env._("Covered by credit that is not matched yet."),
            "credit": self.env._("Taken off the oldest invoices of the customer."),
        }
        if self.basis in aside:
            return [aside[self.basis]]
        reasons = [self._why_invoice(), self._why_agreed(), self._why_own()]
        if not (self.habit_count and self._weight() == 1):
            reasons.append(self._why_group())
        if not self.likely_on:
            reasons.append(
                self.env._(
                    "It waits longer than these customers were seen to take, so half "
                    "of it or more is expected after the last week, or never."
                )
            )
        return reasons

    def _number(self, value, digits=1):
        return formatLang(self.env, value, digits=digits)

    def _why_invoice(self):
        if not self.invoice_on:
            return ""
        return self.env._(
            "To be invoiced on %(day)s, due %(days)s days later as his invoices are.",
            day=format_date(self.env, self.invoice_on),
            days=(self.due - self.invoice_on).days,
        )

    def _why_agreed(self):
        values = {
            "day": self.agreed_on and format_date(self.env, self.agreed_on),
            "kept": round(100 * self.kept_chance),
        }
        if self.basis == "promise":
            return self.env._(
                "Promised for %(day)s; %(kept)s %% of such days are kept.", **values
            )
        if self.basis == "plan":
            return self.env._(
                "On a payment plan, next on %(day)s; %(kept)s %% of such days hold.",
                **values,
            )
        return ""

    def _weight(self):
        """Share of the own habit, as the policy has it."""
        if self.basis not in ("own", "promise", "plan") or not self.habit_count:
            return 0
        return self.habit_count / (self.habit_count + PRIOR)

    def _why_own(self):
        if not self.habit_count:
            return self.env._("He made no payment in a year.")
        values = {
            "count": self._number(self.habit_count, 0),
            "days": self._number(abs(self.habit_days)),
            "spread": self._number(self.habit_spread),
        }
        if self.habit_days < 0:
            sentence = self.env._(
                "He pays %(days)s days before the due date, give or take %(spread)s "
                "(%(count)s payments in a year).",
                **values,
            )
        else:
            sentence = self.env._(
                "He pays %(days)s days after the due date, give or take %(spread)s "
                "(%(count)s payments in a year).",
                **values,
            )
        if self.habit_weekday >= 0:
            day = MONDAY + timedelta(days=self.habit_weekday)
            sentence += " " + self.env._(
                "At least %(share)s %% of them came on a %(weekday)s.",
                share=round(100 * WEEKDAY_SHARE),
                weekday=format_date(self.env, day, date_format="EEEE"),
            )
        return sentence

    def _why_group(self):
        if not self.group_count:
            return self.env._("There are no payments of others to compare with.")
        values = {
            "count": self._number(self.group_count, 0),
            "days": self._number(self.group_days),
            "share": round(100 * (1 - self._weight())),
        }
        if self.group_code == "segment":
            return self.env._(
                "His segment counts for %(share)s %%: %(days)s days after the due date "
                "(%(count)s payments).",
                **values,
            )
        return self.env._(
            "All customers together count for %(share)s %%: %(days)s days after the "
            "due date (%(count)s payments).",
            **values,
        )
