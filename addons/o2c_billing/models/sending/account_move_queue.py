"""The scheduler's door to the send queue, and core's own batch of ten."""

import logging

from psycopg2 import OperationalError

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_send_left = fields.Char(
        string="Still to Send",
        compute="_compute_o2c_send_left",
        compute_sudo=True,
        help="What still has to happen, and by which ways the document left already.",
    )

    @api.depends("o2c_send_state", "o2c_send_reason", "o2c_sending_ids.state")
    @api.depends_context("lang")
    def _compute_o2c_send_left(self):
        names = dict(
            self.env["o2c.sending"]._fields["channel"]._description_selection(self.env)
        )
        for move in self:
            if move.o2c_send_state not in ("blocked", "failed", "todo"):
                move.o2c_send_left = False
                continue
            rows = move.o2c_sending_ids
            sent = set(rows.filtered(lambda row: row.state == "sent").mapped("channel"))
            done = [way for way in names if way in sent]
            reason = move.o2c_send_reason or ""
            if done:
                ways = ", ".join(names[way] for way in done)
                move.o2c_send_left = self.env._(
                    "Sent by: %(ways)s. Still open: %(reason)s",
                    ways=ways,
                    reason=reason,
                )
            else:
                move.o2c_send_left = self.env._("Not sent: %(reason)s", reason=reason)

    def _compute_display_send_button(self):
        """One way to go on at a time: what failed is tried again, what a person
        carries away is told; core's own button is there for all others.

        Without a dependency on our fields, as with ``hide_post_button``.
        """
        result = super()._compute_display_send_button()
        if self.env.user.has_group("o2c_base.group_billing_user"):
            for move in self:
                if move.o2c_send_state in ("blocked", "failed", "todo"):
                    move.display_send_button = False
        return result

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
