"""Today: drafts that wait for a look, and drafts that came back."""

from odoo import api, models
from odoo.tools import format_date

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company._o2c_mode("billing") == "off":
            return cards
        if self.env.user.has_group("o2c_base.group_billing_user"):
            cards.append(self._card_to_approve(company))
        if self.env["account.move"].has_access("read"):
            mend = self._card_to_mend(company)
            cards += [mend] if mend else []
        return cards

    @api.model
    def _card_to_approve(self, company):
        """Drafts that wait for a second pair of eyes, oldest first: for an approver
        those that wait for him, as the buttons of the board; for others all."""
        domain = [
            ("company_id", "=", company.id),
            ("state", "=", "draft"),
            ("o2c_check_state", "=", "to_check"),
        ]
        own = self.env.user.has_group("o2c_base.group_billing_approver")
        moves = self.env["account.move"]
        others = 0
        if own:
            others = moves.search_count([*domain, ("o2c_check_mine", "=", False)])
            domain.append(("o2c_check_mine", "=", True))
        count = moves.search_count(domain)
        oldest = moves.search(domain, order="o2c_check_since, id", limit=ROWS)
        late = any(move.o2c_check_mood == "very_late" for move in oldest)
        return {
            "key": "billing_to_approve",
            "section": "billing",
            "sequence": 210,
            "title": self.env._("Drafts to approve"),
            "value": str(count),
            "hint": self._hint_to_approve(oldest, others),
            "tone": "bad" if late else "warn" if count else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_check_action",
                {"search_default_mine": 1} if own and count else {},
            ),
            "rows": [
                {
                    "label": f"{move.partner_id.display_name} · {move.o2c_check_words}",
                    "value": self._money(move.amount_total, move.currency_id),
                    "tone": "bad" if move.o2c_check_mood == "very_late" else "warn",
                    "action": self._open_record(move),
                }
                for move in oldest
            ],
            "empty": self.env._("No draft waits for you."),
        }

    @api.model
    def _hint_to_approve(self, oldest, others):
        """Since when the oldest waits, and what waits for colleagues beside it."""
        hints = []
        if oldest:
            since = format_date(self.env, oldest[0].o2c_check_since)
            hints.append(self.env._("Oldest waits since %s", since))
        if others:
            hints.append(self.env._("For colleagues: %s", others))
        return " · ".join(hints)

    @api.model
    def _card_to_mend(self, company):
        """Drafts that an approver sent back to this colleague; none, no card."""
        domain = [
            ("company_id", "=", company.id),
            ("state", "=", "draft"),
            ("o2c_check_state", "=", "returned"),
            ("o2c_mender_id", "=", self.env.uid),
        ]
        moves = self.env["account.move"]
        count = moves.search_count(domain)
        if not count:
            return None
        return {
            "key": "billing_to_mend",
            "section": "billing",
            "sequence": 205,
            "title": self.env._("Drafts to mend"),
            "value": str(count),
            "hint": self.env._("Returned by the approver"),
            "tone": "bad",
            "action": self._billing_action(
                "o2c_billing.o2c_check_action", {"search_default_to_mend": 1}
            ),
            "rows": [
                {
                    "label": f"{move.partner_id.display_name} · {move.o2c_check_note}",
                    "value": self._money(move.amount_total, move.currency_id),
                    "tone": "bad",
                    "action": self._open_record(move),
                }
                for move in moves.search(domain, order="id", limit=ROWS)
            ],
        }
