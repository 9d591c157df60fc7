"""Prices that move: an agreement that ends, an index, an indexation, a bonus.

Every figure is made up, and the names say so.
"""

from datetime import date

from odoo import models
from odoo.fields import Command

#: article, price, tiers
PRICES = [
    ("filt_10", 82.5, {25: 79.0, 100: 74.5}),
    ("uv_36", 199.0, {10: 189.0}),
    ("kraan_34", 16.9, {100: 15.75, 500: 14.9}),
]
#: Change of the made-up index from month to month, in tenths of a percent.
STEPS = (3, 2, 4, 1, 2, 3, 0, 2, 3, 2, 1, 4)
#: turnover of the year, percentage
TIERS = [(2500.0, 1.0), (10000.0, 2.0), (25000.0, 3.0), (60000.0, 4.0)]


class O2cDemoPrices(models.AbstractModel):
    """Deepens the demo with the life of agreements."""

    _name = "o2c.demo.prices"
    _description = "Demo Prices"

    def _deepen(self, company, today):
        """Make them once; found again by their xmlid.

        :param company: the demo company, furnished
        :param date today: the day the demo is told
        """
        if self.env.ref("o2c_demo.price_index", raise_if_not_found=False):
            return
        own = self.with_user(self.env.ref("base.user_admin")).with_company(company)
        own = own.with_context(allowed_company_ids=company.ids, tz=company._o2c_zone())
        company = company.with_env(own.env)
        customers = own.env["o2c.demo.cast"]._customers(company)
        index = own._index(today)
        agreement = own._agreement(company, customers["zeemeeuw"], index, today)
        own._indexation(company, index, agreement, today)
        for key in ("bouwlust", "zeemeeuw"):
            own._bonus(company, key, customers[key], today)

    def _keep(self, xmlid, record):
        return self.env["o2c.demo.cast"]._keep(xmlid, record)

    def _index(self, today):
        """Two years of figures, the last one provisional."""
        index = self.env["o2c.price.index"].create(
            {
                "name": "Demo index (made-up figures)",
                "code": "DEMO",
                "source": "Made up for this demo: no office publishes it",
            }
        )
        index.with_context(lang="nl_NL").name = "Demo-index (verzonnen cijfers)"
        months = today.year * 12 + today.month - 1
        value, values = 100.0, []
        for back in range(26, 0, -1):
            year, month = divmod(months - back, 12)
            value = round(value * (1 + STEPS[month] / 1000), 2)
            values.append(
                {
                    "index_id": index.id,
                    "period": date(year, month + 1, 1),
                    "value": value,
                    "state": "provisional" if back == 1 else "final",
                }
            )
        self.env["o2c.price.index.value"].create(values)
        return self._keep("price_index", index)

    def _agreement(self, company, customer, index, today):
        """Prices with tiers until the end of the year, tied to the index."""
        agreement = self.env["o2c.price.agreement"].create(
            {
                "name": f"Raamovereenkomst {customer.name} {today.year}",
                "company_id": company.id,
                "partner_id": customer.id,
                "date_from": date(today.year, 1, 1),
                "date_to": date(today.year, 12, 31),
                "user_id": company.o2c_responsible_id.id or self.env.uid,
                "line_ids": [
                    Command.create(
                        {
                            "product_id": self.env.ref(f"o2c_demo.product_{key}").id,
                            "fixed_price": price,
                            "o2c_index_id": index.id,
                            "o2c_index_cap": 5.0,
                            "tier_ids": [
                                Command.create(
                                    {"quantity": quantity, "fixed_price": value}
                                )
                                for quantity, value in tiers.items()
                            ],
                        }
                    )
                    for key, price, tiers in PRICES
                ],
            }
        )
        agreement.action_start()
        self.env["o2c.price.agreement"]._watch_ends(company, today)
        return self._keep("agreement_zeemeeuw", agreement)

    def _indexation(self, company, index, agreement, today):
        """Proposed for the prices that go on next year; a colleague approves it."""
        begins = date(today.year + 1, 1, 1)
        final = index.value_ids.sorted("period", reverse=True)[1:]
        indexation = self.env["o2c.price.indexation"].create(
            {
                "name": f"Prijsindexatie {begins.year}",
                "company_id": company.id,
                "method": "index",
                "index_id": index.id,
                "index_period": final[0].period,
                "base_period": final[12].period,
                "effective_date": begins,
                "notice_days": min(30, (begins - today).days),
                "has_floor": True,
                "on_contracts": False,
            }
        )
        indexation.action_preview()
        if indexation.planned_count:
            indexation.action_propose()
        return self._keep("price_indexation", indexation)

    def _bonus(self, company, key, customer, today):
        """A bonus on the turnover of this year."""
        bonus = self.env["o2c.volume.bonus"].create(
            {
                "name": f"Jaarbonus {today.year}",
                "company_id": company.id,
                "partner_id": customer.id,
                "date_from": date(today.year, 1, 1),
                "date_to": date(today.year, 12, 31),
                "tier_ids": [
                    Command.create({"threshold": threshold, "rate": rate})
                    for threshold, rate in TIERS
                ],
            }
        )
        bonus.action_start()
        bonus._refresh(today)
        return self._keep(f"bonus_{key}", bonus)
