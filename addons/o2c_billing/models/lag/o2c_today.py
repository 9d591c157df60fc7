"""Today: what is delivered or agreed and does not go on."""

from odoo import api, models


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        stages = self.env["o2c.invoicing.stage"]
        if company._o2c_mode("billing") != "off" and stages.has_access("read"):
            cards.append(self._card_stuck(company))
        return cards

    @api.model
    def _card_stuck(self, company):
        """What waits longer than the target between delivery and customer."""
        stages = self.env["o2c.invoicing.stage"].with_context(o2c_still_open=True)
        domain = [
            ("company_id", "=", company.id),
            ("open", "=", True),
            ("stage", "in", ("report", "draft", "approve", "send")),
            ("mood", "!=", "fresh"),
        ]
        [(number, amount, cost)] = stages._read_group(
            domain, [], ["__count", "amount:sum", "cost:sum"]
        )
        oldest = stages.search(domain, order="days desc, id", limit=5) if number else ()
        worst = any(row.mood == "very_late" for row in oldest)
        return {
            "key": "billing_stuck",
            "section": "billing",
            "sequence": 230,
            "title": self.env._("Stuck on the way to the customer"),
            "value": self._money(amount or 0.0, company.currency_id),
            "hint": self._stuck_words(number, cost, company),
            "tone": "bad" if worst else "warn" if number else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_invoicing_stuck_action",
                {"search_default_billing": 1, "search_default_late": 1},
            ),
            "rows": [
                {
                    "label": f"{row.partner_id.display_name} · {row.waits_for}",
                    "value": self.env._(
                        "%(days)s d",
                        days=self.env["o2c.invoicing.lag"]._days_words(row.days),
                    ),
                    "tone": "bad" if row.mood == "very_late" else "warn",
                    "action": row.action_open_document(),
                }
                for row in oldest
            ],
            "empty": self.env._("Nothing is stuck."),
        }

    def _stuck_words(self, number, cost, company):
        """How many are stuck and what that costs; nothing when none is."""
        if not number:
            return ""
        money = self._money(cost or 0.0, company.currency_id)
        if number == 1:
            return self.env._("One waits too long; that costs %s so far", money)
        return self.env._(
            "%(number)s wait too long; that costs %(cost)s so far",
            number=number,
            cost=money,
        )
