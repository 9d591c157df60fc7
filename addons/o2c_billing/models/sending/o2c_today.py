"""Today: what a person must print, post or upload."""

from odoo import api, models

ROWS = 5


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if company._o2c_mode("billing") != "off" and self.env.user.has_group(
            "o2c_base.group_billing_user"
        ):
            cards += self._card_to_carry(company, today)
        return cards

    @api.model
    def _card_to_carry(self, company, today):
        """Letters and uploads that wait for a person; no card when there are none."""
        domain = [("company_id", "=", company.id), ("state", "=", "todo")]
        rows = self.env["o2c.sending"].search(domain, order="deadline, id")
        if not rows:
            return []
        late = rows.filtered(lambda row: row.deadline and row.deadline < today)
        return [
            {
                "key": "billing_to_carry",
                "section": "billing",
                "sequence": 230,
                "title": self.env._("To print or upload"),
                "value": str(len(rows)),
                "tone": "bad" if late else "warn",
                "action": self._billing_action(
                    "o2c_billing.o2c_sending_action", {"search_default_todo": 1}
                ),
                "rows": [
                    {
                        "label": f"{row.customer_id.display_name} · {row.reason or ''}",
                        "value": self._money(row.amount, company.currency_id),
                        "tone": "bad" if row in late else "warn",
                        "action": self._open_record(row.batch_id or row.move_id),
                    }
                    for row in rows[:ROWS]
                ],
                "empty": "",
            }
        ]
