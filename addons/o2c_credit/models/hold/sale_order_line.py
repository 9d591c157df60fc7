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

    def _o2c_debtors_before(self, vals):
        """Customers of confirmed orders whose debtor is about to change."""
        if not {"partner_id", "partner_invoice_id"} & vals.keys():
            return {}
        return {
            order: order._o2c_debtor_id()
            for order in self
            if order.state == "sale" and order.company_id._o2c_credit_acting() != "off"
        }

    def _o2c_check_new_debtor(self, debtors):
        """A confirmed order that somebody else will owe counts in full for him."""
        growth = {
            order: order._o2c_amount()
            for order, debtor in debtors.items()
            if order._o2c_debtor_id() != debtor
        }
        self.env["sale.order"].union(*growth)._o2c_judge_growth(growth)

    def _o2c_judge_growth(self, growth, again=False):
        """Judge what was added to confirmed orders: they stay, but wait.

        :param dict growth: order to Decimal in company currency
        :param bool again: the growth was judged before
        """
        if not growth:
            return
        live = self.filtered(lambda o: o.company_id._o2c_credit_acting() == "live")
        peaceful = live._o2c_lock()
        for order, one in self._o2c_decisions(growth=growth).items():
            decision, facts = one.decision, one.facts
            if order in live and order.sudo().company_id.root_id not in peaceful:
                decision = self._o2c_busy(facts)
            open_hold = order.sudo().o2c_hold_id.filtered(lambda h: h.kind == "growth")
            if decision.held:
                if again and open_hold:
                    open_hold._record(open_hold._figures(decision, facts))
                else:
                    self.env["o2c.credit.hold"]._open(
                        order,
                        decision,
                        facts,
                        kind="growth",
                        state="open" if order in live else "watch",
                    )
            elif again:
                open_hold._solve()
