"""Asking a price: the one method behind every price of ours."""

from decimal import Decimal

from odoo import api, models, tools

from ...policy import price as policy
from ...policy.price_book import Book
from .pricing_round import PricingRound

#: Somebody we know nothing of: only prices for everyone hold.
ANYONE = {
    "partner": 0,
    "parents": (),
    "segment": 0,
    "grade": None,
    "group": None,
    "form": None,
}
NOBODYS = Book(())


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    @api.model
    def _price(self, product, base, **question):
        """The price under the running agreements, with the steps that led to it.

        Pricelists, order lines, invoice lines and billing events all come here.

        :param product: one product or product template
        :param float base: price per ``uom`` so far, in ``currency``
        :param question: see :meth:`_price_question`
        :return: :class:`policy.price.Price`
        """
        return policy.price(*self._price_question(product, base, **question))

    @api.model
    def _price_question(
        self,
        product,
        base,
        *,
        quantity,
        uom,
        day,
        currency,
        company,
        buyer,
        line=None,
    ):
        """What the policy wants to know.

        :param float quantity: in ``uom``
        :param uom: unit of the line
        :param date day: day on which the price is asked
        :param currency: currency of ``base``
        :param company: company that sells
        :param dict buyer: see ``res.partner._o2c_buyer``
        :param line: order line that asks, for tiers that look at the whole order
        :return: (situation, rules that name the article, floors)
        """
        going_on = PricingRound.of(self.env)
        buyer = {**ANYONE, **buyer}
        factor, own_quantity = self._in_article_unit(product, quantity, uom)
        facts = {
            "base": Decimal(str(base or 0.0)),
            "quantity": own_quantity,
            "day": day,
            "currency": currency.name,
            "customer_group": buyer["group"],
            "subscription_form": buyer["form"],
            "customer": buyer["partner"],
            "unit_factor": factor,
            "decimals": company._o2c_price_digits(),
            **self._article_facts(product, going_on),
        }
        floors = self._floors(company.id)
        if floors:
            facts |= self._cost_facts(product, currency, company, day, going_on)
        situation = policy.Situation(**facts)
        rules = [
            rule
            for book in self._books(company, buyer)
            for rule in book.candidates(situation)
        ]
        if any(rule.basis != policy.LINE for rule in rules):
            situation = policy.replace(
                situation,
                volumes=going_on.volumes(self, rules, situation, company, line),
            )
        return situation, rules, floors

    @api.model
    def _in_article_unit(self, product, quantity, uom):
        """Units of the article in one ``uom``, and the quantity in them."""
        own_uom = product.uom_id
        if not uom or uom == own_uom:
            return Decimal(1), Decimal(str(quantity))
        own_quantity = uom._compute_quantity(
            quantity, own_uom, round=False, raise_if_failure=False
        )
        factor = Decimal(str(own_uom._compute_price(1.0, uom)))
        return factor, Decimal(str(own_quantity))

    @api.model
    def _article_facts(self, product, going_on):
        """What criteria can ask of an article."""
        key = (product._name, product.id)
        if key in going_on.articles:
            return going_on.articles[key]
        product = product.sudo()
        template, variant = product, None
        if product._name == "product.product":
            template, variant = product.product_tmpl_id, product.id
        elif len(product.product_variant_ids) == 1:
            variant = product.product_variant_ids.id
        path = product.categ_id.parent_path or ""
        facts = {
            "product": variant,
            "template": template.id,
            "categories": tuple(int(one) for one in reversed(path.split("/")) if one),
            "article_group": template.o2c_discount_group_id.id or None,
            "kind": policy.SERVICE if product.type == "service" else policy.GOODS,
        }
        going_on.articles[key] = facts
        return facts

    @api.model
    def _line_facts(self, line, going_on):
        """An order line as one of the lines of its order."""
        _factor, quantity = self._in_article_unit(
            line.product_id, line.product_uom_qty, line.product_uom_id
        )
        return policy.Situation(
            base=Decimal(0),
            quantity=quantity,
            day=line.order_id._o2c_price_day(),
            **self._article_facts(line.product_id, going_on),
        )

    @api.model
    def _cost_facts(self, product, currency, company, day, going_on):
        """Cost of the article in company currency, as prices are kept (with VAT where
        the sales tax of the article is part of its price), and the rate."""
        product = product.sudo().with_company(company)
        cost = product.standard_price
        taxes = product.taxes_id._filter_taxes_by_company(company)
        if cost and any(taxes.mapped("price_include")):
            cost = taxes.with_context(force_price_include=False).compute_all(cost)[
                "total_included"
            ]
        key = (company.id, currency.id, day)
        if key not in going_on.rates:
            going_on.rates[key] = Decimal(
                str(
                    company.currency_id._get_conversion_rate(
                        company.currency_id, currency, company, day
                    )
                )
            )
        return {
            "cost": Decimal(str(cost)) if cost else None,
            "rate": going_on.rates[key],
        }

    # Rules, cached: a thousand lines of one customer read them once

    @api.model
    def _books(self, company, buyer):
        """The rules that can hold for this buyer, on shelves by article."""
        asked = [
            (policy.CUSTOMER, buyer["partner"], 0),
            *(
                (policy.PARENT, parent, distance)
                for distance, parent in enumerate(buyer.get("parents", ()), 1)
            ),
            (policy.SEGMENT, buyer["segment"], 0),
            (policy.EVERYONE, True, 0),
        ]
        if buyer.get("grade"):
            asked.append((policy.GRADE, buyer["grade"], 0))
            if buyer["segment"]:
                key = (buyer["segment"], buyer["grade"])
                asked.append((policy.SEGMENT_GRADE, key, 0))
        return [
            self._book(company.id, scope, key, distance)
            for scope, key, distance in asked
            if key
        ]

    @api.model
    @tools.ormcache("company_id", "scope", "key", "distance")
    def _book(self, company_id, scope, key, distance):
        """Rules of the running agreements made for one customer, segment, grade or
        everyone."""
        segment = key if scope == policy.SEGMENT else False
        grade = key if scope == policy.GRADE else False
        if scope == policy.SEGMENT_GRADE:
            segment, grade = key
        own = scope in (policy.CUSTOMER, policy.PARENT)
        domain = [
            ("company_id", "=", company_id),
            ("state", "=", "running"),
            ("partner_id", "=", key if own else False),
            ("segment_id", "=", segment),
            ("grade", "=", grade),
        ]
        if scope == policy.PARENT:
            domain.append(("subsidiaries", "=", True))
        agreements = self.sudo().search(domain)
        if not agreements.line_ids:
            return NOBODYS
        return Book([line._rule(scope, distance) for line in agreements.line_ids])

    @api.model
    @tools.ormcache("company_id")
    def _floors(self, company_id):
        """Minimum prices and margins of a company."""
        floors = self.env["o2c.price.floor"].sudo()
        return tuple(
            floor._floor() for floor in floors.search([("company_id", "=", company_id)])
        )

    @api.model
    @tools.ormcache("company_id")
    def _uses_grades(self, company_id):
        """Is any running agreement made for a grade?"""
        return bool(
            self.sudo().search_count(
                [
                    ("company_id", "=", company_id),
                    ("state", "=", "running"),
                    ("grade", "!=", False),
                ],
                limit=1,
            )
        )
