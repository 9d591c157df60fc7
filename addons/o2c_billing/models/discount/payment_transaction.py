"""Paid online with the discount: all of it is booked, also over several VAT rates."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _create_payment(self, **extra_create_values):
        """Core books the discount of the first VAT rate only; the rest stays open.

        What is missing then is exactly the other lines of the same discount. When core
        books them one day, nothing is open and nothing is done here.
        """
        invoice = self.invoice_ids if len(self.invoice_ids) == 1 else None
        later = invoice._o2c_rows_core_forgets(self.amount) if invoice else []
        payment = super()._create_payment(**extra_create_values)
        if later:
            invoice._o2c_book_rest_of_discount(later)
        return payment


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_rows_core_forgets(self, amount):
        """Lines of the discount beyond the first of each kind, while nothing is booked.

        :param float amount: what is paid online now
        """
        self.ensure_one()
        if self.state != "posted" or not self._o2c_discount_offered():
            return []
        now = self._get_invoice_next_payment_values()
        if now.get("installment_state") != "epd" or self.currency_id.compare_amounts(
            amount, now["amount_due"]
        ):
            return []
        groups = self._o2c_discount_rows(now["epd_discount_amount"])
        return [row for group in groups for row in group[1:]]

    def _o2c_book_rest_of_discount(self, rows):
        """Book the lines of the discount that the payment lacks."""
        self.ensure_one()
        line = self._o2c_term_lines()
        missing = sum(row["amount_currency"] for row in rows)
        if not line.reconciled and not self.currency_id.compare_amounts(
            missing, line.amount_residual_currency
        ):
            self._o2c_discount_entry(line, rows)
