"""A link to an instalment or invoice that was paid since: thanks, and nothing asked.

Who opens the address of a letter again after he paid did not ask for the rest of what
he owes: it is offered, not selected.
"""

from odoo import models

from .o2c_payment_link_owed import DUE_TYPES


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _page(self, keys=None, amount=None, own=(), now=None):
        """Extends: what was asked for is paid already."""
        if not keys or not self._is_paid(keys):
            return super()._page(keys, amount, own, now) | {"paid_text": ""}
        page = super()._page([], None, own, now)
        page["paid_text"] = ""
        if page["state"] == "open":
            page["refusal"] = ""
            page["paid_text"] = self.env._(
                "What this link asks is paid. You do not have to do anything for it."
            )
        return page

    def _is_paid(self, keys):
        """Whether all these instalments are ones of this link that were paid.

        :param keys: iterable of (invoice id, instalment number), as typed
        """
        ids = {move_id for move_id, _number in keys}
        moves = self._moves()
        if self.res_model == "res.partner":
            # what is paid is not among what is open
            moves = moves.browse(ids).exists().filtered(self._is_of_customer)
        moves = moves.filtered(
            lambda move: move.id in ids
            and move.state == "posted"
            and move.move_type in DUE_TYPES
            and move.payment_state != "reversed"
        )
        if ids - set(moves.ids):
            return False
        found = self.env["o2c.account.overview"]._receivables(moves)
        lines = {move.id: parts for move, parts in found.items()}
        return all(
            0 < number <= len(lines.get(move_id, ()))
            and lines[move_id][number - 1].reconciled
            for move_id, number in keys
        )

    def _is_of_customer(self, move):
        """Whether a document is of the account that this link shows."""
        return (move.commercial_partner_id, move.company_id, move.currency_id) == (
            self.partner_id,
            self.company_id,
            self.currency_id,
        )
