"""A paid draft is posted: the payment is recorded as its approval first."""

from odoo import models


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _o2c_approve_invoices(self):
        """Only what was really paid counts as approved."""
        done = self.sudo().filtered(lambda tx: tx.state == "done")
        done.invoice_ids._o2c_approve_paid_online()

    def _post_process(self):
        self._o2c_approve_invoices()
        return super()._post_process()

    def _invoice_sale_orders(self):
        result = super()._invoice_sale_orders()
        self._o2c_approve_invoices()
        return result

    def _create_payment(self, **extra_create_values):
        self._o2c_approve_invoices()
        return super()._create_payment(**extra_create_values)
