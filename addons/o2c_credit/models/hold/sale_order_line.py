"""A confirmed order that grows is judged for what it grew."""

from odoo import api, models

from ...policy.credit_decision import ZERO

AMOUNT_FIELDS = {
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "price_unit",
    "discount",
    "tax_ids",
}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        orders = self.env["sale.order"].browse(
            {vals["order_id"] for vals in vals_list if vals.get("order_id")}
        )
        before = orders._o2c_totals_before()
        lines = super().create(vals_list)
        if before:
            lines.order_id._o2c_after_change(before)
        return lines

    def write(self, vals):
        before = {}
        if AMOUNT_FIELDS & vals.keys():
            before = self.order_id._o2c_totals_before()
        result = super().write(vals)
        if before:
            self.order_id._o2c_after_change(before)
        return result


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _o2c_totals_before(self):
        """Totals of the confirmed orders that credit looks at."""
        return {
            order: order._o2c_amount()
            for order in self
            if order.state == "sale" and order.company_id._o2c_credit_acting() != "off"
        }

    def _o2c_after_change(self, before):
        """Judge what was added; what was taken away may solve a hold.

        :param dict before: order to its total before the change
        """
        changes = {
            order: order._o2c_amount() - amount for order, amount in before.items()
        }
        growth = {order: change for order, change in changes.items() if change > ZERO}
        self.env["sale.order"].union(*growth)._o2c_judge_growth(growth)
        for order, change in changes.items():
            hold = order.sudo().o2c_hold_id if change < ZERO else None
            if hold and hold.kind == "growth":
                left = hold.amount + float(change)
                if left <= 0:
                    hold._solve()
                else:
                    hold._record({"amount": left})
                    order._o2c_recheck(hold)
