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
            cards.append(self._card_agreements_end(company, today))
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
