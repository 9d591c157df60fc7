"""Odoo's own credit limit and ours say the same, once the part is live.

Core's field lives on the partner, per company; 0 means unlimited there. It is taken
over when the part is switched on, follows the profile from *live* on, and cannot be
written around it.
"""

import json
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...policy.limit import core_limit, limit_from_core


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    @api.model
    def _core_limit_fallback(self, company):
        """Core's default limit of a company, for customers without one of their own."""
        partners = self.env["res.partner"].with_company(company)
        field = partners._fields["credit_limit"]
        return field.get_company_dependent_fallback(partners) or 0.0

    @api.model
    def _adopt_limits(self, company, push=False):
        """Take over the limits that core knows; write nothing outside our tables
        unless the part goes live.

        A limit that somebody set on the profile meanwhile stays.

        :param company: ``res.company`` that is switched on; its root counts
        :param bool push: bring core's field in step with the profiles
        """
        root = company.root_id
        if push and self._core_limit_fallback(root):
            raise ValidationError(
                self.env._(
                    "%(company)s has a default credit limit for all customers. Set it "
                    "to 0 in the Invoicing settings before credit goes live: here a "
                    "customer without a limit is a customer without a limit.",
                    company=root.name,
                )
            )
        self.env["res.partner"].flush_model()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, (credit_limit ->> %s)::numeric
                  FROM res_partner
                 WHERE commercial_partner_id = id
                   AND (credit_limit ->> %s)::numeric > 0
                """,
                str(root.id),
                str(root.id),
            )
        )
        known = self._of(root, [pid for pid, _value in rows])
        to_make = []
        for pid, value in rows:
            kind, amount = limit_from_core(Decimal(str(value)))
            vals = {
                "limit_kind": kind,
                "limit_amount": float(amount),
                "limit_currency_id": False,
                "limit_adopted": True,
            }
            profile = known.get(pid)
            if not profile:
                to_make.append({**vals, "partner_id": pid, "company_id": root.id})
            elif profile.limit_adopted or profile.limit_kind == "none":
                profile.write(vals)
        self.sudo().create(to_make)
        profiles = self.sudo().search([("company_id", "=", root.id)])
        profiles._refresh_limits()
        if push:
            profiles._push_core_limit()

    @api.model
    def _leave_core_limits(self, company):
        """Core's field goes on without us: there, nothing ends a temporary limit by
        itself, so what was agreed for good stays behind.

        By SQL, with the contacts: while credit is live the field is guarded.
        """
        root = company.root_id.sudo()
        branches = root.search([("id", "child_of", root.id)])
        temporary = [("company_id", "=", root.id), ("effective_until", "!=", False)]
        for profile in self.sudo().search(temporary):
            amount = profile.agreed_currency_id._convert(
                profile.limit_amount, root.currency_id, root, root._o2c_today()
            )
            value = core_limit(profile.limit_kind, Decimal(str(round(amount, 2))))
            self.env["res.partner"].flush_model(["credit_limit"])
            self.env.cr.execute(
                SQL(
                    "UPDATE res_partner SET credit_limit ="
                    " COALESCE(credit_limit, '{}'::jsonb) || %s::jsonb"
                    " WHERE commercial_partner_id = %s",
                    json.dumps({str(branch.id): float(value) for branch in branches}),
                    profile.partner_id.id,
                )
            )
        self.env["res.partner"].invalidate_model(["credit_limit"])

    def _core_limit(self):
        """What core's field must say for this profile; 0 without a profile."""
        if not self:
            return 0.0
        amount = Decimal(str(self.effective_limit or 0.0))
        return float(core_limit(self.effective_kind or "none", amount))

    def _push_core_limit(self):
        """Bring core's field in step, in the root company and its branches."""
        for company, profiles in self.sudo().grouped("company_id").items():
            if not company._o2c_credit_live():
                continue
            for branch in (
                self.env["res.company"].sudo().search([("id", "child_of", company.id)])
            ):
                for profile in profiles:
                    partner = profile.partner_id.with_company(branch)
                    value = profile._core_limit()
                    if partner.credit_limit != value:
                        partner.credit_limit = value
