"""Taking the cash forecast: each night, one at a time, all of it or nothing."""

import logging
from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...policy.cash_outlook import monday
from .o2c_cash_forecast_facts import HISTORY
from .o2c_cash_forecast_outlook import Known
from .o2c_cash_forecast_trying import BACK

_logger = logging.getLogger(__name__)


class O2cCashForecast(models.Model):
    _inherit = "o2c.cash.forecast"

    @api.model
    def _cron_take(self):
        """Nightly: in every company in which a part of the chain runs."""
        companies = self.env["res.company"]
        running = companies.union(
            *(
                companies._o2c_companies(part, ("watch", "live"))
                for part in ("credit", "billing", "dunning", "cash")
            )
        )
        roots = running.root_id
        for number, company in enumerate(roots, start=1):
            today = company._o2c_today()
            taken = [("company_id", "=", company.id), ("day", "=", today)]
            if not self.sudo().search_count(taken, limit=1):
                self._take_safely(company, today)
            left = len(roots) - number
            if not self.env["ir.cron"]._commit_progress(processed=1, remaining=left):
                return

    def action_take(self):
        """Take the forecast of today again, now."""
        if not self.env.user.has_group("o2c_base.group_credit_manager"):
            raise AccessError(
                self.env._("Ask a credit manager to take a new cash forecast.")
            )
        company = self.env.company.root_id
        if not self._alone(company):
            raise UserError(
                self.env._("The forecast is being taken. Look again in a minute.")
            )
        self.sudo()._take(company, company._o2c_today())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _take_safely(self, company, today):
        """One company's failure leaves the others their forecast.

        :return: the forecast; empty when somebody else takes it, or it failed
        """
        if not self._alone(company):
            return self.browse()
        run = self.env["o2c.run"]._start("cash_forecast", company, today, 1)
        taken = self.browse()
        try:
            with self.env.cr.savepoint():
                taken = self.sudo()._take(company, today)
            run._advance(done=1)
        except Exception as error:
            _logger.exception("Cash forecast of %s", company.name)
            run._advance(failed=1)
            run._note("error", str(error))
        run._finish()
        return taken

    @api.model
    def _alone(self, company):
        """Whether nobody else takes the forecast of this company; until the commit."""
        lock = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext('o2c.cash.forecast'), %s)",
            company.id,
        )
        return self.env.execute_query(lock)[0][0]

    @api.model
    def _take(self, company, today):
        """Write the forecast of a day; one of the same day makes room.

        :param company: root company; its branches count in
        :param date today: day in the company
        :return: the forecast
        """
        self.env.flush_all()
        companies = self.env["res.company"].search([("id", "child_of", company.id)])
        oldest = monday(today) - timedelta(days=7 * max(BACK) + HISTORY)
        known = Known(
            self._payments_since(companies, oldest),
            *self._agreements_since(company, oldest),
        )
        amounts = self._open_amounts(companies, today)
        amounts += self._coming_amounts(companies, today)
        amounts.sort(key=lambda one: (one.due, one.key))
        looked = self._look(amounts, known, today)
        trials = self._try_past(companies, known, today)
        errors = self._errors(trials)
        self.search([("company_id", "=", company.id), ("day", "=", today)]).unlink()
        self._fill_ended(company, known, today)
        taken = self._store(company, today, looked, errors)
        taken._store_weeks(looked, errors["stretch"])
        taken._store_items(looked)
        taken._store_trials(trials)
        taken._empty([name for name, value in errors.items() if value is None])
        taken.invalidate_recordset()
        return taken
