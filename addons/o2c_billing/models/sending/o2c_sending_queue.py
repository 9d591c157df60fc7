"""The send queue: one document by one way per step, resumable, never twice."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...policy import channel as policy
from ...policy import retry

_logger = logging.getLogger(__name__)


class O2cSending(models.Model):
    _inherit = "o2c.sending"

    @api.model
    def _process(self, company):
        """Send what is due, by the customer's preference.

        :param company: ``res.company`` record
        :return: the run, or an empty one when nothing is due
        """
        run = self.env["o2c.run"]
        if company._o2c_mode("billing") != "live":
            return run
        queue = self._in_company(company)
        queue._adopt(company)
        queue._read_outcomes(company)
        ids = queue._due(company)
        bundles = self.env["o2c.mail.bundle"].with_env(queue.env)
        if not ids and not bundles._due(company):
            return run
        run = run._start("sending", company, company._o2c_today(), len(ids))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for row in queue.browse(ids):
            row._step()
            # What misses something waits in its own list; that is no failed run.
            failed = row.exists().state == "failed"
            run._advance(done=int(not failed), failed=int(failed))
            if not cron._commit_progress(processed=1):
                return run
        bundles._process(company, run)
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _in_company(self, company):
        """This model as the queue works it: company, zone and language explicit."""
        return (
            self.sudo()
            .with_company(company)
            .with_context(
                tz=company._o2c_zone(),
                allowed_company_ids=company.ids,
                lang=(company.o2c_responsible_id or company.partner_id).lang
                or self.env.lang,
                mail_notify_force_send=False,
            )
        )

    @api.model
    def _adopt(self, company):
        """Documents that wait without ways: from before this version, or by others."""
        self.env["account.move"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.id
                  FROM account_move m
                 WHERE m.company_id = %s AND m.state = 'posted'
                   AND m.o2c_send_state IN ('waiting', 'blocked', 'failed')
                   AND NOT EXISTS (
                       SELECT 1 FROM o2c_sending s
                        WHERE s.move_id = m.id AND s.state <> 'dropped')
                """,
                company.id,
            )
        )
        moves = self.env["account.move"].browse(key for (key,) in rows)
        if moves:
            self._plan(moves)._settle()

    @api.model
    def _due(self, company):
        """Ids of the rows whose time has come."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id
                  FROM o2c_sending s
                  JOIN account_move m ON m.id = s.move_id AND m.state = 'posted'
                 WHERE s.company_id = %(company)s
                   AND NOT s.ready IS TRUE
                   AND (s.state = 'waiting'
                        OR (s.state IN ('blocked', 'failed')
                            AND s.next_try <= %(now)s))
                 ORDER BY s.id
                """,
                company=company.id,
                now=fields.Datetime.now(),
            )
        )
        return [key for (key,) in rows]

    def _step(self):
        """Bring one row on; whatever goes wrong stays with this row.

        :return: True when it left
        """
        row = self.try_lock_for_update()
        if not row or not row.move_id.try_lock_for_update(allow_referencing=True):
            return False
        row.invalidate_recordset()  # another worker may have had it meanwhile
        if row.state not in ("waiting", "blocked", "failed") or row.ready:
            return False
        if row.handed_at:
            return row._unsure()
        try:
            return row._ways_to_go()[row.channel]()
        except OperationalError:
            raise
        except Exception as error:
            self.env.cr.rollback()
            row._fail(error)
            return False

    def _ways_to_go(self):
        """Hook: the method that brings a row on, per way."""
        return {
            policy.EMAIL: self._send_email,
            policy.NETWORK: self._send_network,
            policy.PORTAL: self._send_portal,
            policy.POST: self._send_post,
            policy.UPLOAD: self._send_upload,
            policy.HAND: self._preflight,
        }

    def _fail(self, error):
        """It did not leave: why, and when to try again."""
        self.ensure_one()
        if not isinstance(error, UserError):
            _logger.warning("Sending %s failed", self.id, exc_info=error)
        attempts = self.attempts + 1
        wait = retry.wait(attempts)
        owner = self.user_id or self._owner(self.move_id, "document")
        self.write(
            {
                "state": "failed",
                "attempts": attempts,
                "next_try": wait and fields.Datetime.now() + wait,
                "reason": str(error),
                "user_id": owner.id,
                "handed_at": False,
            }
        )
        self.env["o2c.delivery.log"]._log(
            self.move_id, self.channel, "failed", detail=str(error)
        )
        self._settle()

    def _generate(self, methods, **settings):
        """Let core make the documents and do what its sending methods do.

        :param list methods: Odoo's own sending methods
        :return: True unless core found that something is missing
        """
        self.ensure_one()
        move = self.move_id
        last = move.message_ids[:1].id or 0
        author = move.invoice_user_id or self.env.user
        self.env["account.move.send"].with_context(
            o2c_sending=self.id
        )._generate_and_send_invoices(
            move,
            from_cron=True,
            allow_raising=False,
            author_user_id=author.id,
            author_partner_id=author.partner_id.id,
            sending_methods=methods,
            **settings,
        )
        if self.state == "blocked":
            return False
        if "email" in methods:
            self.message_id = self._message_after(move, last)
        return True

    @api.model
    def _message_after(self, record, last):
        """The e-mail that was written on a record after a message."""
        return self.env["mail.message"].search(
            [
                ("model", "=", record._name),
                ("res_id", "=", record.id),
                ("message_type", "=", "comment"),
                ("id", ">", last),
            ],
            order="id desc",
            limit=1,
        )

    @api.model
    def _read_outcomes(self, company):
        """Hook: what became of what was sent before. Extend with ``super()``."""
        self._read_bounces(company)
        self._read_network(company)
        self._read_snailmail(company)
