"""Today: reminders wait because nobody knows who has paid."""

from odoo import api, models
from odoo.tools import format_date


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        collects = self.env.user.has_group("o2c_base.group_collector")
        root = company.root_id
        if not collects or root._o2c_mode("dunning") == "off":
            return cards
        banks = root.sudo()._o2c_stale_banks(today)
        if not banks:
            return cards
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_remind_verdict_action"
        )
        return [
            *cards,
            {
                "key": "dunning_bank",
                "section": "collecting",
                "title": self.env._("Bank data is too old"),
                "value": str(len(banks)),
                "hint": self.env._("Nobody is reminded until it is read."),
                "tone": "warn",
                "sequence": 405,
                "action": action,
                "rows": [
                    {
                        "label": name,
                        "value": format_date(self.env, day) if day else "",
                        "action": action,
                    }
                    for name, day in banks[:5]
                ],
            },
        ]
