"""Two customers become one: the agreement of the one that goes on stays in force."""

from odoo import models


class O2cPaymentAgreement(models.Model):
    _inherit = "o2c.payment.agreement"

    def _hand_over(self, partner):
        """Agreements of customers that became part of another go there.

        What would be in force beside one of the other's ends; nothing is deleted.

        :param partner: ``res.partner``, the commercial entity that goes on
        """
        for agreement in self.sudo().sorted("date_from"):
            today = agreement.company_id._o2c_today()
            rivals = self.sudo().search(
                [
                    ("partner_id", "=", partner.id),
                    ("company_id", "=", agreement.company_id.id),
                    ("state", "=", "confirmed"),
                    ("date_from", "<=", agreement.date_until or "9999-12-31"),
                    "|",
                    ("date_until", "=", False),
                    ("date_until", ">=", agreement.date_from),
                ],
                limit=1,
            )
            was = agreement.partner_id.display_name
            vals = {"partner_id": partner.id}
            if agreement.state == "confirmed" and rivals:
                vals["state"] = "ended"
                if agreement.date_from <= today:
                    vals["date_until"] = today
            agreement.write(vals)
            agreement.message_post(
                body=self.env._("This was the agreement of %s.", was)
                if vals.get("state") != "ended"
                else self.env._(
                    "This was the agreement of %(was)s; it ended because "
                    "%(customer)s has one.",
                    was=was,
                    customer=partner.display_name,
                )
            )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _o2c_follow_commercial_entity(self):
        result = super()._o2c_follow_commercial_entity()
        agreements = self.env["o2c.payment.agreement"].sudo()
        moved = agreements.search([("partner_id", "in", self.ids)]).filtered(
            lambda one: one.partner_id.commercial_partner_id != one.partner_id
        )
        for partner, theirs in moved.grouped("partner_id").items():
            theirs._hand_over(partner.commercial_partner_id)
        return result
