"""Payment terms: how many days they give at most."""

from datetime import date

from odoo import models

#: Invoice dates that give month-end terms their longest: first, middle and last days of
#: long and short months.
SAMPLE_DAYS = [
    date(2026, month, day)
    for month, days in ((1, (1, 15, 16, 31)), (2, (1, 15, 28)), (7, (1, 11, 16, 31)))
    for day in days
] + [date(2026, 12, 1), date(2026, 12, 31)]


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _o2c_longest_days(self):
        """Days from the invoice date to the last due date, at most.

        Thirty days from the end of the month give up to 61.
        """
        self.ensure_one()
        longest = 0
        for line in self.sudo().line_ids:
            if line.delay_type == "days_after":
                longest = max(longest, line.nb_days)
            else:
                given = [(line._get_due_date(day) - day).days for day in SAMPLE_DAYS]
                longest = max([longest, *given])
        return longest
