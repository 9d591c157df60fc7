"""Merging contacts: our rows are combined before core rewrites the keys.

Core rewrites foreign keys by SQL and deletes the rows that collide, which would leave
to chance which of two limits survives.
"""

from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        profiles = (
            self.env["o2c.risk.profile"]
            .sudo()
            .search([("partner_id", "in", src_partners.ids)])
        )
        if profiles:
            profiles._combine_into(dst_partner.commercial_partner_id)
        self.env["o2c.credit.group"]._leave(
            src_partners.sudo(), dst_partner.sudo().commercial_partner_id
        )
        self.env["o2c.payment.agreement"].sudo().search(
            [("partner_id", "in", src_partners.ids)]
        )._hand_over(dst_partner.commercial_partner_id)
        companies = (
            self.env["o2c.exposure.lock"]
            .sudo()
            .search([("partner_id", "in", src_partners.ids)])
            .company_id
            | self.env["o2c.customer.snapshot"]
            .sudo()
            .search([("partner_id", "in", src_partners.ids)])
            .company_id
        )
        for company in companies:
            src_partners._o2c_forget_figures(company)
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
