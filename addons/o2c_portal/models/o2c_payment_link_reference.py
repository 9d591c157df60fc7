"""One reference for one set of invoices: on the letter, the pay page, the account."""

from odoo import models

from ..policy import creditor_reference

#: Reminders that are looked at: the newest ones are on people's desks.
NEWEST = 5


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _page_bank(self, moves, choice, keys):
        """Extends: who pays in the portal what a reminder asks mentions the reference
        that the reminder names; each link has a number of its own."""
        bank = super()._page_bank(moves, choice, keys)
        if self.res_model != "res.partner" or bank.get("reference") != self.reference:
            return bank
        asked = {row.move_id for row in choice.allocations if row.amount > 0}
        if not (link := self._reminded_as(asked)):
            return bank
        account = self._creditor_account(
            [move for move in moves if move.id in asked] or list(moves)
        )
        details = self._bank_details(account, choice.amount, link.reference)
        return bank | {name: details[name] for name in details if bank[name]}

    def _reminded_as(self, move_ids):
        """Link of the newest reminder that asks exactly these invoices; may be empty.

        :param set move_ids: what would be paid
        """
        notices = (
            self.env["o2c.dunning.notice"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("company_id", "=", self.company_id.id),
                    ("currency_id", "=", self.currency_id.id),
                    ("sent_on", "!=", False),
                ],
                order="sent_on desc, id desc",
                limit=NEWEST,
            )
        )
        notice = next(
            (one for one in notices if set(one._asked_lines().move_id.ids) == move_ids),
            notices.browse(),
        )
        return self.sudo().search(
            [
                ("res_model", "=", notice._name),
                ("res_id", "=", notice.id or 0),
                ("state", "=", "live"),
            ],
            limit=1,
        )


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _payment_reference(self):
        """Extends: one invoice is mentioned as the invoice itself asks, the same as on
        its pay page."""
        move = self._asked_lines().move_id
        if len(move) == 1 and self._o2c_leaves():
            reference = move.sudo().payment_reference or move.sudo().name
            if creditor_reference.is_creditor_reference(reference):
                return creditor_reference.printed(reference)
            return reference
        return super()._payment_reference()
