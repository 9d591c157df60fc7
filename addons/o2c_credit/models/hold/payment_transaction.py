"""Paid or authorized online, but held: the money is booked, the order waits."""

from odoo import SUPERUSER_ID, models
from odoo.tools import str2bool


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _check_amount_and_confirm_order(self):
        # nothing is raised here: that would roll back the booking of the payment
        confirmed = super()._check_amount_and_confirm_order()
        return confirmed.filtered(lambda order: order.state == "sale")

    def _o2c_invoice_released(self):
        """After a release: the invoice that the payment would have made at once."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not str2bool(parameters.get_param("sale.automatic_invoice")):
            return
        # as after an online payment: not the controller but the house invoices
        for tx in self.with_user(SUPERUSER_ID).filtered(
            lambda tx: tx.state == "done" and not tx.invoice_ids
        ):
            tx._invoice_sale_orders()
            tx.invoice_ids.filtered(lambda inv: inv.state == "draft").action_post()
            payment = tx.payment_id
            (payment.move_id.line_ids + tx.invoice_ids.line_ids).filtered(
                lambda line, account=payment.destination_account_id: (
                    line.account_id == account and not line.reconciled
                )
            ).reconcile()
