"""Today: the orders that wait, each with the days that matter."""

from odoo import api, models
from odoo.tools import format_date


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _hold_row(self, hold, today):
        """Red when it should have been decided already; every day says what it is."""
        late = bool(hold.deadline and hold.deadline < today)
        told = [hold.order_id.name]
        if hold.deadline:
            day = format_date(self.env, hold.deadline)
            told.append(
                self.env._("decision was due on %s", day)
                if late
                else self.env._("decision by %s", day)
            )
        if hold.ships_on:
            told.append(self.env._("ships %s", format_date(self.env, hold.ships_on)))
        text = " · ".join(told)
        return {
            "label": hold.partner_id.display_name,
            "text": text,
            "value": self._money(hold.amount, hold.currency_id),
            "tone": "bad" if late else "warn",
            "title": f"{hold.partner_id.display_name}: {text}",
            "action": self._open_record(hold),
        }
