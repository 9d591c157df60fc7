"""The send queue: one document per call, resumable, never twice."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...policy import retry

_logger = logging.getLogger(__name__)


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _cron_o2c_send_queue(self):
        """Every live company, as the scheduler runs it."""
        for company in self.env["res.company"]._o2c_companies("billing"):
            self._o2c_send_queue(company)

    @api.model
    def _o2c_send_queue(self, company):
        """Send what waits, by the customer's preference.

        :param company: ``res.company`` record
        :return: the run, or an empty one when nothing waits
        """
        run = self.env["o2c.run"]
        if company._o2c_mode("billing") != "live":
            return run
        queue = (
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
        queue._o2c_read_bounces(company)
        ids = queue._o2c_due_to_send(company)
        if not ids:
            return run
        run = run._start("sending", company, company._o2c_today(), len(ids))
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(ids))
        for move in queue.browse(ids):
            move._o2c_send_one()
            # What misses something waits in its own list; that is no failed run.
            failed = move.o2c_send_state == "failed"
            run._advance(done=int(not failed), failed=int(failed))
            if not cron._commit_progress(processed=1):
                return run
        run._finish()
        cron._commit_progress(remaining=0)
        return run

    @api.model
    def _o2c_due_to_send(self, company):
        """Ids of the posted documents whose time has come."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id
                  FROM account_move
                 WHERE company_id = %(company)s
                   AND state = 'posted'
                   AND (o2c_send_state = 'waiting'
                        OR (o2c_send_state IN ('blocked', 'failed')
                            AND o2c_send_next_try <= %(now)s))
                 ORDER BY id
                """,
                company=company.id,
                now=fields.Datetime.now(),
            )
        )
        return [key for (key,) in rows]

    def _o2c_send_one(self):
        """Send one document; whatever goes wrong stays with this document.

        :return: True when it left, or had left already
        """
        move = self.try_lock_for_update()
        if not move:
            return False
        try:
            if move.is_move_sent and not move.o2c_send_message_id:
                move._o2c_mark_sent()
                return True
            if not move.o2c_send_message_id:
                if not move._o2c_preflight() or not move._o2c_generate():
                    return False
                # The document and its e-mail exist: from here on it is only carried.
                self.env["ir.cron"]._commit_progress()
            return move._o2c_carry()
        except OperationalError:
            raise
        except Exception as error:
            self.env.cr.rollback()
            move._o2c_send_failed(error)
            return False

    def _o2c_generate(self):
        """Let core make the documents and write the e-mail into its outbox.

        :return: True when there is something to carry
        """
        self.ensure_one()
        self.o2c_send_state = "waiting"
        last = self.message_ids[:1].id or 0
        author = self.invoice_user_id or self.env.user
        self.env["account.move.send"]._generate_and_send_invoices(
            self,
            from_cron=True,
            allow_raising=False,
            author_user_id=author.id,
            author_partner_id=author.partner_id.id,
        )
        if self.o2c_send_state == "blocked":
            return False
        message = self.env["mail.message"].search(
            [
                ("model", "=", self._name),
                ("res_id", "=", self.id),
                ("message_type", "=", "comment"),
                ("id", ">", last),
            ],
            order="id desc",
            limit=1,
        )
        self.o2c_send_message_id = message
        if not message:
            self._o2c_delivered()
            return False
        return True

    def _o2c_carry(self):
        """Hand the e-mail to the mail server and read what it says.

        :return: True when the server took it
        """
        self.ensure_one()
        message = self.o2c_send_message_id
        mails = self.env["mail.mail"].search([("mail_message_id", "=", message.id)])
        mails.filtered(lambda mail: mail.state == "exception").mark_outgoing()
        mails.filtered(lambda mail: mail.state == "outgoing").send(
            raise_exception=False
        )
        message.invalidate_recordset(["notification_ids"])
        failed = message.notification_ids.filtered(
            lambda note: note.notification_status in ("exception", "bounce")
        )
        stuck = mails.exists().filtered(lambda mail: mail.state == "exception")
        if not failed and not stuck:
            self._o2c_delivered()
            return True
        if any(note.failure_type == "mail_email_invalid" for note in failed):
            self._o2c_unreachable(failed[:1].res_partner_id)
            return False
        reason = stuck[:1].failure_reason or failed[:1].failure_reason
        self._o2c_send_failed(
            UserError(
                self.env._(
                    "The mail server did not take it: %(reason)s",
                    reason=" ".join((reason or self.env._("no reason given")).split()),
                )
            )
        )
        return False

    def _o2c_delivered(self):
        """It left: remember when, how and to whom."""
        message = self.o2c_send_message_id
        addresses = ", ".join(
            message.notified_partner_ids.filtered("email").mapped("email")
        )
        self._o2c_mark_sent()
        self.is_move_sent = True
        self._o2c_log_sending("sent", addresses)

    def _o2c_send_failed(self, error):
        """It did not leave: why, and when to try again."""
        self.ensure_one()
        if not isinstance(error, UserError):
            _logger.warning("Sending of move %s failed", self.id, exc_info=error)
        attempts = self.o2c_send_attempts + 1
        wait = retry.wait(attempts)
        owner = self.invoice_user_id or self.company_id.o2c_responsible_id
        self.write(
            {
                "o2c_send_state": "failed",
                "o2c_send_attempts": attempts,
                "o2c_send_next_try": wait and fields.Datetime.now() + wait,
                "o2c_send_reason": str(error),
                "o2c_send_user_id": (self.o2c_send_user_id or owner).id,
            }
        )
        self._o2c_log_sending("failed", str(error))

    def _o2c_unreachable(self, partner):
        """The address is wrong: a person mends it first."""
        self.ensure_one()
        words = self.env._(
            "The e-mail address %(email)s does not work.", email=partner.email or ""
        )
        self._o2c_block_sending(words)
        self.o2c_send_message_id = False
        self._o2c_log_sending("bounced", partner.email or "")
        self.env["o2c.contact.task"]._open(
            partner or self.partner_id, self.company_id, "email_bounced", words
        )

    @api.model
    def _o2c_read_bounces(self, company):
        """E-mails that came back since: the invoice was not delivered after all."""
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (m.id) m.id, n.res_partner_id
                  FROM account_move m
                  JOIN mail_notification n
                    ON n.mail_message_id = m.o2c_send_message_id
                 WHERE m.company_id = %(company)s
                   AND m.o2c_send_state = 'sent'
                   AND m.o2c_sent_at >= %(since)s
                   AND n.notification_status = 'bounce'
                 ORDER BY m.id
                """,
                company=company.id,
                since=fields.Datetime.subtract(fields.Datetime.now(), days=30),
            )
        )
        for move_id, partner_id in rows:
            partner = self.env["res.partner"].browse(partner_id)
            self.browse(move_id)._o2c_unreachable(partner)
