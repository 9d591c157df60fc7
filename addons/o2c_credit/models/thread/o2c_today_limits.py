"""Today: limits that wait for a decision."""

from odoo import api, models

from .o2c_today import ROWS


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _card_limits(self, root):
        """Proposals, those that the reader may decide himself first."""
        changes = self.env["o2c.limit.change"].search(
            [("state", "=", "proposed"), ("company_id", "=", root.id)], limit=200
        )
        shown = changes[: 4 * ROWS].sorted(lambda one: (not one.may_decide, one.id))
        others = sum(1 for one in shown if not one.may_decide)
        return {
            "key": "credit_limits",
            "section": "credit",
            "sequence": 105,
            "title": self.env._("Limits to decide"),
            "value": str(len(changes)),
            "hint": self.env._("%s beyond your authority", others) if others else "",
            "tone": "warn" if changes else "good",
            "action": "o2c_credit.o2c_limit_change_action",
            "rows": [
                {
                    "label": one.partner_id.display_name,
                    "value": one.change_text,
                    "tone": "neutral" if one.may_decide else "warn",
                    "action": self._open_record(one),
                }
                for one in shown[:ROWS]
            ],
            "empty": self.env._("No limit waits for you."),
        }
