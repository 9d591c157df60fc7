"""Today: contracts that somebody must decide on."""

from odoo import api, models
from odoo.tools import format_date

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        billing = company._o2c_mode("billing") != "off"
        if billing and self.env.user.has_group("o2c_base.group_billing_user"):
            contracts = self.env["o2c.contract"]
            if contracts.search_count([("company_id", "=", company.id)], limit=1):
                cards.append(self._card_contracts(company, today))
        return cards

    @api.model
    def _card_contracts(self, company, today):
        """Contracts whose last day for notice comes, and proposals to start."""
        contracts = self.env["o2c.contract"]
        soon = contracts.search(
            contracts._renews_soon_domain(company, today),
            order="cancel_before, term_end, id",
        )
        drafts = contracts.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "draft"),
                ("order_id", "!=", False),
            ],
            order="date_start, id",
        )
        rows = [
            (one, self.env._("renews: cancel before %s", format_date(self.env, day)))
            if (day := one.cancel_before)
            else (one, self.env._("ends on %s", format_date(self.env, one.term_end)))
            for one in soon
        ] + [(one, self.env._("proposal: start it")) for one in drafts]
        return {
            "key": "billing_contracts",
            "section": "billing",
            "sequence": 230,
            "title": self.env._("Contracts to decide on"),
            "value": str(len(rows)),
            "tone": "warn" if rows else "good",
            "action": "o2c_billing.o2c_contract_renewal_action",
            "rows": [
                {
                    "label": f"{one.partner_id.display_name} · {words}",
                    "value": self._money(one.arr, company.currency_id),
                    "tone": "warn",
                    "action": self._open_record(one),
                }
                for one, words in rows[:ROWS]
            ],
            "empty": self.env._("No contract waits for a decision."),
        }
