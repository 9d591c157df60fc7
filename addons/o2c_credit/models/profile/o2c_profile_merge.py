"""Two customers become one: the stricter limit and the worse grade stay."""

from odoo import models
from odoo.tools import SQL


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    def _combine_into(self, partner):
        """Join these profiles with the one of another customer, per company.

        :param partner: ``res.partner``, a commercial entity
        """
        for company, profiles in self.sudo().grouped("company_id").items():
            target = self._of(company, partner.ids).get(partner.id)
            sources = profiles - target if target else profiles
            if not sources:
                continue
            if not target:
                target = sources[0]
                target._move_to(partner)
                sources -= target
            target._take_over(sources)

    def _move_to(self, partner):
        """The profile now belongs to another partner."""
        self.ensure_one()
        self.env.cr.execute(
            SQL(
                "DELETE FROM o2c_customer_snapshot"
                " WHERE partner_id IN %s AND company_id = %s",
                (self.partner_id.id, partner.id),
                self.company_id.id,
            )
        )
        self.env["o2c.credit.hold"].sudo().search(
            [("partner_id", "=", self.partner_id.id)]
        )._record({"partner_id": partner.id})
        self.env["o2c.credit.report"].sudo().search(
            [("partner_id", "=", self.partner_id.id)]
        ).write({"partner_id": partner.id})
        self.partner_id = partner
        self._push_core_limit()

    def _take_over(self, sources):
        """Stricter limit, worse grade; histories and holds move here."""
        self.ensure_one()
        if not sources:
            return
        limit = (self | sources)._strictest_limit()
        grade, score = self.grade, self.score
        for source in sources:
            if source.grade and source.grade > (grade or ""):
                grade, score = source.grade, source.score
        sources.hold_ids._record(
            {"profile_id": self.id, "partner_id": self.partner_id.id}
        )
        self.env["o2c.credit.report"].sudo().search(
            [("partner_id", "in", sources.partner_id.ids)]
        ).write({"partner_id": self.partner_id.id})
        sources._hand_over_limits(self)
        names = ", ".join(sources.partner_id.mapped("display_name"))
        insolvent = self.insolvent or any(sources.mapped("insolvent"))
        (sources.partner_id - self.partner_id)._o2c_forget_figures(self.company_id)
        sources.unlink()
        self.write(
            {
                **limit,
                "grade": grade,
                "score": score,
                "insolvent": insolvent,
            }
        )
        self.message_post(
            body=self.env._(
                "Joined with %s: the stricter limit and the worse grade count. "
                "Temporary limits and open proposals ended; cover is kept.",
                names,
            )
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _o2c_forget_figures(self, company):
        """Drop the figures of partners that are no longer customers of their own."""
        self.env["o2c.customer.snapshot"].sudo().search(
            [("partner_id", "in", self.ids), ("company_id", "=", company.id)]
        ).unlink()
        self.env["o2c.exposure.lock"].sudo().search(
            [("partner_id", "in", self.ids), ("company_id", "=", company.id)]
        ).unlink()
