"""The queue of requested reports: worked off in the background, one by one."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...policy.report.answer import ProviderError, next_step
from .o2c_report_request import HEALTH_OF

_logger = logging.getLogger(__name__)


class O2cReportRequest(models.Model):
    _inherit = "o2c.report.request"

    @api.model
    def _cron_fetch(self):
        """Work off the queue of each company where credit watches or is live.

        Every answer is committed before the next call goes out, so a run that was
        killed never pays twice; what must wait is looked at again when its time comes.
        """
        now = fields.Datetime.now()
        wake_at = []
        for company in self.env["res.company"]._o2c_companies(
            "credit", modes=("watch", "live")
        ):
            if company.root_id != company:
                continue
            # what a person reads of it is in the language of who decides
            queue = (
                self.sudo()
                .with_company(company)
                .with_context(
                    allowed_company_ids=company.ids,
                    lang=company._o2c_credit_owner().lang,
                )
            )
            queue._ask_again_by_itself(company, now)
            goes_on, later = queue._work_off(company, now)
            wake_at += later
            if not goes_on:
                return
        if wake_at:
            self._wake(min(wake_at))

    @api.model
    def _work_off(self, company, now):
        """Ask for what waits in a company.

        :return: (whether there is time left, moments at which to look again)
        """
        todo, later = self._due(company, now)
        if not todo:
            return True, later
        cron = self.env["ir.cron"]
        run = self.env["o2c.run"]._start(
            "credit_reports", company, company._o2c_today(), total=len(todo)
        )
        left = cron._commit_progress(remaining=len(todo))
        for request in todo:
            source = request.source_id
            if source.stopped or (source.paused_until or now) > now:
                run.total -= 1  # it waits for another run
            elif request.state == "waiting" and request.try_lock_for_update():
                request._fetch(now, run)
            left = cron._commit_progress(processed=1)
            if not left:
                return False, later
        run._finish()
        cron._commit_progress()
        _todo, later = self._due(company, now)
        return bool(left), later

    @api.model
    def _due(self, company, now):
        """Requests that may go out now, and the moments at which others may."""
        todo, later = self.browse(), []
        for source in self.env["o2c.report.source"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "off"),
                ("stopped", "=", False),
            ]
        ):
            waiting = [("source_id", "=", source.id), ("state", "=", "waiting")]
            ready = Domain(waiting) & Domain("next_try_at", "<=", now)
            count, again_at = source._calls_left(now, source._provider()._calls(source))
            todo |= self.search(ready, order="next_try_at, id", limit=count or 1)[
                :count
            ]
            if self.search_count(ready, limit=count + 1) > count:
                if again_at:
                    later.append(again_at)
                else:
                    source._alert(self._budget_text(source))
            next_try = self.search(
                Domain(waiting) & Domain("next_try_at", ">", now),
                order="next_try_at",
                limit=1,
            )
            later += next_try.mapped("next_try_at")
        return todo, later

    def _fetch(self, now, run):
        """Ask for one report and keep what came, or the old one and the reason."""
        self.ensure_one()
        source, partner = self.source_id, self.partner_id
        provider = source._provider()
        bill = {"calls": 0}
        try:
            if not provider._number_of(partner):
                raise ProviderError("no_number")
            answer = provider._fetch(source, partner, bill)
        except ProviderError as error:
            self._bill(bill, now)
            self._record_failure(error, now, run)
            return
        except Exception as error:
            # its text may hold an address or a key: only its kind is logged
            _logger.warning("Provider %s: %s", source.code, type(error).__name__)
            self._bill(bill, now)
            self._record_failure(ProviderError("broken"), now, run)
            return
        self._bill(bill, now)
        try:
            with self.env.cr.savepoint():
                report = self._keep(answer)
        except Exception:
            _logger.warning("A report of %s could not be kept", source.code)
            self._record_failure(ProviderError("broken"), now, run)
            return
        self.write({"state": "done", "report_id": report.id, "failure": False})
        source.write({"health": "ok", "health_on": now, "paused_until": False})
        source.activity_unlink(["o2c_credit.mail_activity_source"])
        run._advance(done=1)

    def _bill(self, bill, now):
        """Note the calls that went out, whatever came of them."""
        self.write(
            {
                "tries": self.tries + 1,
                "calls": self.calls + bill["calls"],
                "calls_last": bill["calls"],
                "paid": self.paid + bill["calls"] * self.source_id._price_now(),
                "asked_last_at": now,
            }
        )

    def _keep(self, answer):
        """Make the report; the newest one counts, older ones stay."""
        self.ensure_one()
        report = (
            self.env["o2c.credit.report"]
            .with_context(mail_create_nolog=True)
            .create(
                {
                    "partner_id": self.partner_id.id,
                    "company_id": self.company_id.id,
                    "date": self.company_id._o2c_today(),
                    "source": self.source_id._provider()._signature(),
                    "method": "fetched",
                    "has_score": False,
                    **answer,
                }
            )
        )
        report._alarm_insolvency()
        return report

    def _record_failure(self, error, now, run):
        """Old reports stay; the request waits, fails, or stops the provider."""
        self.ensure_one()
        source = self.source_id
        step = next_step(error.code, self.tries, error.retry_after)
        if error.code in ("no_number", "broken"):
            step = next_step(
                "not_found" if error.code == "no_number" else "nonsense", 1
            )
        self.failure = error.code
        health = HEALTH_OF.get(error.code)
        if health:
            source.write({"health": health, "health_on": now})
        if step.action == "retry":
            self.next_try_at = now + step.wait
            if step.pause:
                source.paused_until = now + step.wait
            run.total -= 1  # another run tries again
        elif step.action == "stop":
            source.stopped = True
            run.total -= 1
        else:
            self.state = "missing" if step.action == "missing" else "failed"
            run._advance(failed=1)
        run._note(
            "warning" if step.action in ("retry", "missing") else "error",
            self._failure_text(),
            self.partner_id,
        )
        if step.alert:
            source._alert(self._failure_text())

    def _failure_text(self):
        """What happened, for a person; never what was sent or received."""
        reasons = dict(self._fields["failure"]._description_selection(self.env))
        return self.env._(
            "%(provider)s, report of %(customer)s: %(reason)s. Earlier reports stay.",
            provider=self.source_id.display_name,
            customer=self.partner_id.display_name,
            reason=reasons[self.failure],
        )

    @api.model
    def _budget_text(self, source):
        """Why nothing goes out any more this month."""
        return self.env._(
            "%s: the budget of this month is spent. Raise it, or wait for the next "
            "month.",
            source.display_name,
        )

    @api.model
    def _ask_again_by_itself(self, company, now):
        """Queue customers with old reports, where a provider was told to."""
        for source in self.env["o2c.report.source"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "on"),
                ("refresh", "=", True),
                ("stopped", "=", False),
            ]
        ):
            partners = self._with_old_reports(source, now)
            if partners:
                self._ask(source, partners)

    @api.model
    def _with_old_reports(self, source, now):
        """Customers who owe or order, once reported on, and not lately asked for."""
        since = now - timedelta(days=source.refresh_days)
        asked = self.search([("source_id", "=", source.id), ("asked_on", ">", since)])
        known = self.search([("source_id", "=", source.id), ("state", "=", "done")])
        snapshots = self.env["o2c.customer.snapshot"].search(
            [
                ("company_id", "=", source.company_id.id),
                ("partner_id", "in", (known.partner_id - asked.partner_id).ids),
                ("exposure", ">", 0),
            ],
            limit=source.per_minute,
        )
        return snapshots.partner_id
