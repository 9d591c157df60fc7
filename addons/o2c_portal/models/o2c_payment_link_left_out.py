"""What the amount of a pay page leaves out: each reason once, with its sum."""

from odoo import models

from ..policy import left_out
from .o2c_payment_link_owed import BLOCKED, DISPUTED, PROMISED

#: Why an item waits, as a reason of the policy; anything else is a payment under way.
WAITS = {
    BLOCKED: left_out.BLOCKED,
    DISPUTED: left_out.DISPUTED,
    PROMISED: left_out.PROMISED,
}


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _left_out(self, found, waiting, choice, today):
        """Sums of what is open and not asked on this page.

        :param found: ``policy.offer.Offer``
        :param dict waiting: of :meth:`_offer`
        :param choice: ``policy.offer.Choice`` that the page shows
        :return: dict of reason to amount, see ``policy.left_out``
        """
        why = {key: WAITS.get(kind, left_out.PAYING) for key, kind in waiting.items()}
        planned = set(self._plans_around(self._moves()).move_ids.ids)
        sums = left_out.left_out(found, why, choice.allocations, planned, today)
        return {reason: float(amount) for reason, amount in sums.items()}

    def _left_out_words(self, sums):
        """Those sums as lines: list of (why, amount in words)."""
        words = {
            left_out.DISPUTED: self.env._("in dispute"),
            left_out.BLOCKED: self.env._("on hold, please contact us"),
            left_out.PAYING: self.env._("payment under way"),
            left_out.PROMISED: self.env._("payment announced"),
            left_out.PLANNED: self.env._("in a payment plan"),
            left_out.NOT_DUE: self.env._("not due yet"),
        }
        return [(words[reason], self._money(amount)) for reason, amount in sums.items()]
