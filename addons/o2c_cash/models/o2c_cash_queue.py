"""The run: propose for everything, then book what nobody needs to look at."""

import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

_logger = logging.getLogger(__name__)
#: Matches booked between two commits.
BATCH = 40


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _cron_run(self):
        """Every company that watches or is live, as the scheduler runs it."""
        for company in self.env["res.company"]._o2c_companies(
            "cash", ("watch", "live")
        ):
            self._run(company, company._o2c_today())

    @api.model
    def _run(self, company, today):
        """Propose, and book what is accepted or, when live, certain. Safe to run
        twice; a run that was killed goes on where it stopped.

        :param company: ``res.company`` record
        :param date today: the date in the company
        :return: the run; an empty one when another one works or there was nothing to do
        """
        run = self.env["o2c.run"]
        if company._o2c_mode("cash") == "off":
            return run
        queue = company._o2c_job(self)
        if not queue._alone(company):
            return run
        run = run._start("cash", company, today)
        cron = queue.env["ir.cron"]
        fresh = queue._propose(company, run)
        todo = queue._to_book(company)
        if not (fresh or todo or run.done_count or run.failed_count):
            run.unlink()  # every hour one that did nothing would hide those that did
            cron._commit_progress(remaining=0)
            return run.browse()
        run.write({"total": run.done_count + run.failed_count + fresh + len(todo)})
        run._advance(done=fresh)
        cron._commit_progress(processed=1, remaining=len(todo))
        for start in range(0, len(todo), BATCH):
            if not queue._alone(company):
                return run
            ids = todo[start : start + BATCH]
            failed = queue.browse(ids)._book_apart(run)
            run._advance(done=len(ids) - failed, failed=failed)
            goes_on = cron._commit_progress(processed=len(ids))
            queue.env.invalidate_all()
            if not goes_on:
                return run
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _alone(self, company):
        """Whether no other run works on this company; until the next commit."""
        ((alone,),) = self.env.execute_query(
            SQL(
                "SELECT pg_try_advisory_xact_lock(hashtext('o2c.cash.match'), %s)",
                company.id,
            )
        )
        return alone

    @api.model
    def _to_book(self, company):
        """Ids of matches to book: what people accepted, and what is certain where the
        company and the bank account let it."""
        self.flush_model()
        certain = company._o2c_mode("cash") == "live" and company.o2c_cash_automatic
        rows = self.env.execute_query(
            SQL(
                """
                SELECT x.id FROM o2c_cash_match x
                  JOIN account_journal j ON j.id = x.journal_id
                 WHERE x.company_id = %(company)s
                   AND (x.state = 'accepted'
                        OR (%(certain)s AND x.state = 'proposed'
                            AND x.certainty = 'certain'
                            AND x.error IS NULL
                            AND COALESCE(x.write_off, 0) = 0
                            AND COALESCE(x.rest, 0) = 0
                            AND COALESCE(j.o2c_cash_match, 'company') = 'company'))
                 ORDER BY x.date, x.id
                """,
                company=company.id,
                certain=bool(certain),
            )
        )
        return [key for (key,) in rows]

    def _book_apart(self, run):
        """Book each; one that fails keeps its reason and stops no other.

        :return: how many failed
        """
        failed = 0
        for match in self.try_lock_for_update():
            if match.state not in ("proposed", "accepted"):
                continue
            user = match.decided_by_id or self.env.user
            try:
                with self.env.cr.savepoint():
                    match._book(user, automatic=match.state == "proposed")
            except OperationalError:
                raise
            except (UserError, ValidationError, AccessError) as error:
                failed += 1
                match._keep_failure(str(error), run)
            except Exception:
                failed += 1
                _logger.exception("cash match %s could not be booked", match.id)
                match._keep_failure(
                    self.env._(
                        "An unexpected error; the log of the server tells more."
                    ),
                    run,
                )
        return failed

    def _keep_failure(self, text, run):
        """Back to the desk, with the reason."""
        self.invalidate_recordset()
        self.write({"state": "proposed", "error": text})
        run._note("error", f"{self.display_name}: {text}", self.debtor_id)

    def action_accept_all(self):
        """Let these be booked by the queue; for many at once."""
        self._check_clerk()
        for match in self.filtered(lambda one: one.state == "proposed"):
            match._check_authority()
            if match.item_ids or match.kind == "reversal":
                match.sudo().write({"state": "accepted", "decided_by_id": self.env.uid})
        self.env.ref("o2c_cash.ir_cron_run").sudo()._trigger()
