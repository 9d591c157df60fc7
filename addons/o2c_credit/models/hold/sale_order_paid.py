"""What was paid for an order before it is confirmed, and what must be."""

from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from ..profile.o2c_exposure import to_money


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_required_share(self, rules):
        """Part of the order that must be paid before it is confirmed, 0 to 1.

        Where credit is live the policy put it on the quotation, and only a credit
        manager could lower it there; what the house asks beyond the policy is between
        seller and customer.

        :param rules: ``CreditRules`` of the customer
        """
        self.ensure_one()
        if self.company_id._o2c_credit_acting() != "live":
            return rules.down_payment
        on_order = self.prepayment_percent if self.require_payment else 0.0
        return min(rules.down_payment, Decimal(str(round(on_order, 6))))

    def _o2c_named_money(self):
        """Open credits of the customers that name one of these orders.

        A transfer with the order number, or a payment through the portal that is in
        the books by now. One statement.

        :return: dict of order id to Decimal in company currency
        """
        orders = self._origin.filtered("name")
        if not orders:
            return {}
        self.env["account.move.line"].flush_model()
        orders.flush_recordset(["name", "partner_invoice_id", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT o.id, -sum(line.amount_residual)
                  FROM sale_order o
                  JOIN res_partner address ON address.id = o.partner_invoice_id
                  JOIN res_partner payer ON payer.commercial_partner_id
                       = address.commercial_partner_id
                  JOIN account_move_line line ON line.partner_id = payer.id
                  JOIN account_move entry ON entry.id = line.move_id
                 WHERE o.id = ANY(%s)
                   AND line.reconciled IS NOT TRUE
                   AND line.amount_residual < 0
                   AND line.parent_state = 'posted'
                   AND line.company_id = o.company_id
                   AND entry.move_type = 'entry'
                   AND line.account_id = ANY(ARRAY(
                       SELECT id FROM account_account
                        WHERE account_type = 'asset_receivable'))
                   AND concat_ws(' ', line.name, entry.ref, '') ~* concat(
                       '(^|[^[:alnum:]])',
                       regexp_replace(o.name, '([^[:alnum:]])', '\\\\\\1', 'g'),
                       '([^[:alnum:]]|$)')
                 GROUP BY o.id
                """,
                orders.ids,
            )
        )
        return {order_id: to_money(amount) for order_id, amount in rows}
