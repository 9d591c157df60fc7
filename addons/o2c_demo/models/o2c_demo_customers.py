"""Customers beyond the cast, for books of thousands of customers."""

import random

from odoo import models
from odoo.tools import SQL

from ..policy.trade import Buyer

#: payer and how many of a hundred customers pay like that
HABITS = [
    ("prompt", 20),
    ("good", 38),
    ("late", 22),
    ("slow", 11),
    ("poor", 5),
    ("dispute", 3),
    ("broke", 1),
]
#: segment and how many of a hundred customers belong to it
SEGMENTS = [("sme", 70), ("corporate", 14), ("public", 6), ("consumer", 10)]
#: One in so many customers is American and pays in dollars.
FOREIGN = 25


class O2cDemoCustomers(models.AbstractModel):
    _name = "o2c.demo.customers"
    _description = "Demo Customers"

    def _add(self, company, count, patterns, seed):
        """Write ``count`` customers with plain names.

        :return: list of :class:`Buyer`
        """
        dice = random.Random(seed + 1)
        ledger = self.env["o2c.demo.ledger"]
        first = ledger._reserve("res.partner", count) + 1
        habits = dice.choices(*zip(*HABITS, strict=True), k=count)
        segments = dice.choices(*zip(*SEGMENTS, strict=True), k=count)
        terms = self._terms()
        found = {"NL": [], "US": []}
        for index in range(count):
            foreign = index % FOREIGN == 0
            term = terms[dice.choices((0, 1, 2, 3), (30, 55, 8, 7))[0]]
            found["US" if foreign else "NL"].append(
                (first + index, index, segments[index], term, habits[index])
            )
        buyers = []
        for country, rows in found.items():
            if rows:
                buyers += self._store(company, patterns[country], country, rows, dice)
        return buyers

    def _terms(self):
        cast = self.env["o2c.demo.cast"]
        return [cast._term(key).id for key in ("14", "30", "60", "split")]

    def _store(self, company, pattern, country, rows, dice):
        names = [self._label(index, segment) for _id, index, segment, *_ in rows]
        ids = [row[0] for row in rows]
        given = {
            "id": ids,
            "name": names,
            "complete_name": names,
            "ref": [f"K{row[1]:06d}" for row in rows],
            "email": [f"k{row[1]:06d}@example.com" for row in rows],
            "email_normalized": [f"k{row[1]:06d}@example.com" for row in rows],
            "commercial_partner_id": ids,
            "commercial_company_name": [
                None if row[2] == "consumer" else name
                for row, name in zip(rows, names, strict=True)
            ],
            "is_company": [row[2] != "consumer" for row in rows],
        }
        derived = {
            "property_payment_term_id": SQL(
                "jsonb_build_object(%s::text, g._term::int)", str(company.id)
            )
        }
        if "o2c_segment_id" in self.env["res.partner"]._fields:
            given["o2c_segment_id"] = [self._segment(row[2]) for row in rows]
        if country == "NL":
            numbers = [f"98{row[1]:06d}" for row in rows]
            given |= {"company_registry": numbers, "peppol_endpoint": numbers}
        else:
            pricelist = self.env["o2c.demo.cast"]._pricelist("USD", company)
            derived["specific_property_product_pricelist"] = SQL(
                "jsonb_build_object(%s::text, %s)", str(company.id), pricelist.id
            )
        given["_term"] = [row[3] for row in rows]
        self.env["o2c.demo.ledger"]._insert("res.partner", pattern, given, derived)
        model = self.env["o2c.demo.scene"]
        like = model._buyer(self.env["res.partner"].browse(ids[0]), "good", 1.0)
        return [
            Buyer(
                partner=row[0],
                payer=row[4],
                weight=dice.paretovariate(1.5),
                large=row[2] == "corporate",
                position=like.position,
                term=row[3],
                foreign=country == "US",
                lang=like.lang,
            )
            for row in rows
        ]

    def _label(self, index, segment):
        kinds = {
            "sme": "Bedrijf",
            "corporate": "Concern",
            "public": "Gemeente",
            "consumer": "Familie",
        }
        return f"{kinds[segment]} {index + 1:06d}"

    def _segment(self, code):
        return self.env.ref("o2c_base.o2c_customer_segment_" + code).id
