"""What became of an event: an invoice line, a failure, or nothing."""

import logging

from odoo import fields, models
from odoo.exceptions import UserError

from ...policy import billable as policy
from ...policy import retry

_logger = logging.getLogger(__name__)


class O2cBillingEvent(models.Model):
    _inherit = "o2c.billing.event"

    def _silent(self):
        """Events as the queue writes them: no message per step in the chatter."""
        return self.with_context(tracking_disable=True)

    def _becomes(self, line):
        """The event became this line of a draft.

        :param line: ``account.move.line`` record
        """
        self._silent().write(
            {
                "invoice_line_id": line.id,
                "move_id": line.move_id.id,
                "state": "drafted",
                "drafted_at": fields.Datetime.now(),
                "reason": False,
                "next_try": False,
            }
        )

    def _correct(self, quantity):
        """A person corrected the delivered quantity before it was invoiced."""
        self.ensure_one()
        if not quantity:
            self._silent().write({"quantity": 0.0})
            self._set_aside()
            return
        self._silent().write(
            {
                "quantity": quantity,
                "amount": self.order_line_id._o2c_billing_amount(quantity),
            }
        )

    def _taken_by(self, line):
        """An invoice line made by a person covers these events of one order line.

        What the line does not cover stays waiting.

        :param line: ``account.move.line`` record
        """
        left = line.quantity
        everything = sum(self.mapped("quantity")) <= left
        for event in self:
            if not everything and event.quantity > left:
                if left <= 0:
                    break
                event._split(left)
            left -= event.quantity
            event._becomes(line)

    def _split(self, quantity):
        """Keep this quantity; the rest becomes an event of its own."""
        self.ensure_one()
        rest = self.quantity - quantity
        order_line = self.order_line_id
        self._silent().copy(
            {
                "company_id": self.company_id.id,
                "source": self.source,
                "key": f"{self.key}+{self.id}",
                "quantity": rest,
                "amount": order_line._o2c_billing_amount(rest),
            }
        )
        self._correct(quantity)

    def _set_aside(self):
        """Nothing is left to invoice: somebody did it already, or it came back."""
        self._silent().write(
            {
                "state": "skipped",
                "next_try": False,
                "reason": self.env._(
                    "Nothing left to invoice: it was invoiced by hand or came back."
                ),
            }
        )

    def _needs_person(self, code):
        """A person decides; no automatic retry."""
        reason = {
            policy.CANCELLED: self.env._(
                "Delivered, but the order is not confirmed any more. Confirm it again "
                "or set this aside."
            ),
            "down_payment": self.env._(
                "The down payment is larger than this delivery. Invoice it from the "
                "order, or try again when more has been delivered."
            ),
            "archived": self.env._(
                "The customer was archived after this was delivered. Restore him, or "
                "set this aside."
            ),
        }[code]
        self._silent().write({"state": "failed", "next_try": False, "reason": reason})

    def _fail(self, error):
        """It did not work: the reason for the owner, and when to try again."""
        expected = isinstance(error, UserError)
        if not expected:
            _logger.warning("Billing event %s failed", self.ids, exc_info=error)
        now = fields.Datetime.now()
        for event in self:
            attempts = event.attempts + 1
            wait = retry.wait(attempts)
            event._silent().write(
                {
                    "state": "drafted" if event.move_id else "failed",
                    "attempts": attempts,
                    "next_try": wait and now + wait,
                    "reason": str(error)
                    if expected
                    else self.env._("Unexpected: %(error)s", error=error),
                }
            )
