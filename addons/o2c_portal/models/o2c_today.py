"""Today: the money that came in online."""

from datetime import datetime, time, timedelta

import pytz

from odoo import api, models


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        return super()._cards(company, today) + self._online_money_cards(company, today)

    @api.model
    def _online_money_cards(self, company, today):
        """Online payments since yesterday morning, per currency."""
        if not self.env["o2c.payment.link"].has_access("read"):
            return []
        received = self._received_online(company, today)
        totals = {}
        for transaction in received:
            currency = transaction.currency_id
            totals[currency] = totals.get(currency, 0) + transaction.amount
        totals = totals or {company.currency_id: 0}
        return [
            {
                "key": "online_money",
                "section": "cash",
                "sequence": 10,
                "title": self.env._("Paid online since yesterday"),
                "value": " + ".join(
                    self._money(amount, currency) for currency, amount in totals.items()
                ),
                "hint": self.env._("Booked on the invoices that were chosen.")
                if received
                else "",
                "tone": "good" if received else "neutral",
                "action": "o2c_portal.payment_transaction_action",
                "rows": [
                    {
                        "label": transaction.partner_id.commercial_partner_id.name,
                        "value": self._money(
                            transaction.amount, transaction.currency_id
                        ),
                    }
                    for transaction in received[:5]
                ],
                "empty": self.env._("Nobody paid online since yesterday morning."),
            }
        ]

    @api.model
    def _received_online(self, company, today):
        """Confirmed payments since yesterday 0:00 in the company, newest first."""
        zone = pytz.timezone(company.partner_id.tz or "Europe/Amsterdam")
        start = zone.localize(datetime.combine(today - timedelta(days=1), time.min))
        start = start.astimezone(pytz.utc).replace(tzinfo=None)
        return (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "done"),
                    ("operation", "not in", ("validation", "refund")),
                    ("source_transaction_id", "=", False),
                    ("last_state_change", ">=", start),
                ],
                order="last_state_change desc",
            )
        )
