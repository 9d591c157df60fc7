"""The receipt of an online payment, for who paid it."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _o2c_receipt(self):
        """What the receipt says, in the language of the environment.

        :return: dict with day, method, and rows of (document, amount)
        """
        self.ensure_one()
        company = self.company_id.sudo()
        booked = self.payment_id.date
        return {
            "day": booked or company._o2c_today(self.last_state_change),
            "method": self.payment_method_id.name,
            "rows": self._o2c_receipt_rows(),
        }

    def _o2c_receipt_rows(self):
        """The documents that it paid; credit notes that were set off below zero."""
        rows = []
        for one in self.o2c_allocation_ids:
            move = one.move_id
            name = (
                self.env._("Credit note %s", move.name)
                if move.move_type == "out_refund"
                else self.env._("Invoice %s", move.name)
            )
            if move.move_type != "out_refund" and len(self._o2c_terms(move)) > 1:
                part = self.env._(
                    "instalment %(number)s of %(count)s",
                    number=one.number,
                    count=len(self._o2c_terms(move)),
                )
                name = f"{name}, {part}"
            rows.append({"name": name, "ref": move.ref or "", "amount": one.amount})
            if one.discount:
                text = self.env._("Discount for early payment, %s", move.name)
                rows.append({"name": text, "ref": "", "amount": -one.discount})
        return rows

    def _o2c_terms(self, move):
        """Instalments of an invoice."""
        return move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
