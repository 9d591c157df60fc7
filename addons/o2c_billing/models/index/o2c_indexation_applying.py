"""Carrying out approved indexations: prices first, then the letters."""

from psycopg2 import OperationalError

from odoo import api, models

#: Prices changed together; the work is committed after each batch.
BATCH = 500


class O2cPriceIndexation(models.Model):
    _inherit = "o2c.price.indexation"

    @api.model
    def _cron_apply(self):
        """Every company where billing is on, as the scheduler runs it."""
        for company in self.env["res.company"]._o2c_companies(
            "billing", modes=("watch", "live")
        ):
            self._apply_approved(company, company._o2c_today())
            if company._o2c_mode("billing") == "live":
                self.env["o2c.price.indexation.letter"]._send_queue(
                    company, company._o2c_today()
                )

    @api.model
    def _apply_approved(self, company, today):
        """Change the prices of what was approved; goes on where it was stopped.

        :param company: ``res.company`` record
        :param date today: date of the run
        :return: the run, or an empty one when there was nothing to do
        """
        own = (
            self.sudo()
            .with_company(company)
            .with_context(allowed_company_ids=company.ids)
        )
        approved = own.search(
            [("company_id", "=", company.id), ("state", "=", "approved")]
        )
        run = self.env["o2c.run"]
        if not approved:
            return run
        todo = own.env["o2c.price.indexation.line"].search(
            [("indexation_id", "in", approved.ids), ("state", "=", "approved")]
        )
        run = run._start("indexation", company, today, len(todo))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(todo))
        for start in range(0, len(todo), BATCH):
            batch = todo[start : start + BATCH]
            failed = batch._apply_or_apart()
            run._advance(done=len(batch) - failed, failed=failed)
            if not cron._commit_progress(processed=len(batch)):
                return run
        approved._close_when_done()
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    def _step_name(self):
        """By what the prices moved, for who asks why a price is what it is."""
        index = self.index_id if self.method == "index" else self.index_id.browse()
        if not index:
            return self.name
        return f"{index.name} {index._period_words(self.index_period)}"

    def _close_when_done(self):
        """Every price was changed or has a reason: now customers are told."""
        for one in self:
            if "approved" in one.line_ids.mapped("state"):
                continue
            one.state = "applied"
            one.letter_ids._queue()


class O2cPriceIndexationLine(models.Model):
    _inherit = "o2c.price.indexation.line"

    def _apply_or_apart(self):
        """Do it for all at once; when that fails, in halves, and keep the reason.

        :return: how many failed
        """
        try:
            with self.env.cr.savepoint():
                return self._apply()
        except OperationalError:
            raise
        except Exception as error:
            if len(self) <= 1:
                self.write(
                    {"state": "failed", "reason": "error", "detail": str(error)[:500]}
                )
                return len(self)
        half = len(self) // 2
        return self[:half]._apply_or_apart() + self[half:]._apply_or_apart()

    def _apply(self):
        """Give the lines their new price.

        :return: how many could not get it
        """
        rows = self.try_lock_for_update().filtered(lambda row: row.state == "approved")
        changed = rows._changed_since()
        changed.write({"state": "failed", "reason": "changed"})
        for indexation, model in rows._sources():
            part = (rows - changed).filtered(
                lambda row, i=indexation, m=model: (row.indexation_id, row.res_model)
                == (i, m)
            )
            lines = self.env[model].browse(part.mapped("res_id"))
            verdicts = {row.res_id: row._verdict() for row in part}
            successors = lines._o2c_index_to(
                indexation.effective_date, verdicts, indexation._step_name()
            )
            for row, successor in zip(part, successors, strict=True):
                row.write({"state": "applied", "successor_id": successor.id})
        return len(changed)

    def _sources(self):
        return dict.fromkeys((row.indexation_id, row.res_model) for row in self)
