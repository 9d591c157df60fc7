"""A payment that was split over chosen items can still be corrected by hand."""

from odoo import Command, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _synchronize_to_moves(self, changed_fields):
        """Extends account: core expects one receivable line, so put ours together.

        Happens only when somebody set the payment back to draft and changes it; the
        links with the invoices are gone by then.
        """
        triggers = self._get_trigger_fields_to_synchronize()
        if any(name in changed_fields for name in triggers):
            for payment in self.filtered("payment_transaction_id.o2c_allocation_ids"):
                if payment.move_id.state == "draft":
                    payment._o2c_merge_parts()
        return super()._synchronize_to_moves(changed_fields)

    def _o2c_merge_parts(self):
        """One receivable line with the sum of the parts."""
        _liquidity, parts, _write_off = self._seek_for_lines()
        if len(parts) < 2:
            return
        total = {
            "amount_currency": sum(parts.mapped("amount_currency")),
            "balance": sum(parts.mapped("balance")),
        }
        self.move_id.with_context(skip_invoice_sync=True).write(
            {
                "line_ids": [
                    Command.update(parts[0].id, total),
                    *(Command.delete(part.id) for part in parts[1:]),
                ]
            }
        )
