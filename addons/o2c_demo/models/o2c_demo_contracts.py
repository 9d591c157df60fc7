"""Contracts of the demo company: one that renews soon, usage, a pause, a proposal."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import models
from odoo.fields import Command


class O2cDemoContracts(models.AbstractModel):
    """Signs the contracts and lets the night bill what is due of them."""

    _name = "o2c.demo.contracts"
    _description = "Demo Contracts"

    def _sign(self, company, customers, today):
        """Make the contracts once; what ran before was billed elsewhere.

        :param date today: the day the demo is told
        """
        contracts = self.env["o2c.contract"]
        if contracts.search_count([("company_id", "=", company.id)], limit=1):
            return
        for key, values, lines in self._cast(today):
            contract = contracts.create(
                {
                    "company_id": company.id,
                    "partner_id": customers[key].id,
                    "currency_id": company.currency_id.id,
                    "user_id": company.o2c_responsible_id.id,
                    **values,
                    "line_ids": [Command.create(self._line(line)) for line in lines],
                }
            )
            if key != "spiegelmeer":
                contract.action_start()
        self._happen(company, customers, today)
        contracts._night(company, today)

    def _line(self, line):
        article = line.pop("article")
        return {"product_id": self.env.ref(f"o2c_demo.product_{article}").id, **line}

    def _cast(self, today):
        """Who has which contract.

        :return: list of (customer, values, lines)
        """
        month = today.replace(day=1)
        before = month - timedelta(days=1)
        year = relativedelta(years=1)
        soon = today + relativedelta(months=2, days=19)
        return [
            (
                "zeemeeuw",
                {
                    "title": "Beheer op afstand, 24 pompen op de kade",
                    "date_start": month.replace(month=1) - year,
                    "notice_months": 3,
                    "client_ref": "RC-2024-117",
                    "billed_until": before,
                },
                [{"article": "beheer", "quantity": 24, "price_unit": 54.0}],
            ),
            (
                "waterhoven",
                {
                    "title": "Onderhoud fonteinen en bemaling",
                    "date_start": month.replace(month=1),
                    "renewal": "ends",
                    "term_months": 24,
                    "client_ref": "Z2026-00418",
                    "billed_until": before,
                },
                [
                    {
                        "article": "onderh",
                        "quantity": 4,
                        "price_unit": 265.0,
                        "period_unit": "quarter",
                        "timing": "arrears",
                    }
                ],
            ),
            (
                "kersenboom",
                {
                    "title": "Proceswater met bewaking",
                    "date_start": month - year,
                    "renewal": "open",
                    "billed_until": before - timedelta(days=before.day),
                },
                [
                    {
                        "article": "water_m3",
                        "kind": "usage",
                        "price_unit": 2.95,
                        "included_quantity": 200,
                        "minimum_quantity": 250,
                    },
                    {"article": "beheer", "quantity": 2, "price_unit": 59.0},
                ],
            ),
            (
                "torenvalk",
                {
                    "title": "Wateranalyse van zes torens",
                    "date_start": soon + timedelta(days=1) - year,
                    "notice_months": 2,
                    "billed_until": before,
                },
                [
                    {
                        "article": "analyse",
                        "quantity": 6,
                        "price_unit": 145.0,
                        "period_unit": "quarter",
                    },
                    {"article": "beheer", "quantity": 6, "price_unit": 59.0},
                ],
            ),
            (
                "noordster",
                {
                    "title": "Onthardingsbeheer, eerste twee maanden half geld",
                    "date_start": month,
                },
                [
                    {
                        "article": "beheer",
                        "quantity": 3,
                        "price_unit": 59.0,
                        "intro_months": 2,
                        "intro_discount": 50.0,
                    },
                    {"article": "voorrij", "kind": "once", "price_unit": 47.5},
                ],
            ),
            (
                "duinroos",
                {
                    "title": "Beheer op afstand, campingseizoen",
                    "date_start": month - year,
                    "billed_until": before,
                },
                [{"article": "beheer", "quantity": 4, "price_unit": 59.0}],
            ),
            (
                "spiegelmeer",
                {
                    "title": "Onderhoud hydrofoor",
                    "date_start": month + relativedelta(months=1),
                },
                [
                    {
                        "article": "onderh",
                        "price_unit": 265.0,
                        "period_unit": "half",
                    }
                ],
            ),
        ]

    def _happen(self, company, customers, today):
        """Usage by day, more pumps from a day on, a pause, and notice."""
        own = {
            contract.partner_id: contract
            for contract in self.env["o2c.contract"].search(
                [("company_id", "=", company.id)]
            )
        }
        water = own[customers["kersenboom"]].line_ids[0]
        month = today.replace(day=1)
        days = (month - timedelta(days=1)).day
        self.env["o2c.contract.usage"].report(
            [
                {
                    "line_id": water.id,
                    "date": day,
                    "quantity": 9 + day.day % 5,
                    "key": f"meter-1/{day}",
                }
                for day in (month - timedelta(days=n) for n in range(days, 0, -1))
            ]
        )
        own[customers["zeemeeuw"]].line_ids._set_terms(
            month + timedelta(days=14), quantity=26, reason="Twee pompen erbij"
        )
        season = own[customers["duinroos"]]
        self.env["o2c.contract.pause"].create(
            {
                "contract_id": season.id,
                "date_from": month + relativedelta(months=1),
                "date_to": month + relativedelta(months=3, days=-1),
                "reason": "Winterstop van de camping",
            }
        )
        season._give_notice(today, season._earliest_end(today), "Bedrijf stopt")


class O2cDemoToday(models.AbstractModel):
    _inherit = "o2c.demo.today"

    def _leave(self, company, today):
        """The contracts are there as well."""
        result = super()._leave(company, today)
        story = self.env["o2c.demo.story"]
        customers = self.env["o2c.demo.cast"]._customers(company)
        with story._at(today, 7):
            self.env["o2c.demo.contracts"]._sign(company, customers, today)
        return result
