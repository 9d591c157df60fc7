"""Merging customers: one open case is left, and both histories."""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        """Core deletes rows whose key collides, so our cases are joined first."""
        cases = self.env["o2c.dunning.case"].sudo()
        cases._join_for_merge(src_partners, dst_partner.commercial_partner_id)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
