"""The customer: his profile follows him, and core's limit cannot be written around."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import float_compare


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _o2c_profile(self, company):
        """Risk profile of the customer's commercial entity.

        :param company: ``res.company``; its root counts
        :return: ``o2c.risk.profile`` in sudo, may be empty
        """
        self.ensure_one()
        profiles = self.env["o2c.risk.profile"]
        customer = self.sudo().commercial_partner_id
        return profiles._of(company, customer.ids).get(customer.id, profiles.sudo())

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        if any("credit_limit" in vals for vals in vals_list):
            partners._o2c_check_core_limit()
        return partners

    def write(self, vals):
        result = super().write(vals)
        if "credit_limit" in vals:
            self._o2c_check_core_limit()
        if {"parent_id", "is_company"} & vals.keys():
            self._o2c_follow_commercial_entity()
        return result

    def _o2c_check_core_limit(self):
        """Core's field says what the profile says, in a company where credit is live.

        The value itself is checked, so nobody needs a flag to write the right one.
        """
        company = self.env.company
        if not company._o2c_credit_live():
            return
        customers = self.sudo().commercial_partner_id
        profiles = self.env["o2c.risk.profile"]
        known = profiles._of(company, customers.ids)
        for partner in self.sudo().with_company(company):
            profile = known.get(partner.commercial_partner_id.id, profiles)
            if float_compare(
                partner.credit_limit, profile._core_limit(), precision_digits=2
            ):
                raise ValidationError(
                    self.env._(
                        "The credit limit of %s is kept in his risk profile. Change it "
                        "there: Order to Cash, Credit, Risk Profiles.",
                        partner.display_name,
                    )
                )

    def _o2c_follow_commercial_entity(self):
        """Profiles of partners that became part of another customer go there."""
        orphans = (
            self.env["o2c.risk.profile"]
            .sudo()
            .search([("partner_id", "in", self.ids)])
            .filtered(lambda p: p.partner_id.commercial_partner_id != p.partner_id)
        )
        for profile in orphans:
            profile._combine_into(profile.partner_id.commercial_partner_id)
        groups = self.env["o2c.credit.group"]
        for partner in self.sudo():
            if partner.commercial_partner_id != partner:
                groups._leave(partner, partner.commercial_partner_id)
        self._o2c_start_alone()

    def _o2c_start_alone(self):
        """A contact who became a customer of his own leaves the old limit behind."""
        alone = self.sudo().filtered(lambda one: one.commercial_partner_id == one)
        profiles = self.env["o2c.risk.profile"]
        companies = self.env["res.company"].sudo()
        for root in companies._o2c_companies("credit") if alone else companies:
            known = profiles._of(root, alone.ids)
            for branch in companies.search([("id", "child_of", root.id)]):
                for partner in alone.with_company(branch):
                    value = known.get(partner.id, profiles)._core_limit()
                    if partner.credit_limit != value:
                        partner.credit_limit = value
