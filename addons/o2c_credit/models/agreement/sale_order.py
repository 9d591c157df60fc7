"""An agreement on the order: its terms, and the customer's own number."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_agreement_id = fields.Many2one(
        "o2c.payment.agreement",
        string="Payment Agreement",
        compute="_compute_o2c_agreement_id",
        compute_sudo=True,
        groups="base.group_user",
        help="What was agreed with this customer about paying.",
    )
    o2c_needs_number = fields.Boolean(
        compute="_compute_o2c_agreement_id", compute_sudo=True
    )

    @api.depends("partner_invoice_id", "partner_id", "company_id", "client_order_ref")
    def _compute_o2c_agreement_id(self):
        found = self._o2c_agreements()
        for order in self:
            agreement = found.get(order)
            order.o2c_agreement_id = agreement
            order.o2c_needs_number = bool(
                agreement
                and agreement.order_number_required
                and not (order.client_order_ref or "").strip()
            )

    def _o2c_agreements(self):
        """Agreements in force for who will owe these orders.

        :return: dict of order to agreement
        """
        found = {}
        agreements = self.env["o2c.payment.agreement"]
        for company, orders in self.grouped("company_id").items():
            if not company:
                continue
            debtors = {
                order: (order.partner_invoice_id or order.partner_id)
                .sudo()
                .commercial_partner_id._origin.id
                for order in orders
            }
            known = agreements._in_force(
                company.sudo(),
                [pid for pid in debtors.values() if pid],
                company.sudo()._o2c_today(),
            )
            for order, pid in debtors.items():
                if pid in known:
                    found[order] = known[pid]
        return found

    @api.depends("partner_id")
    def _compute_payment_term_id(self):
        result = super()._compute_payment_term_id()
        for order, agreement in self._o2c_agreements().items():
            if agreement.payment_term_id:
                order.payment_term_id = agreement.payment_term_id
        return result

    def _confirmation_error_message(self):
        """Agreed: no order without the customer's own number.

        Whoever signs or pays online is not stopped: that becomes an alert.
        """
        error = super()._confirmation_error_message()
        if error or not self.o2c_needs_number or not self._o2c_colleague_confirms():
            return error
        return self.env._(
            "It was agreed with %(customer)s that each order has their order number. "
            "Fill in the customer reference of %(order)s first.",
            customer=self.partner_invoice_id.commercial_partner_id.display_name,
            order=self.name,
        )

    def _o2c_colleague_confirms(self):
        """Whether a colleague clicks, rather than a customer or his payment."""
        self.ensure_one()
        paid = self.sudo().transaction_ids.filtered(
            lambda tx: tx.state in ("pending", "authorized", "done")
        )
        internal = self.env.user._is_internal() and not self.env.user._is_superuser()
        return internal and not paid and not self.signature
