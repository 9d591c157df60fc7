"""The customer: how often he is invoiced."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_billing_rhythm_id = fields.Many2one(
        "o2c.billing.rhythm",
        string="Billing Rhythm",
        company_dependent=True,
        ondelete="restrict",
        help="How often this customer is invoiced and what stands together on one "
        "invoice. Empty: as the company does.",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_billing_rhythm_id"]

    def write(self, vals):
        """What waits follows the new rhythm."""
        result = super().write(vals)
        if "o2c_billing_rhythm_id" in vals:
            self.env["o2c.billing.event"].sudo().search(
                [
                    ("company_id", "=", self.env.company.id),
                    ("partner_id", "child_of", self.ids),
                    ("state", "in", ("waiting", "failed")),
                ]
            )._plan()
        return result
