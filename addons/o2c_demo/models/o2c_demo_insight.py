"""What the night tells of the book: figures, forecast, provision, and a what-if."""

from datetime import timedelta

from odoo import models
from odoo.fields import Command

DAY = timedelta(days=1)
#: name of a scenario, what is different in it
SCENARIOS = [
    (
        "Limieten een vijfde lager",
        {"limit_change": "factor", "limit_percent": 80.0},
    ),
    (
        "14 dagen, eerder herinneren",
        {
            "change_term": True,
            "term_days": 14,
            "change_reminder": True,
            "remind_days": 3,
        },
    ),
]


class O2cDemoInsight(models.AbstractModel):
    """Lets every nightly part of insight run once, and asks one question."""

    _name = "o2c.demo.insight"
    _description = "Demo Insight"

    def _look_around(self, company, today):
        """Key figures, cash forecast, what to tidy up, a provision, a what-if."""
        self.env["o2c.kpi.snapshot"]._take_missing(company, today)
        self.env["o2c.cash.forecast"]._take_safely(company, today)
        self.env["o2c.ledger.finding"]._find(company, today)
        self.env["o2c.provision.band"].action_example()
        self.env["o2c.provision"]._propose(company, today.replace(day=1) - DAY)
        study = self.env["o2c.what.if"].create(
            {
                "name": "Strengere limieten of kortere termijn?",
                "company_id": company.id,
                "date_to": today - DAY,
                "scenario_ids": [
                    Command.create({"name": name, "rule_ids": [Command.create(rule)]})
                    for name, rule in SCENARIOS
                ],
            }
        )
        study._replay(today)
