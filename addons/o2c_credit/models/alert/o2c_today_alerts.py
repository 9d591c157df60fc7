"""Alerts on the Today screen, and on the customer's profile."""

from odoo import api, fields, models

from .o2c_credit_alert import KINDS

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company.root_id._o2c_mode("credit") != "off" and self.env.user.has_group(
            "o2c_base.group_credit_controller"
        ):
            cards.append(self._card_alerts(company.root_id))
        return cards

    @api.model
    def _card_alerts(self, root):
        """Alerts that nobody dealt with, the gravest kind first."""
        alerts = self.env["o2c.credit.alert"].search(
            [("state", "=", "open"), ("company_id", "=", root.id)]
        )
        mine = alerts.filtered(lambda alert: alert.user_id == self.env.user)
        order = [code for code, _name in KINDS]
        names = dict(alerts._fields["kind"]._description_selection(self.env))
        first = alerts.sorted(lambda alert: (order.index(alert.kind), -alert.amount))
        return {
            "key": "credit_alerts",
            "section": "credit",
            "sequence": 105,
            "title": self.env._("Alerts"),
            "value": str(len(alerts)),
            "hint": self.env._("%s of them yours", len(mine)) if alerts else "",
            "tone": "warn" if alerts else "good",
            "action": "o2c_credit.o2c_credit_alert_action",
            "rows": [
                {
                    "label": alert.partner_id.display_name or names[alert.kind],
                    "value": names[alert.kind],
                    "tone": "bad" if alert.kind == "insolvent" else "warn",
                    "action": self._open_record(alert),
                }
                for alert in first[:ROWS]
            ],
            "empty": self.env._("No customer needs attention."),
        }


class O2cRiskProfile(models.Model):
    _inherit = "o2c.risk.profile"

    alert_ids = fields.One2many("o2c.credit.alert", "profile_id", readonly=True)
    alert_count = fields.Integer(compute="_compute_alert_count", compute_sudo=True)

    @api.depends("alert_ids.state")
    def _compute_alert_count(self):
        counted = dict(
            self.env["o2c.credit.alert"]._read_group(
                [("profile_id", "in", self.ids), ("state", "=", "open")],
                ["profile_id"],
                ["__count"],
            )
        )
        for profile in self:
            profile.alert_count = counted.get(profile, 0)

    def action_open_alerts(self):
        """The alerts of this customer, closed ones too."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Alerts"),
            "res_model": "o2c.credit.alert",
            "domain": [("profile_id", "=", self.id)],
            "views": [[False, "list"], [False, "form"]],
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_alerts(self):
        """With their activities, which the database would leave behind."""
        self.sudo().alert_ids.unlink()
