"""The chosen items of a pay page as a table for bookkeepers."""

from decimal import Decimal

from odoo import models

from ..policy import offer


class O2cPaymentLink(models.Model):
    _inherit = "o2c.payment.link"

    def _selection_rows(self, keys=None, amount=None, own=()):
        """Head and rows: what would be paid of which document, and how to transfer it.

        A choice that no longer holds gives the head only.

        :return: list of tuples
        """
        self.ensure_one()
        found, _waiting = self._offer(own=own)
        digits = self.currency_id.decimal_places
        choice = offer.choose(found, keys, amount, digits)
        moves = {move.id: move for move in self._moves()}
        bank = self._page_bank(moves.values(), choice, keys)
        dues = {item.key: item.due for item in found.payable}
        rows = [self._selection_head()]
        for row in choice.allocations:
            move = moves[row.move_id]
            rows.append(
                (
                    move.name,
                    row.number,
                    move.ref or "",
                    move.invoice_date,
                    dues.get((row.move_id, row.number)),
                    Decimal(f"{row.amount:.{digits}f}"),
                    Decimal(f"{row.discount:.{digits}f}"),
                    self.currency_id.name,
                    bank.get("iban", ""),
                    bank.get("reference", ""),
                )
            )
        return rows

    def _selection_head(self):
        return (
            self.env._("Document"),
            self.env._("Instalment"),
            self.env._("Your reference"),
            self.env._("Date"),
            self.env._("Due date"),
            self.env._("To pay"),
            self.env._("Discount"),
            self.env._("Currency"),
            self.env._("IBAN"),
            self.env._("Payment reference"),
        )
