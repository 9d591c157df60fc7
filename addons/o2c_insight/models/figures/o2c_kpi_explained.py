"""The sum behind a key figure, with its own numbers."""

from odoo import api, fields, models
from odoo.tools import formatLang


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    explanation = fields.Text(
        compute="_compute_explanation", help="How the figures follow from the amounts."
    )

    @api.depends_context("lang")
    @api.depends("receivables", "sales_period", "not_due", "opening", "sales")
    def _compute_explanation(self):
        for one in self:
            one.explanation = "\n".join(one._sums())

    def _sums(self):
        """A line per figure that has a meaning."""
        self.ensure_one()

        def money(amount):
            return formatLang(self.env, amount, currency_obj=self.currency_id)

        def days(number):
            return formatLang(self.env, number, digits=1)

        lines = []
        if self.sales_period > 0:
            lines += [
                self.env._(
                    "DSO: %(owed)s open / %(sales)s invoiced in three months x "
                    "%(days)s days = %(result)s days",
                    owed=money(self.receivables),
                    sales=money(self.sales_period),
                    days=self.days_period,
                    result=days(self.dso),
                ),
                self.env._(
                    "Best possible DSO: %(owed)s not due / %(sales)s x %(days)s days = "
                    "%(result)s days; the rest, %(late)s days, is lateness",
                    owed=money(self.not_due),
                    sales=money(self.sales_period),
                    days=self.days_period,
                    result=days(self.dso_best),
                    late=days(self.days_delinquent),
                ),
            ]
        if self.opening + self.sales - self.not_due > 0:
            lines.append(
                self.env._(
                    "CEI: (%(opening)s + %(sales)s - %(closing)s) / (%(opening)s + "
                    "%(sales)s - %(not_due)s) = %(result)s %%",
                    opening=money(self.opening),
                    sales=money(self.sales),
                    closing=money(self.receivables),
                    not_due=money(self.not_due),
                    result=days(self.cei),
                )
            )
        return lines
