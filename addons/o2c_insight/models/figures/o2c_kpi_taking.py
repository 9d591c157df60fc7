"""Taking key figures: a month once, when it has ended; the present one each night."""

import calendar
import logging
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ...policy import receivable_days
from ...policy.receivable_days import Month
from .o2c_kpi_snapshot import VALUES

_logger = logging.getLogger(__name__)
#: Months before the present one that are taken when there are none yet: the month
#: that ended has the same month of the year before beside it.
BACK = 13
#: Months of sales for DSO, and the most that countback goes back.
PERIOD, LONGEST = 3, 12
ZERO = Decimal(0)


def _money(value):
    """A figure of the database, or nothing, as a decimal."""
    return Decimal(str(value or 0))


class O2cKpiSnapshot(models.Model):
    _inherit = "o2c.kpi.snapshot"

    @api.model
    def _cron_take(self):
        """Nightly: in every company in which a part of the chain runs, once a day."""
        companies = self.env["res.company"]
        running = companies.union(
            *(
                companies._o2c_companies(part, ("watch", "live"))
                for part in ("credit", "billing", "dunning")
            )
        )
        for company in running.root_id:
            today = company._o2c_today()
            if not self.env["o2c.run"]._is_done("key_figures", company, today):
                self._take_missing(company, today)

    def action_take(self):
        """Take the present month again, now."""
        if not self.env.user.has_group("o2c_base.group_credit_manager"):
            raise AccessError(
                self.env._("Ask a credit manager to take new key figures.")
            )
        company = self.env.company.root_id
        if not self._alone(company):
            raise UserError(
                self.env._("The key figures are being taken. Look again in a minute.")
            )
        self.sudo()._take_missing(company, company._o2c_today())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _take_missing(self, company, today):
        """The months that were not taken yet, oldest first, and the present one.

        :param company: root company; its branches count in
        :param date today: day in the company
        """
        month = today.replace(day=1)
        first = month - relativedelta(months=BACK)
        months = [first + relativedelta(months=number) for number in range(BACK + 1)]
        missing = [one for one in months if not self._is_kept(company, one)]
        if not self._alone(company):
            return
        run = self.env["o2c.run"]._start("key_figures", company, today, len(missing))
        for one in missing:
            # a commit let go of the company; another one may have gone on meanwhile
            if not self._alone(company):
                return
            if self._is_kept(company, one):
                run._advance(done=1)
                continue
            try:
                with self.env.cr.savepoint():
                    self._take(company, one, today)
                run._advance(done=1)
            except Exception as error:
                _logger.exception("Key figures of %s in %s", one, company.name)
                run._advance(failed=1)
                month = format_date(self.env, one, date_format="MMMM yyyy")
                run._note("error", f"{month}: {error}")
            if not self.env["ir.cron"]._commit_progress(processed=1, remaining=0):
                return
        run._finish()

    @api.model
    def _is_kept(self, company, month):
        """Whether the key figures of a month that ended are there."""
        kept = [
            ("company_id", "=", company.id),
            ("month", "=", month),
            ("final", "=", True),
        ]
        return bool(self.sudo().search_count(kept, limit=1))

    @api.model
    def _alone(self, company):
        """Whether nobody else takes figures of this company; until the next commit."""
        lock = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('o2c.kpi.snapshot'), %s)",
            company.id,
        )
        return self.env.execute_query(lock)[0][0]

    @api.model
    def _take(self, company, month, today):
        """Write the rows of one month; those of an earlier night make room.

        :param date month: first day of the month
        :return: the rows
        """
        last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        rows = self._figures(company, month, min(last, today))
        self.sudo().search(
            [("company_id", "=", company.id), ("month", "=", month)]
        ).unlink()
        shared = {
            "company_id": company.id,
            "month": month,
            "as_of": min(last, today),
            "final": last < today,
        }
        taken = self.sudo().create([shared | row for row in rows])
        taken._empty(rows)
        taken._keep_details(self._with_branches(company))
        return taken

    def _keep_details(self, companies):
        """Hook: keep what belongs to these rows of one month beside the figures.

        :param companies: a root company and its branches
        """

    def _empty(self, rows):
        """Figures without a meaning stay empty, not 0: averages leave them out."""
        self.flush_recordset()
        without = {}
        for one, row in zip(self, rows, strict=True):
            for name, value in row.items():
                if value is None and self._fields[name].type == "float":
                    without.setdefault(name, []).append(one.id)
        for name, ids in without.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE o2c_kpi_snapshot SET %s = NULL WHERE id = ANY(%s)",
                    SQL.identifier(name),
                    ids,
                )
            )

    @api.model
    def _figures(self, company, month, day):
        """The key figures of a month up to a day, per dimension.

        :return: list of values
        """
        self.env.flush_all()
        companies = self._with_branches(company)
        found = {}
        for fact in self._facts(companies, month, day):
            for key, row in fact.items():
                found.setdefault(key, {}).update(row)
        days = [(last - first).days + 1 for first, last in self._months(month, day)]
        labels = self._labels(found)
        return [
            self._row(row, days) | self._of(key, labels) for key, row in found.items()
        ]

    @api.model
    def _with_branches(self, company):
        """A root company and its branches."""
        return self.env["res.company"].search([("id", "child_of", company.id)])

    @api.model
    def _facts(self, companies, month, day):
        """Hook: what the figures of a month follow from; extend with ``super()``.

        :param companies: a root company and its branches
        :param date month: first day of the month
        :param date day: last day that counts
        :return: list of {(dimension, id or None): {name: value}}
        """
        return [
            self._owed(companies, day),
            {
                key: {"opening": row["receivables"]}
                for key, row in self._owed(
                    companies, month - relativedelta(days=1)
                ).items()
            },
            self._sold(companies, self._months(month, day)),
            self._paid(companies, month, day),
            self._argued(companies, month, day),
            self._promises(companies, month, day),
            self._lagged(companies, month, day),
        ]

    @api.model
    def _months(self, month, day):
        """The month up to the day and those before it: (first, last), newest first."""
        found = [(month, day)]
        while len(found) < LONGEST:
            first = found[-1][0] - relativedelta(months=1)
            found.append((first, found[-1][0] - relativedelta(days=1)))
        return found

    @api.model
    def _row(self, row, days):
        """Sums and ratios of one value of a dimension. Hook: extend with ``super()``.

        :param dict row: what :meth:`_facts` found
        :param list days: length of the months, newest first
        :return: values of fields; None where a figure has no meaning
        """
        months = [
            Month(length, _money(row.get(str(number))))
            for number, length in enumerate(days)
        ]
        period, sales = months[:PERIOD], months[0].sales
        owed, not_due = _money(row.get("receivables")), _money(row.get("not_due"))
        dso = receivable_days.simple(owed, period)
        best = receivable_days.simple(not_due, period)
        figures = {
            "sales": sales,
            "sales_period": sum((one.sales for one in period), ZERO),
            "days_period": sum(one.days for one in period),
            "dso": dso,
            "dso_countback": receivable_days.countback(owed, months),
            "dso_best": best,
            "days_delinquent": receivable_days.delinquent(dso, best),
            "cei": receivable_days.effectiveness(
                _money(row.get("opening")), sales, owed, not_due
            ),
            "dispute_rate": receivable_days.share(_money(row.get("raised")), sales),
        }
        kept = {name: row[name] for name in row if name in self._fields}
        return {
            name: float(value) if isinstance(value, Decimal) else value
            for name, value in (kept | figures).items()
        }

    @api.model
    def _labels(self, found):
        """Names of the values: {(dimension, id): name}."""
        labels = {}
        for dimension, name in VALUES.items():
            ids = [value for kind, value in found if kind == dimension and value]
            records = self.env[self._fields[name].comodel_name].sudo().browse(ids)
            for record in records.exists():
                labels[dimension, record.id] = record.display_name
        return labels

    @api.model
    def _of(self, key, labels):
        """Which dimension and value a row is about."""
        dimension, value = key
        values = {"dimension": dimension, "label": labels.get(key, "")}
        if dimension in VALUES:
            values[VALUES[dimension]] = value if key in labels else False
        return values
