"""What a colleague does with an alert."""

from odoo import fields, models
from odoo.exceptions import AccessError

from .o2c_credit_alert import EVENTS

#: Days after which an alert that was dealt with asks for attention again.
QUIET_DAYS = 30


class O2cCreditAlert(models.Model):
    _inherit = "o2c.credit.alert"

    def action_noted(self):
        """Somebody dealt with it: events end, the rest stays quiet for a month."""
        if not self.env.user.has_group("o2c_base.group_credit_controller"):
            raise AccessError(self.env._("Only a credit controller deals with alerts."))
        self.check_access("write")
        for alert in self.sudo().filtered(lambda alert: alert.state == "open"):
            today = alert.company_id._o2c_today()
            alert._record(
                {
                    "state": "noted",
                    "noted_by_id": self.env.uid,
                    "quiet_until": fields.Date.add(today, days=QUIET_DAYS),
                }
            )
            alert._drop_activities()
            if alert.kind in EVENTS:
                alert._record({"state": "closed", "closed_on": today})
        return True

    def action_open_profile(self):
        """Open the customer's risk profile, or the provider."""
        self.ensure_one()
        if self.kind == "provider_down":
            model, res_id = "o2c.report.source", int(self.key or 0)
        else:
            model, res_id = "o2c.risk.profile", self.profile_id.id
        return {
            "type": "ir.actions.act_window",
            "res_model": model,
            "res_id": res_id,
            "views": [[False, "form"]],
        }
