"""Today: limits that wait for a decision."""

from odoo import api, models
from odoo.tools import format_date

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
            "rows": [self._limit_row(one) for one in shown[:ROWS]],
            "empty": self.env._("No limit waits for you."),
        }

    @api.model
    def _limit_row(self, change):
        """The limit that is asked in whole units, and under the name what it is now."""
        before = self._limit_short(
            change, change.before_kind, change.before_amount, change.company_currency_id
        )
        until = change.date_until and format_date(self.env, change.date_until)
        told = [self.env._("now %s", before)] if before else []
        if until:
            told.append(self.env._("until %s", until))
        return {
            "label": change.partner_id.display_name,
            "text": " · ".join(told),
            "value": self._limit_short(
                change, change.limit_kind, change.limit_amount, change.currency_id
            ),
            "tone": "neutral" if change.may_decide else "warn",
            "title": change.change_text,
            "action": self._open_record(change),
        }

    @api.model
    def _limit_short(self, change, kind, amount, currency):
        if kind == "amount":
            return self._money(amount, currency)
        return change._limit_words(kind, amount, currency)
