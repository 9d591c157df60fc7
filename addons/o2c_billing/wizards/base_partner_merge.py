"""Merging contacts: prices, contracts and preferences go along."""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Core writes the keys by SQL: what was read of agreements before is stale."""
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self.env["o2c.price.agreement"]._forget_rules()
        return result
