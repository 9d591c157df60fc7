"""Today: agreements that end, indexations that wait for an approver."""

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
        if self.env.user.has_group("o2c_base.group_billing_approver"):
            cards += [
                self._card_agreements_end(company, today),
                self._card_indexations(company),
            ]
        return cards

    @api.model
    def _card_agreements_end(self, company, today):
        """Prices that stop soon and nobody renewed yet."""
        agreements = self.env["o2c.price.agreement"]
        domain = agreements._domain_ends_soon(company, today)
        count = agreements.search_count(domain)
        first = agreements.search(domain, order="date_to, id", limit=ROWS)
        return {
            "key": "agreements_end",
            "section": "billing",
            "sequence": 240,
            "title": self.env._("Agreements that end soon"),
            "value": str(count),
            "hint": self.env._(
                "Within %s days, not renewed yet", company.o2c_agreement_notice_days
            ),
            "tone": "warn" if count else "good",
            "action": {
                "type": "ir.actions.act_window",
                "name": self.env._("Agreements That End Soon"),
                "res_model": agreements._name,
                "views": [[False, "list"], [False, "form"]],
                "domain": list(domain),
            },
            "rows": [
                {
                    "label": f"{one.partner_id.name or one.segment_id.name or one.name}"
                    f" · {one.user_id.name or ''}",
                    "value": format_date(self.env, one.date_to),
                    "tone": "neutral",
                    "action": self._open_record(one),
                }
                for one in first
            ],
            "empty": self.env._("No agreement ends soon."),
        }

    @api.model
    def _card_indexations(self, company):
        """Indexations to approve, and letters about them that need a person."""
        indexations = self.env["o2c.price.indexation"]
        domain = [("company_id", "=", company.id), ("state", "=", "proposed")]
        waiting = indexations.search(domain, order="effective_date, id", limit=ROWS)
        letters = self.env["o2c.price.indexation.letter"].search_count(
            [("company_id", "=", company.id), ("state", "in", ("post", "failed"))]
        )
        return {
            "key": "indexations",
            "section": "billing",
            "sequence": 245,
            "title": self.env._("Indexations to approve"),
            "value": str(indexations.search_count(domain)),
            "hint": (
                self.env._("One letter about new prices needs a person")
                if letters == 1
                else self.env._("%s letters about new prices need a person", letters)
                if letters
                else ""
            ),
            "tone": "warn" if waiting or letters else "good",
            "action": "o2c_billing.o2c_price_indexation_letter_action"
            if letters and not waiting
            else "o2c_billing.o2c_price_indexation_action",
            "rows": [
                {
                    "label": one.name,
                    "value": self.env._(
                        "tell them before %s", format_date(self.env, one.notice_until)
                    ),
                    "tone": "neutral",
                    "action": self._open_record(one),
                }
                for one in waiting
            ],
            "empty": self.env._("No indexation waits for approval."),
        }
