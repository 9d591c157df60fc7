"""The nightly run: facts, verdicts, messages. It decides, writes and sends nothing."""

import logging
from contextlib import contextmanager

from odoo import api, models, modules
from odoo.tools import SQL

from ...policy.message import write_to

_logger = logging.getLogger(__name__)
BATCH = 5000


class O2cDunningCase(models.Model):
    _inherit = "o2c.dunning.case"

    @api.model
    def _run(self, company, today, preview=False, selection=None):
        """Decide who is reminded today, and write the reminders.

        Runs twice without harm: an item that has its step is not reminded again. A
        run that was killed is picked up; two runs at once exclude each other.

        :param company: ``res.company`` that collects
        :param date today: the date there
        :param bool preview: only show, even when the company is live
        :param Selection selection: only these customers; everybody when not given
        :return: the ``o2c.run``
        """
        company = company.sudo().root_id
        cases = self._at_night(company)
        with cases._alone(company) as alone:
            if not alone:
                return cases._running(company)
            return cases._run_locked(company, today, preview, selection)

    @api.model
    def _at_night(self, company):
        """As the night works: for one company, in its time zone."""
        cases = self.sudo().with_company(company)
        return cases.with_context(
            allowed_company_ids=company.ids, tz=company._o2c_zone()
        )

    @api.model
    @contextmanager
    def _alone(self, company):
        """Keep every other run of the company out.

        A lock of its own connection: it outlives the commits of the run, and ends with
        the process.

        :return: whether nobody else runs
        """
        with self.env.registry.cursor() as lock:
            key = SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", 7202, company.id)
            lock.execute(key)
            alone = lock.fetchone()[0]
            if alone:
                self._commit()
            yield alone

    @api.model
    def _night(self, company, today, preview=False):
        """The run of everybody, and then what follows from it.

        :return: the ``o2c.run``
        """
        run = self._run(company, today, preview)
        self._after_run(company, today)
        return run

    @api.model
    def _after_run(self, company, today):
        """What follows from the run, as a step of its own: a failure in it costs no
        reminder. Runs twice without harm, and is made up for when the night was killed
        before it. While somebody else runs he does it.
        """
        company = company.sudo().root_id
        cases = self._at_night(company)
        with cases._alone(company) as alone:
            if alone:
                try:
                    with self.env.cr.savepoint():
                        cases._follow_run(company, today)
                except Exception:
                    _logger.exception("No new work list for company %s", company.id)
                cases._commit()

    @api.model
    def _follow_run(self, company, today):
        """Hook: work on the cases once their amounts are known.

        :param company: ``res.company`` that collects, the root
        :param date today: the date there
        """

    @api.model
    def _running(self, company):
        """The run that somebody else started and that is not finished."""
        return self.env["o2c.run"].search(
            [
                ("company_id", "=", company.id),
                ("kind", "in", ("dunning", "dunning_preview", "dunning_hand")),
                ("state", "=", "running"),
            ],
            limit=1,
        )

    @api.model
    def _run_locked(self, company, today, preview, selection=None):
        """The run itself, when nobody else runs in this company."""
        live = company._o2c_mode("dunning") == "live" and not preview
        accounts = self._open_accounts(
            company, today, selection and selection.partner_ids
        )
        kind = "dunning_preview" if preview else "dunning"
        run = self.env["o2c.run"]._start(
            "dunning_hand" if selection else kind, company, today
        )
        rules = company._o2c_dunning_rules(today)
        judged = self._judge(run, company, rules, accounts)
        judged, handover = self._split_handover(judged, rules)
        judged = self._chosen(judged, selection, rules)
        judged = self._without_early(company, judged, rules)
        self._show(company, run, rules, judged, live, selection)
        planned = [pair for pair in judged if pair[1] and pair[1].step]
        waits = self._wait_reason(company, run, planned) if live else None
        run.total = run.done_count + run.failed_count + len(planned)
        if live:
            self._open_for_people(company, today, judged)
        if live and handover:
            self._propose_handover(run, company, today, handover)
        self._commit(remaining=len(planned))
        state = "approved" if live else "preview"
        for start in range(0, len(planned), BATCH):
            batch = planned[start : start + BATCH]
            self._write_batch(run, company, today, batch, state, waits)
            if not self._commit(processed=len(batch)):
                return run
        # a look ahead leaves on the cases what is late today
        if not (preview and today > company._o2c_today()):
            self._renew_amounts(company, today, accounts, selection)
        self._finish_run(run, live, waits)
        self._commit()
        return run

    @api.model
    def _show(self, company, run, rules, judged, live, selection):
        """Verdicts and figures of this run, in place of earlier ones."""
        if not selection:
            self.env["o2c.dunning.notice"]._clear_previews(company)
            if live:
                self.env["o2c.dunning.notice"]._withdraw_stale(company, judged)
        self.env["o2c.remind.verdict"]._replace(
            company, run, rules, judged, selection and selection.partner_ids
        )
        self.env["o2c.run.figure"]._write_figures(run, company, judged)

    @api.model
    def _renew_amounts(self, company, today, accounts, selection):
        """What is overdue, on the cases that this run looked at."""
        seen = self.browse(account.case_id for account in accounts if account.case_id)
        cases = seen if selection else self
        cases._write_amounts(company, today, accounts, everybody=not selection)

    @api.model
    def _judge(self, run, company, rules, accounts):
        """The verdicts, customer by customer; one bad customer stops nobody else.

        :return: list of (account, message), message None when judging failed
        """
        ladders = self.env["o2c.dunning.ladder"].browse(
            {account.ladder_id for account in accounts if account.ladder_id}
        )
        steps = {ladder.id: ladder._policy_steps() for ladder in ladders}
        self._add_kinds(accounts, steps)
        judged = []
        for account in accounts:
            try:
                message = self._judge_account(account, rules, steps)
            except Exception as error:
                _logger.exception("Customer %s was not judged", account.partner_id)
                self._note_failure(run, account, error)
                message = None
            judged.append((account, message))
        return judged

    @api.model
    def _judge_account(self, account, rules, steps):
        """The message of one customer in one currency.

        :param dict steps: ladder id to its steps
        """
        return write_to(
            account.debtor,
            account.items,
            account.credit,
            rules,
            steps.get(account.ladder_id, ()),
        )

    @api.model
    def _note_failure(self, run, account, error):
        """Show on the run which customer was left out, and why."""
        run._advance(failed=1)
        run._note(
            "error",
            self.env._("This customer was left out: %(error)s", error=error),
            partner=self.env["res.partner"].browse(account.partner_id),
        )

    @api.model
    def _write_batch(self, run, company, today, batch, state, waits):
        """Write a batch; when it fails, customer by customer, so one is left out."""
        try:
            with self.env.cr.savepoint():
                count = self._write_messages(run, company, today, batch, state, waits)
        except Exception:
            if len(batch) == 1:
                account = batch[0][0]
                _logger.exception("Customer %s was not written", account.partner_id)
                self._note_failure(run, account, self.env._("see the server log"))
                return
            self._reset_case_ids(company, batch)
            for pair in batch:
                self._write_batch(run, company, today, [pair], state, waits)
        else:
            run._advance(done=count)

    @api.model
    def _reset_case_ids(self, company, batch):
        """After a rollback the new cases are gone: take those that are there."""
        for account, _message in batch:
            account.case_id = 0
        self._add_debtors(
            company, {(one.partner_id, one.currency_id): one for one, _ in batch}
        )

    @api.model
    def _finish_run(self, run, live, waits):
        """Close the run; it waits when a person must approve it."""
        notices = run.done_count
        run._note(
            "info",
            self.env._("%(count)s reminders written.", count=notices)
            if live
            else self.env._("%(count)s reminders shown, nothing sent.", count=notices),
        )
        waiting = bool(waits and notices) and not run.failed_count
        run._finish("waiting" if waiting else None)

    @api.model
    def _commit(self, processed=0, remaining=None):
        """Keep what is done. Inside a test nothing is committed.

        :return: whether there is time left
        """
        if modules.module.current_test and "cron_id" not in self.env.context:
            self.env.flush_all()
            return True
        return self.env["ir.cron"]._commit_progress(processed, remaining=remaining) > 0

    @api.model
    def _cron_run(self):
        """Every night, in every company that watches or is live."""
        companies = self.env["res.company"]._o2c_companies("dunning", ("watch", "live"))
        for company in companies:
            today = company._o2c_today()
            finished = self.env["o2c.run"].search(
                [
                    ("kind", "=", "dunning"),
                    ("company_id", "=", company.id),
                    ("date", "=", today),
                    ("state", "!=", "running"),
                ],
                limit=1,
            )
            if not finished:
                self._run(company, today)
        if "live" in companies.mapped("o2c_dunning_mode"):
            self.env.ref("o2c_dunning.ir_cron_send")._trigger()
        for company in companies:
            self._after_run(company, company._o2c_today())
