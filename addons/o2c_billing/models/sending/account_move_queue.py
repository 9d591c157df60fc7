"""The scheduler's door to the send queue, and core's own batch of ten."""

import logging

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import UserError

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
        return self.env["o2c.sending"]._process(company)


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _generate_and_send_invoices(self, moves, from_cron=False, **settings):
        """One document that cannot be made does not hold up the others of its batch.

        Core takes ten at once in one transaction: an unexpected error rolls all of
        them back, every time. They are tried together first, one by one when that
        fails; what fails alone waits with the reason.
        """
        together = super()._generate_and_send_invoices
        live = any(
            company._o2c_mode("billing") == "live" for company in moves.company_id
        )
        if not (from_cron and live) or self.env.context.get("o2c_sending"):
            return together(moves, from_cron=from_cron, **settings)
        try:
            with self.env.cr.savepoint():
                return together(moves, from_cron=from_cron, **settings)
        except OperationalError:
            raise
        except Exception:
            _logger.info("Sending %s together failed; one by one", moves.ids)
        made = self.env["ir.attachment"]
        for move in moves:
            try:
                with self.env.cr.savepoint():
                    made += together(move, from_cron=from_cron, **settings)
            except OperationalError:
                raise
            except Exception as error:
                _logger.info("Sending move %s failed", move.id, exc_info=error)
                move.sending_data = False
                self._o2c_set_aside(move, str(error))
        return made

    @api.model
    def _o2c_set_aside(self, move, words):
        """It waits in the send queue with its reason; the queue tries again."""
        rows = self.env["o2c.sending"].sudo()
        rows._plan(move)
        for row in rows.search(
            [("move_id", "=", move.id), ("state", "=", "waiting")], limit=1
        ):
            row._fail(UserError(words))
