"""Cards of the Today screen: what to tidy up, and a provision that waits."""

from odoo import api, models

from .o2c_ledger_finding import WORKERS
from .o2c_provision import DECIDERS


class O2cToday(models.AbstractModel):
    _inherit = "o2c.today"

    @api.model
    def _cards(self, company, today):
        cards = super()._cards(company, today)
        root = company.root_id
        if root._o2c_mode("dunning") != "off":
            if any(self.env.user.has_group(group) for group in WORKERS):
                cards += self._card_findings(root)
            if self.env.user.has_group(DECIDERS):
                cards += self._card_provision(root)
        return cards

    @api.model
    def _card_findings(self, root):
        """How many findings of each kind are open; no card when there are none."""
        findings = self.env["o2c.ledger.finding"]
        counts = findings._read_group(
            [("company_id", "=", root.id), ("state", "=", "open")],
            ["kind"],
            ["__count"],
        )
        if not counts:
            return []
        names = dict(findings._fields["kind"]._description_selection(self.env))
        action = "o2c_insight.o2c_ledger_finding_action"
        return [
            {
                "key": "ledger_findings",
                "section": "floor",
                "sequence": 820,
                "title": self.env._("To tidy up in the ledger"),
                "value": str(sum(count for _kind, count in counts)),
                "tone": "neutral",
                "action": action,
                "rows": [
                    {"label": names[kind], "value": str(count), "action": action}
                    for kind, count in counts
                ],
            }
        ]

    @api.model
    def _card_provision(self, root):
        """Provisions that somebody must decide."""
        waiting = self.env["o2c.provision"].search(
            [("company_id", "=", root.id), ("state", "=", "proposed")], limit=5
        )
        if not waiting:
            return []
        return [
            {
                "key": "provision",
                "section": "floor",
                "sequence": 815,
                "title": self.env._("Provision to decide"),
                "value": self._money(waiting[0].difference, root.currency_id),
                "tone": "warn",
                "action": "o2c_insight.o2c_provision_action",
                "rows": [
                    {
                        "label": one.display_name,
                        "value": self._money(one.target, root.currency_id),
                        "action": self._open_record(one),
                    }
                    for one in waiting
                ],
            }
        ]
