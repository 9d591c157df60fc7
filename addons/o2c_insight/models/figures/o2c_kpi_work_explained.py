"""The sum behind each figure of the work, with its own numbers."""

from odoo import api, models
from odoo.tools import formatLang


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.depends(
        "paid", "raised", "promises_due", "plans_ended", "holds_ended", "bank_lines"
    )
    def _compute_explanation(self):
        return super()._compute_explanation()

    def _sums(self):
        """As before, and the payments, disputes, promises, plans, holds, reminders,
        invoicing and bank lines."""
        return (
            super()._sums()
            + self._payment_sums()
            + self._dispute_sums()
            + self._word_sums()
            + self._hold_sums()
            + self._step_sums()
            + self._billing_sums()
        )

    def _amount(self, amount):
        """An amount in company currency, in the reader's writing."""
        return formatLang(self.env, amount, currency_obj=self.currency_id)

    def _number(self, number):
        """A number with one digit, in the reader's writing."""
        return formatLang(self.env, number, digits=1)

    def _payment_sums(self):
        if self.paid <= 0 or not self.paid_on_time and self.on_time:
            return []
        return [
            self.env._(
                "Paid in time: %(part)s of %(paid)s = %(result)s %%; the rest makes "
                "%(late)s days late over all",
                part=self._amount(self.paid_on_time),
                paid=self._amount(self.paid),
                result=self._number(self.on_time),
                late=self._number(self.days_late),
            )
        ]

    def _dispute_sums(self):
        lines = []
        if self.raised and self.sales > 0:
            lines.append(
                self.env._(
                    "Disputed: %(part)s raised / %(whole)s invoiced = %(result)s %%",
                    part=self._amount(self.raised),
                    whole=self._amount(self.sales),
                    result=self._number(self.dispute_rate),
                )
            )
        if self.disputed_invoices and self.invoices:
            lines.append(
                self.env._(
                    "Invoices disputed: %(part)s / %(whole)s invoices = %(result)s %%",
                    part=self.disputed_invoices,
                    whole=self.invoices,
                    result=self._number(self.disputed_share),
                )
            )
        if self.disputes_closed:
            lines.append(
                self.env._(
                    "Days to solve a dispute: %(days)s on average over %(number)s that "
                    "were closed",
                    days=self._number(self.dispute_days),
                    number=self.disputes_closed,
                )
            )
        return lines

    def _word_sums(self):
        """Promises and plans."""
        lines = []
        if self.promises_due:
            lines.append(
                self.env._(
                    "Promises kept: %(part)s of %(whole)s = %(result)s %%",
                    part=self.promises_met,
                    whole=self.promises_due,
                    result=self._number(self.promises_kept),
                )
            )
        if self.plans_ended:
            lines.append(
                self.env._(
                    "Plans kept: %(part)s of %(whole)s that ended = %(result)s %%",
                    part=self.plans_met,
                    whole=self.plans_ended,
                    result=self._number(self.plans_kept),
                )
            )
        return lines

    def _hold_sums(self):
        if not self.holds_ended:
            return []
        other = (
            self.holds_ended
            - self.holds_released
            - self.holds_paid
            - self.holds_declined
        )
        lines = [
            self.env._(
                "Holds that ended: %(ended)s = %(released)s released + %(paid)s solved "
                "by payment + %(declined)s cancelled + %(other)s solved in another way",
                ended=self.holds_ended,
                released=self.holds_released,
                paid=self.holds_paid,
                declined=self.holds_declined,
                other=other,
            )
        ]
        if self.holds_ended > self.holds_declined:
            lines.append(
                self.env._(
                    "Hours on hold: %(hours)s on average over %(number)s orders that "
                    "could go on",
                    hours=self._number(self.hold_hours),
                    number=self.holds_ended - self.holds_declined,
                )
            )
        return lines

    def _step_sums(self):
        return [
            self.env._(
                "%(step)s: %(money)s of %(asked)s within 14 days = %(result)s %%; "
                "%(paid)s of %(number)s invoices in full",
                step=row._step_name(),
                money=self._amount(row.collected),
                asked=self._amount(row.asked),
                result=self._number(row.collected_share),
                paid=row.paid,
                number=row.reminded,
            )
            for row in self.step_ids
        ]

    def _billing_sums(self):
        """The invoicing lag, and what came in at the bank."""
        lines = []
        if self.lag_amount:
            lines.append(
                self.env._(
                    "Invoicing lag: each of %(amount)s waited %(days)s days on "
                    "average; x internal interest rate / 365 = %(cost)s",
                    amount=self._amount(self.lag_amount),
                    days=self._number(self.lag_days),
                    cost=self._amount(self.lag_cost),
                )
            )
        if self.bank_lines:
            lines.append(
                self.env._(
                    "Matched: %(part)s of %(whole)s bank receipts = %(result)s %%",
                    part=self.bank_matched_lines,
                    whole=self.bank_lines,
                    result=self._number(self.bank_matched),
                )
            )
        return lines
