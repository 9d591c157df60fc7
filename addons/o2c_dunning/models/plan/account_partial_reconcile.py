"""Money matched or unmatched: plans of these invoices know it at once."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._o2c_plans()._refresh()
        return partials

    def unlink(self):
        plans = self._o2c_plans()
        result = super().unlink()
        plans._refresh()
        return result

    def _o2c_plans(self):
        """The running plans of the invoices that are matched here."""
        items = self.env["o2c.payment.plan.item"].sudo()
        if not self:
            return items.plan_id
        moves = self.debit_move_id.move_id.ids
        return items.search([("live", "=", True), ("move_id", "in", moves)]).plan_id
