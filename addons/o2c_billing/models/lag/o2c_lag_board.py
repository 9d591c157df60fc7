"""The lag on one screen: per month against the target, where it comes from, what is
stuck."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.tools import format_date, formatLang

#: Months in the chart.
MONTHS = 12
ROWS = 8
BILLING = ("report", "draft", "approve", "send")


class O2cInvoicingLag(models.Model):
    _inherit = "o2c.invoicing.lag"

    @api.model
    def get_board(self):
        """What the dashboard shows of the user's company.

        :return: dict with ``months``, ``target``, ``benchmark``, ``stages``,
            ``causes``, ``stuck`` and the ``figures`` on top
        """
        company = self.env.company
        today = company._o2c_today()
        first = today.replace(day=1) - relativedelta(months=MONTHS - 1)
        sent = [
            ("company_id", "=", company.id),
            ("finished", "=", True),
            ("month", ">=", first),
        ]
        months, [year] = self._read_grouping_sets(
            sent,
            [["month:month"], []],
            ["days_total:avg", "median_total:avg", "cost:sum", "__count"],
        )
        stages, causes = self.env["o2c.invoicing.stage"]._read_grouping_sets(
            [
                ("company_id", "=", company.id),
                ("finished", "=", True),
                ("stage", "in", BILLING),
                ("month", ">=", first),
            ],
            [["stage"], ["cause"]],
            ["days:avg", "median:avg", "cost:sum"],
        )
        return {
            "company": company.name,
            "target": company.o2c_lag_target,
            "benchmark": company.o2c_lag_benchmark,
            "target_label": self._days_words(company.o2c_lag_target),
            "benchmark_label": self._days_words(company.o2c_lag_benchmark),
            "months": self._board_months(months, first),
            "figures": self._board_figures(year, company),
            "stages": self._board_parts("stage", stages, company),
            "causes": self._board_parts("cause", causes, company),
            "stuck": self._board_stuck(company),
        }

    @api.model
    def _board_months(self, groups, first):
        """Lag of each month, months without invoices too."""
        found = {
            month: (weighted, median, count)
            for month, weighted, median, _cost, count in groups
        }
        months = []
        for number in range(MONTHS):
            month = first + relativedelta(months=number)
            weighted, median, count = found.get(month, (None, None, 0))
            months.append(
                {
                    "key": month.isoformat(),
                    "label": format_date(self.env, month, date_format="LLL"),
                    "name": format_date(self.env, month, date_format="LLLL y"),
                    "weighted": weighted,
                    "median": median,
                    "count": count,
                    "weighted_label": self._days_words(weighted),
                    "median_label": self._days_words(median),
                }
            )
        return months

    @api.model
    def _board_figures(self, year, company):
        """The year in four figures."""
        weighted, median, cost, number = year
        money = self.env["o2c.today"]._money
        if not number:
            weighted = median = None
        return {
            "weighted": self._days_words(weighted),
            "median": self._days_words(median),
            "cost": money(cost or 0.0, company.currency_id),
            "count": number,
            "tone": self._board_tone(weighted, company),
        }

    @api.model
    def _board_tone(self, days, company):
        if days is None or days <= company.o2c_lag_target:
            return "good"
        return "warn" if days < company.o2c_lag_benchmark else "bad"

    @api.model
    def _board_parts(self, field, rows, company):
        """Days and money per stage or per cause, the dearest cause first."""
        stages = self.env["o2c.invoicing.stage"]
        labels = dict(stages._fields[field]._description_selection(self.env))
        rows = sorted(rows, key=lambda row: -(row[3] or 0.0))
        money = self.env["o2c.today"]._money
        most = max((cost or 0.0 for *_ignored, cost in rows), default=0.0)
        parts = [
            {
                "key": key,
                "label": labels.get(key, key),
                "days": self._days_words(weighted),
                "median": self._days_words(median),
                "cost": money(cost or 0.0, company.currency_id),
                "width": round(100 * (cost or 0.0) / most) if most else 0,
            }
            for key, weighted, median, cost in rows
        ]
        if field == "stage":
            parts.sort(key=lambda part: BILLING.index(part["key"]))
        return parts

    @api.model
    def _board_stuck(self, company):
        """What waits now, the oldest first, with how much there is in all."""
        stages = self.env["o2c.invoicing.stage"]
        domain = [
            ("company_id", "=", company.id),
            ("open", "=", True),
            ("stage", "in", BILLING),
        ]
        [(number, amount, cost)] = stages._read_group(
            domain, [], ["__count", "amount:sum", "cost:sum"]
        )
        names = dict(stages._fields["stage"]._description_selection(self.env))
        money = self.env["o2c.today"]._money
        tones = {"fresh": "good", "late": "warn", "very_late": "bad"}
        return {
            "count": number,
            "amount": money(amount or 0.0, company.currency_id),
            "cost": money(cost or 0.0, company.currency_id),
            "rows": [
                {
                    "id": row.id,
                    "customer": row.partner_id.display_name,
                    "stage": names[row.stage],
                    "waits_for": row.waits_for or "",
                    "owner": row.owner_id.sudo().name or "",
                    "amount": money(row.amount, company.currency_id),
                    "days": self._days_words(row.days),
                    "tone": tones[row.mood],
                    "action": row.action_open_document(),
                }
                for row in stages.search(domain, order="days desc, id", limit=ROWS)
            ],
        }

    @api.model
    def _days_words(self, days):
        """A number of days as the user reads it; a dash when there is none."""
        if days is None:
            return "–"
        return formatLang(self.env, days, digits=1)
