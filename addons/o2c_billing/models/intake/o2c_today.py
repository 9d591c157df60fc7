"""Today: orders that came in and wait for a person."""

from odoo import api, models

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        user = self.env.user
        if company._o2c_mode("billing") == "off" or not (
            user.has_group("sales_team.group_sale_salesman")
            or user.has_group("o2c_base.group_billing_user")
        ):
            return cards
        return [*cards, self._card_orders(company)]

    @api.model
    def _card_orders(self, company):
        """Files, mails and calls with orders that did not go by themselves."""
        intakes = self.env["o2c.order.intake"]
        domain = [
            ("company_id", "=", company.id),
            ("state", "in", ("received", "ready", "mend")),
        ]
        count = intakes.search_count(domain)
        states = dict(intakes._fields["state"]._description_selection(self.env))
        return {
            "key": "order_intake",
            "section": "billing",
            "sequence": 199,
            "title": self.env._("Orders that came in and wait"),
            "value": str(count),
            "tone": "warn" if count else "good",
            "action": self._billing_action(
                "o2c_billing.o2c_order_intake_action", {"search_default_open": 1}
            ),
            "rows": [
                {
                    "label": one.name,
                    "text": one.reason or states[one.state],
                    "tone": "warn",
                    "action": self._open_record(one),
                }
                for one in intakes.search(domain, limit=ROWS)
            ]
            if count
            else [],
            "empty": self.env._("Every order that came in is a quotation."),
        }
