"""What a credit controller has on his desk: cover, a holding, agreements, proposals."""

from datetime import timedelta

from odoo import models

#: Standard industrial classification (SBI) of some customers: makers and builders.
SECTORS = {
    "krakeling": "1071",
    "molensteen": "1105",
    "melkmeisje": "1051",
    "kersenboom": "1032",
    "fietsbel": "3092",
    "papaver": "1330",
    "tegelkunst": "4333",
    "loodgans": "4322",
    "warmbron": "4322",
    "bouwlust": "4120",
    "hoogwater": "4120",
}
#: customer, kind, amount, days until it ends, days until deliveries must stop
COVERS = [
    ("bouwlust", "insurance", 20000, 300, 3),
    ("zeemeeuw", "insurance", 50000, 200, None),
    ("torenvalk", "guarantee", 15000, 12, None),
    ("fietsbel", "deposit", 2500, None, None),
]


class O2cDemoCredit(models.AbstractModel):
    """Deepens the demo with what the credit screens show."""

    _name = "o2c.demo.credit"
    _description = "Demo Credit Desk"

    def _deepen(self, company, customers, today):
        """Sectors, cover, a holding, an agreement, proposals; before the night."""
        profiles = self.env["o2c.risk.profile"]
        known = {
            key: profiles._ensure(company, partner)
            for key, partner in customers.items()
        }
        for key, code in SECTORS.items():
            known[key].o2c_sector_code = code
        self._covers(known, today)
        self._holding(company, customers)
        self._agreements(company, customers, today)
        self._proposals(known)
        company.o2c_policy_proposals = 5

    def _covers(self, known, today):
        for key, kind, amount, ends, stops in COVERS:
            self.env["o2c.credit.cover"].create(
                {
                    "profile_id": known[key].id,
                    "kind": kind,
                    "amount": amount,
                    "reference": f"{kind[:3].upper()}-{known[key].partner_id.ref}",
                    "date_from": today - timedelta(days=120),
                    "date_until": ends and today + timedelta(days=ends),
                    "stop_date": stops and today + timedelta(days=stops),
                }
            )

    def _holding(self, company, customers):
        """Two campings and pools of one owner share a limit."""
        self.env["o2c.credit.group"].create(
            {
                "name": "Waterpark Groep",
                "member_ids": (customers["blauwebrug"] | customers["duinroos"]).ids,
                "company_ids": company.ids,
                "limit_set": True,
                "limit_amount": 20000,
            }
        )

    def _agreements(self, company, customers, today):
        agreement = self.env["o2c.payment.agreement"].create(
            {
                "partner_id": customers["zeemeeuw"].id,
                "company_id": company.id,
                "date_from": today - timedelta(days=90),
                "payment_term_id": customers["zeemeeuw"].property_payment_term_id.id,
                "order_number_required": False,
                "conditions": "Verzamelfactuur per maand, met uw kostenplaats.",
            }
        )
        agreement.action_confirm()

    def _proposals(self, known):
        """One by hand of the controller; those of the policy come at night."""
        controller = self.env["o2c.demo.story"]._user("controller")
        profile = known["molensteen"]
        self.env["o2c.limit.change"].with_user(controller)._propose(
            [
                {
                    "profile_id": profile.id,
                    "limit_kind": "amount",
                    "limit_amount": profile.limit_amount + 10000,
                    "reason": "Tweede brouwlijn: vraagt om ruimte voor de bouwfase.",
                }
            ]
        )

    def _night(self, company, today):
        """What the nightly jobs add: proposals of the policy, and signals."""
        self.env["o2c.credit.policy"]._propose_limits(company, today)
        self.env["o2c.risk.profile"]._watch(company, today)
