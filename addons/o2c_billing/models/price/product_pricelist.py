"""Every caller of core's pricelists gets the agreed price."""

from datetime import datetime

from odoo import fields, models

from .o2c_price_asking import ANYONE
from .pricing_round import KEY, PricingRound

#: What we hand down ourselves; with anything else the rules are read again.
OWN = {"o2c_inner", "o2c_chain"}


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _compute_price_rule(
        self,
        products,
        quantity,
        *,
        currency=None,
        uom=None,
        date=False,
        compute_price=True,
        **kwargs,
    ):
        """Core's price, then the agreed one.

        Who buys travels in ``o2c_buyer``; a pricelist that only serves as the base
        of another one (``o2c_inner``) stays untouched, so nothing is agreed twice.
        A pricelist that comes back to itself (``o2c_chain``) gives the list price.
        """
        buyer = kwargs.pop("o2c_buyer", None)
        inner = kwargs.pop("o2c_inner", False)
        chain = kwargs.pop("o2c_chain", ())
        own = self.browse() if self.id in chain else self
        found = super(ProductPricelist, own)._compute_price_rule(
            products,
            quantity,
            currency=currency,
            uom=uom,
            date=date,
            compute_price=compute_price,
            o2c_inner=True,
            o2c_chain=(*chain, self.id),
            **kwargs,
        )
        company = self.company_id or self.env.company
        if buyer:
            company = company.browse(buyer["company"])
        if inner or not compute_price or company._o2c_mode("billing") != "live":
            return found
        buyer = buyer or self._o2c_visitor(company)
        return self._o2c_agree(
            products, found, quantity, uom, date, currency, company, buyer
        )

    def _o2c_visitor(self, company):
        """Who buys when the caller does not say: in the portal or a web shop the
        customer who is logged in, otherwise somebody we know nothing of."""
        user = self.env.user
        if user._is_portal():
            return user.partner_id._o2c_buyer(company)
        return ANYONE

    def _o2c_agree(
        self, products, found, quantity, uom, date, currency, company, buyer
    ):
        """Core's prices with the agreed ones in their place.

        A combo has no price of its own to agree on, as on an order line.

        :param dict found: product id to core's price and rule
        :return: dict as ``found``; where no agreement fits, core's own float
        """
        moment = date or fields.Datetime.now()
        if isinstance(moment, str):
            moment = fields.Datetime.to_datetime(moment)
        day = company._o2c_today(moment) if isinstance(moment, datetime) else moment
        currency = currency or self.currency_id or self.env.company.currency_id
        going_on = PricingRound.of(self.env)
        agreements = self.env["o2c.price.agreement"].with_context(**{KEY: going_on})
        agreed = dict(found)
        for product in products:
            if product.type == "combo":
                continue
            base, rule = found[product.id]
            price = agreements._price(
                product,
                base,
                quantity=quantity,
                uom=uom or product.uom_id,
                day=day,
                currency=currency,
                company=company,
                buyer=buyer,
            )
            agreed[product.id] = (float(price.amount) if price.agreed else base, rule)
        return agreed

    def _get_applicable_rules(self, products, date, **kwargs):
        """In a round of pricing the rules are read once for all its articles.

        More rules than one article needs do no harm: core asks each whether it
        applies, in the order in which they were read.
        """
        going_on = self.env.context.get(KEY)
        if (
            not self
            or not isinstance(going_on, PricingRound)
            or not kwargs.keys() <= OWN
            or not going_on.knows(products)
        ):
            return super()._get_applicable_rules(products, date, **kwargs)
        key = (self.id, date)
        if key not in going_on.rules:
            going_on.rules[key] = super()._get_applicable_rules(
                going_on.products, date, **kwargs
            )
        return going_on.rules[key].with_env(self.env)


class ProductPricelistItem(models.Model):
    _inherit = "product.pricelist.item"

    def _compute_price_before_discount(self, *args, **kwargs):
        """Core follows base pricelists until one has no base; in a circle for ever."""
        if self._o2c_runs_in_a_circle():
            return self.browse()._compute_price_before_discount(*args, **kwargs)
        return super()._compute_price_before_discount(*args, **kwargs)

    def _o2c_runs_in_a_circle(self):
        """Does following base pricelists come back to where it was?"""
        if self.base != "pricelist":
            return False
        seen = self.pricelist_id
        ahead = self.base_pricelist_id
        while ahead:
            if ahead & seen:
                return True
            seen |= ahead
            based = ahead.item_ids.filtered(lambda item: item.base == "pricelist")
            ahead = based.base_pricelist_id
        return False
