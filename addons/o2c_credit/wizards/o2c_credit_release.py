"""Why may this order pass?"""

from odoo import api, fields, models


class O2cCreditRelease(models.TransientModel):
    """Asks the reason; the hold itself checks who may release."""

    _name = "o2c.credit.release"
    _description = "Release Holds"

    hold_ids = fields.Many2many("o2c.credit.hold", string="Holds", required=True)
    summary = fields.Text(compute="_compute_summary")
    reason = fields.Text(
        required=True, help="Kept with the hold: who let it pass, and why."
    )

    @api.depends("hold_ids")
    def _compute_summary(self):
        for wizard in self:
            wizard.summary = "\n\n".join(
                f"{hold.order_id.name} · {hold.partner_id.display_name}\n"
                f"{hold.reasons_text}"
                for hold in wizard.hold_ids
            )

    def action_release(self):
        """Release the holds with this reason."""
        self.ensure_one()
        self.hold_ids._release(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
