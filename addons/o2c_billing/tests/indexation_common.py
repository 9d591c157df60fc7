"""A company in November, with prices to index."""

from datetime import date
from unittest.mock import patch

from .common import BillingCommon

TODAY = date(2026, 11, 2)
NEW_YEAR = date(2027, 1, 1)


class IndexationCommon(BillingCommon):
    """A company where it is 2 November 2026, and one more approver."""

    def setUp(self):
        super().setUp()
        clock = type(self.company)._o2c_today
        self.startPatcher(
            patch.object(
                type(self.company),
                "_o2c_today",
                lambda company, now=None: clock(company, now) if now else TODAY,
            )
        )
        self.second = self._user("second", "o2c_base.group_billing_approver")
        self.index = self.env["o2c.price.index"].create(
            {"name": "Proefindex (verzonnen)", "company_id": self.company.id}
        )

    def _figure(self, period, value, state="final"):
        return self.env["o2c.price.index.value"].create(
            {
                "index_id": self.index.id,
                "period": period,
                "value": value,
                "state": state,
            }
        )

    def _own(self, price=10.0, tiers=None, partner=None, line=None, **values):
        return self._agreement(
            {
                "product_id": self.wood.id,
                "fixed_price": price,
                "tiers": tiers or {},
                **(line or {}),
            },
            partner_id=(partner or self.sme).id,
            **values,
        )

    def _indexation(self, preview=True, **values):
        indexation = self.env["o2c.price.indexation"].create(
            {
                "name": "Prijsindexatie 2027",
                "company_id": self.company.id,
                "effective_date": NEW_YEAR,
                "percentage": 3.0,
                **values,
            }
        )
        if preview:
            indexation.action_preview()
        return indexation

    def _by_index(self, **values):
        return self._indexation(
            method="index",
            percentage=0.0,
            index_id=self.index.id,
            index_period="2026-10-01",
            base_period="2025-10-01",
            **values,
        )

    def _approve(self, indexation):
        indexation.action_propose()
        indexation.with_user(self.second).action_approve()
        return indexation

    def _apply(self, indexation=None):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            env = self.env(cr=cr)
            run = env["o2c.price.indexation"]._apply_approved(
                env["res.company"].browse(self.company.id), TODAY
            )
            run_id = run.id
        self.env.invalidate_all()
        return self.env["o2c.run"].browse(run_id)

    def _price_on(self, day, quantity=1, partner=None):
        order = self._order(
            partner or self.sme, [(self.wood, quantity, None)], date_order=day
        )
        return order.order_line.price_unit
