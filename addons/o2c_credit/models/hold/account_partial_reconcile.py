"""Each time money meets an invoice, the customer's holds are judged again."""

from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        credits = partials.sudo().credit_move_id.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        if credits:
            self.env["o2c.credit.hold"]._money_came(credits.partner_id)
        return partials
