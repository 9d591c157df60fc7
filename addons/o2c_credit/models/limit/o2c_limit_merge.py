"""Two customers become one: the stricter limit, all cover, one history."""

from decimal import Decimal

from odoo import fields, models

from ...policy.limit import stricter


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    def _strictest_limit(self):
        """The strictest of what was agreed and of what counts today, as values.

        In the currency that all of them share, else in company currency.
        """
        company = self[0].company_id
        today = company._o2c_today()
        limits = self._limits_today(company, self.partner_id.ids, today)
        shared = self.mapped("agreed_currency_id")
        found = None
        for profile in self:
            one = limits[profile.partner_id.id]
            agreed = profile.agreed_currency_id._convert(
                profile.limit_amount, company.currency_id, company, today
            )
            for limit in (
                (one.kind, one.amount),
                (profile.limit_kind, Decimal(str(round(agreed, 2)))),
            ):
                found = stricter(found, limit) if found else limit
        amount = company.currency_id._convert(
            float(found[1]),
            shared if len(shared) == 1 else company.currency_id,
            company,
            today,
        )
        foreign = len(shared) == 1 and shared != company.currency_id
        return {
            "limit_kind": found[0],
            "limit_amount": amount if found[0] == "amount" else 0.0,
            "limit_currency_id": foreign and shared.id,
        }

    def _hand_over_limits(self, target):
        """Cover and history go to another profile; what waits or runs ends there.

        :param target: ``o2c.risk.profile`` that goes on
        """
        changes = self.env["o2c.limit.change"].sudo()
        involved = changes.search([("profile_id", "in", (self | target).ids)])
        involved.filtered(lambda one: one.state == "applied" and one.date_until).write(
            {"state": "ended"}
        )
        involved.filtered(lambda one: one.state in ("proposed", "approved")).write(
            {
                "state": "withdrawn",
                "decider_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
                "decision_reason": self.env._("The customer was joined with another."),
            }
        )
        involved.filtered(lambda one: one.profile_id in self).write(
            {"profile_id": target.id}
        )
        self.with_context(active_test=False).cover_ids.write({"profile_id": target.id})
