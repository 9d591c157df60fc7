"""What would this customer pay for these articles, and why?"""

from datetime import date as calendar_date

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...policy import price as policy
from ...policy import price_rule as policy_rule
from ...policy.price_volume import volume
from ...policy.price_why import ahead, lost
from .pricing_round import KEY, PricingRound


class O2cPriceAgreement(models.Model):
    _inherit = "o2c.price.agreement"

    def action_simulate(self):
        """What would its customer pay for its articles, and why? Made for a segment or
        a grade: somebody of it."""
        self.ensure_one()
        articles = self.line_ids.product_id[:10]
        counts = self.state != "running" or not self.partner_id
        return self.env["o2c.price.simulation"]._open(
            self.partner_id,
            company_id=self.company_id.id,
            agreement_id=counts and self.id,
            line_ids=[Command.create({"product_id": one.id}) for one in articles],
        )

    @api.model
    def simulate_price(
        self,
        partner_id,
        articles,
        date=None,
        subscription_form_id=None,
        company_id=None,
        pricelist_id=None,
        agreement_id=None,
    ):
        """What a customer would pay, with every step and every rule that lost.

        For colleagues, also over Odoo's JSON API. Nothing is written.

        :param int partner_id: the customer; 0 for somebody unknown
        :param list articles: dicts with ``product_id``, ``quantity`` (1) and
            ``uom_id`` (the article's own); together they count as one order
        :param date: day as ``YYYY-MM-DD``; today when not given
        :param int agreement_id: count this agreement as running
        :return: list of dicts, one per article: ``product``, ``quantity``, ``unit``,
            ``kind``, ``currency``, ``list_price``, ``price``, ``difference`` (%),
            ``agreed``, ``steps``, ``ahead``, ``lost``, ``floor``
        """
        self.check_access("read")
        company = self.env["res.company"].browse(company_id) or self.env.company
        if company not in self.env.companies:
            raise UserError(
                self.env._(
                    "Choose a company that you are working in to ask its prices."
                )
            )
        partner = self.env["res.partner"].browse(partner_id or ())
        partner.check_access("read")
        form = self.env["o2c.subscription.form"].browse(subscription_form_id or ())
        day = company._o2c_today()
        if date:
            day = date
            if isinstance(date, str):
                day = calendar_date.fromisoformat(date)
        asked = self._simulated_articles(articles)
        going_on = PricingRound(
            self.env["product.product"].union(*(a[0] for a in asked))
        )
        return (
            self.with_company(company)
            .with_context(**{KEY: going_on})
            ._simulate(
                asked,
                partner,
                form,
                day,
                company,
                self.env["product.pricelist"].browse(pricelist_id or ()),
                self.browse(agreement_id or ()),
            )
        )

    @api.model
    def _simulated_articles(self, articles):
        """Article, quantity and unit of each, with clear words about what is wrong."""
        asked = []
        for one in articles:
            product = self.env["product.product"].browse(one.get("product_id") or ())
            if not product.exists():
                raise UserError(
                    self.env._("Choose an article: %(one)s names none.", one=one)
                )
            product.check_access("read")
            uom = self.env["uom.uom"].browse(one.get("uom_id") or ()) or product.uom_id
            quantity = one.get("quantity")
            asked.append((product, 1.0 if quantity is None else quantity, uom))
        return asked

    @api.model
    def _simulate(self, asked, partner, form, day, company, pricelist, agreement):
        if not pricelist and partner:
            pricelist = partner.with_company(company).property_product_pricelist
        currency = pricelist.currency_id or company.currency_id
        buyer = partner._o2c_buyer(company, form)
        if agreement and not partner:
            buyer |= {"segment": agreement.segment_id.id, "grade": agreement.grade}
        elif agreement.grade:
            customer = partner.commercial_partner_id.sudo()
            buyer["grade"] = customer._o2c_price_grade(company, always=True)
        extra = agreement.sudo()._as_if_running(buyer)
        questions = []
        for product, quantity, uom in asked:
            base = pricelist.with_env(self.env)._get_product_price(
                product,
                quantity or 1.0,
                currency=currency,
                uom=uom,
                date=day,
                o2c_inner=True,
            )
            situation, rules, floors = self._price_question(
                product,
                base,
                quantity=quantity or 1.0,
                uom=uom,
                day=day,
                currency=currency,
                company=company,
                buyer=buyer,
            )
            questions.append((situation, [*rules, *extra], floors))
        lines = [situation for situation, _rules, _floors in questions]
        answers = [
            self._simulated(one, self._as_one_order(question, lines), currency, company)
            for one, question in zip(asked, questions, strict=True)
        ]
        if not partner:
            for answer, situation in zip(answers, lines, strict=True):
                answer["lost"] += self._made_for_others(situation, buyer, company)
        return answers

    @api.model
    def _made_for_others(self, situation, buyer, company):
        """Rules for a segment or a grade that somebody unknown does not get."""
        agreements = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "running"),
                ("partner_id", "=", False),
                "|",
                ("segment_id", "!=", False),
                ("grade", "!=", False),
            ]
        )
        words = self.env["o2c.price.words"]
        currency = self.env["res.currency"].search(
            [("name", "=", situation.currency)], limit=1
        )
        found = []
        for one in agreements:
            if one._made_for_buyer(buyer):
                continue
            reason = words._made_for(one.segment_id, one.grade)
            found += [
                {
                    "name": self._rule_words(rule, currency),
                    "code": "segment" if one.segment_id else "grade",
                    "reason": reason,
                }
                for rule in (line._rule(one._scope(), 0) for line in one.line_ids)
                if policy_rule.matches(rule, situation)
            ]
        return found

    def _as_if_running(self, buyer):
        """Rules of an agreement that does not run yet, if it is made for this buyer."""
        if not self or self.state == "running":
            return []
        scope, distance = self._scope(), 0
        if scope == policy.CUSTOMER:
            parents = buyer["parents"] if self.subsidiaries else ()
            if self.partner_id.id in parents:
                scope, distance = policy.PARENT, parents.index(self.partner_id.id) + 1
            elif self.partner_id.id != buyer["partner"]:
                return []
        elif not self._made_for_buyer(buyer):
            return []
        return [line._rule(scope, distance) for line in self.line_ids]

    def _made_for_buyer(self, buyer):
        return (not self.segment_id or self.segment_id.id == buyer["segment"]) and (
            not self.grade or self.grade == buyer["grade"]
        )

    @api.model
    def _as_one_order(self, question, lines):
        """Tiers by order look at all articles that are asked together."""
        situation, rules, floors = question
        together = {
            rule.id: volume(rule, lines) for rule in rules if rule.basis == policy.ORDER
        }
        volumes = {**situation.volumes, **together}
        return policy.replace(situation, volumes=volumes), rules, floors

    @api.model
    def _simulated(self, asked, question, currency, company):
        """The answer for one article, in words and figures."""
        product, quantity, uom = asked
        situation, rules, floors = question
        words = self.env["o2c.price.words"]
        price = policy.price(situation, rules, floors)
        standard = product.with_context(uom=uom.id)._price_compute(
            "list_price",
            uom=uom,
            currency=currency,
            company=company,
            date=situation.day,
        )[product.id]
        amount = float(price.amount)
        snapshot = self.env["o2c.priced.line"]._o2c_step
        return {
            "product_id": product.id,
            "product": product.display_name,
            "quantity": quantity,
            "unit": uom.name,
            "kind": situation.kind,
            "currency": currency.name,
            "list_price": standard,
            "price": amount,
            "difference": round((amount / standard - 1) * 100, 2) if standard else 0.0,
            "agreed": price.agreed,
            "floor": None if price.floor is None else float(price.floor),
            "shown": {
                "list_price": words._money(standard, currency),
                "price": words._money(price.amount, currency),
                "quantity": words._number(quantity),
            },
            "steps": [
                {
                    "code": step.code,
                    "label": words._step(snapshot(step), currency, company),
                    "amount": words._money(step.amount, currency),
                }
                for step in price.steps
            ],
            "ahead": [
                {
                    "label": words._volume(
                        one.basis, one.measure, one.quantity, company
                    ),
                    "amount": words._money(one.amount, currency),
                }
                for one in ahead(situation, rules, floors)
            ],
            "lost": [
                {
                    "name": self._rule_words(one.rule, currency),
                    "code": one.reason,
                    "reason": words._lost(
                        one.reason,
                        one.to and one.to.name,
                        chosen=getattr(situation, one.reason, True) is not None,
                    ),
                }
                for one in lost(situation, rules)
            ],
        }

    @api.model
    def _rule_words(self, rule, currency):
        """A rule that lost: its agreement and what it would have given."""
        words = self.env["o2c.price.words"]
        if rule.fixed:
            money = self.env["res.currency"].search([("name", "=", rule.currency)])
            value = words._money(rule.value, money or currency)
        else:
            value = words._number(rule.value) + "%"
        return f"{rule.name}: {value}"
