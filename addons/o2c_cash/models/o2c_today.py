"""Today: money that came in and waits for a person."""

from odoo import api, models


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        if (
            not self.env.user.has_group("o2c_cash.group_cash_clerk")
            or company._o2c_mode("cash") == "off"
        ):
            return cards
        rows = self.env["o2c.cash.match"]._read_group(
            [("company_id", "=", company.id), ("state", "=", "proposed")],
            ["certainty"],
            ["__count"],
        )
        if not rows:
            return cards
        labels = dict(
            self.env["o2c.cash.match"]
            ._fields["certainty"]
            ._description_selection(self.env)
        )
        action = "o2c_cash.o2c_cash_desk_action"
        return [
            *cards,
            {
                "key": "cash_desk",
                "section": "cash",
                "sequence": 300,
                "title": self.env._("Bank lines to decide"),
                "value": str(sum(count for _kind, count in rows)),
                "tone": "warn",
                "action": action,
                "rows": [
                    {"label": labels[kind], "value": str(count), "action": action}
                    for kind, count in rows
                ],
            },
        ]
