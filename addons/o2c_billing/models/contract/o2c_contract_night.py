"""The night of the contracts: renew, bill what is due, end, remind."""

from psycopg2 import OperationalError

from odoo import api, models
from odoo.tools import SQL

from .o2c_contract import BILLED_STATES

#: Lines billed together; the work is kept after each batch.
BATCH = 500
#: First half of the advisory lock of a night; the second is the company.
LOCK = 7301


class O2cContract(models.Model):
    _inherit = "o2c.contract"

    @api.model
    def _cron_contracts(self):
        """Every company where billing is live, or watched: then nothing is invoiced."""
        companies = self.env["res.company"]._o2c_companies("billing", ("live", "watch"))
        for company in companies:
            self._night(company, company._o2c_today())

    @api.model
    def _night(self, company, today):
        """All that is due in a company up to a day; safe to run again, or to stop.

        Nights that were missed are made up for: what is owed is worked out from the
        contract, not from when this last ran.

        :param company: ``res.company`` record
        :param date today: date in the company
        :return: the run, or an empty one when no line was due or another night of
            this company is at work
        """
        run = self.env["o2c.run"]
        if company._o2c_mode("billing") == "off":
            return run
        contracts = self._for_company(company)
        cron = self.env["ir.cron"]
        cron._commit_progress()  # a fresh look: what another night did is seen
        if not contracts._alone(company):
            return run
        contracts._pass_terms(company, today)
        batches = contracts.line_ids._due_batches(company, today)
        if batches:
            run = run._start("contracts", company, today, sum(map(len, batches)))
        cron._commit_progress(remaining=len(batches))
        for ids in batches:
            if not contracts._alone(company):
                return run
            lines = contracts.line_ids.browse(ids)
            failed = lines._work(company, today, run)
            run._advance(done=len(ids) - failed, failed=failed)
            if not cron._commit_progress(processed=1):
                return run
        contracts._end_passed(company, today)
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _alone(self, company):
        """Nobody else bills the contracts of this company until we commit.

        Whoever comes second leaves the rest to the first.
        """
        [[alone]] = self.env.execute_query(
            SQL("SELECT pg_try_advisory_xact_lock(%s, %s)", LOCK, company.id)
        )
        return alone

    @api.model
    def _for_company(self, company):
        """This model as the night of a company: its company, its language."""
        reader = company.o2c_responsible_id or company.partner_id
        return (
            self.browse()
            .sudo()
            .with_company(company)
            .with_context(
                tz=company._o2c_zone(),
                allowed_company_ids=company.ids,
                lang=reader.lang or self.env.lang,
            )
        )

    @api.model
    def _pass_terms(self, company, today):
        """Terms that have passed are renewed; owners are told in time, once."""
        self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("renewal", "=", "renews"),
                ("term_end", "<", today),
            ]
        )._renew(today)
        if company._o2c_mode("billing") != "live":
            return
        self.flush_model()
        due = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM o2c_contract
                 WHERE company_id = %(company)s
                   AND state = 'running'
                   AND renewal != 'open'
                   AND term_end IS NOT NULL
                   AND reminded_for IS DISTINCT FROM term_end
                   AND COALESCE(cancel_before, term_end) - remind_days
                       <= %(today)s::date
                   AND COALESCE(cancel_before, term_end) > %(today)s::date
                 ORDER BY id
                """,
                company=company.id,
                today=today,
            )
        )
        self.browse([key for (key,) in due]).try_lock_for_update()._remind()

    @api.model
    def _end_passed(self, company, today):
        """Contracts of which the last day has passed and everything was billed."""
        ended = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("running", "notice")),
                ("date_end", "<", today),
                ("line_ids", "not any", [("next_due", "!=", False)]),
            ]
        )
        ended.write({"state": "ended"})
        ended._refresh_figures()


class O2cContractLine(models.Model):
    _inherit = "o2c.contract.line"

    def _due_batches(self, company, today):
        """Ids of the lines that are due, a contract's lines together: one query."""
        self.flush_model()
        self.env["o2c.contract"].flush_model(["state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM o2c_contract_line line
                  JOIN o2c_contract contract ON contract.id = line.contract_id
                 WHERE line.company_id = %(company)s
                   AND line.next_due <= %(today)s
                   AND contract.state IN %(states)s
                 ORDER BY line.contract_id, line.id
                """,
                company=company.id,
                today=today,
                states=BILLED_STATES,
            )
        )
        ids = [key for (key,) in rows]
        return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]

    def _work(self, company, today, run):
        """One batch: what another night holds is left to it.

        :return: how many lines failed
        """
        lines = self.try_lock_for_update()
        lines = lines.filtered(lambda line: line.next_due and line.next_due <= today)
        failed = lines._bill_or_apart(company, today, run)
        (lines - failed).contract_id._refresh_figures()
        return len(failed)

    def _bill_or_apart(self, company, today, run):
        """Bill all at once; when that fails, per contract, and keep the reason.

        :return: the lines that failed; they are tried again the next night
        """
        if not self:
            return self
        try:
            with self.env.cr.savepoint():
                self._bill(company, today)
                self.env.flush_all()
            return self.browse()
        except OperationalError:
            raise
        except Exception as error:
            contracts = self.contract_id
            if len(contracts) == 1:
                run._note(
                    "error",
                    self.env._(
                        "%(contract)s was not billed: %(error)s",
                        contract=contracts.name,
                        error=error,
                    ),
                    contracts.partner_id,
                )
                return self
        failed = self.browse()
        for lines in self.grouped("contract_id").values():
            failed |= lines._bill_or_apart(company, today, run)
        return failed
