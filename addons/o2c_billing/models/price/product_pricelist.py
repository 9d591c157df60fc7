"""Every caller of core's pricelists gets the agreed price."""

from datetime import datetime

from odoo import fields, models

from .o2c_price_agreement import ANYONE


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
        """
        buyer = kwargs.pop("o2c_buyer", None)
        inner = kwargs.pop("o2c_inner", False)
        found = super()._compute_price_rule(
            products,
            quantity,
            currency=currency,
            uom=uom,
            date=date,
            compute_price=compute_price,
            o2c_inner=True,
            **kwargs,
        )
        company = self.company_id or self.env.company
        if buyer:
            company = company.browse(buyer["company"])
        if inner or not compute_price or company._o2c_mode("billing") != "live":
            return found
        return self._o2c_agree(
            products, found, quantity, uom, date, currency, company, buyer or ANYONE
        )

    def _o2c_agree(
        self, products, found, quantity, uom, date, currency, company, buyer
    ):
        """Core's prices with the agreed ones in their place.

        :param dict found: product id to core's price and rule
        :return: dict as ``found``; where no agreement fits, core's own float
        """
        moment = date or fields.Datetime.now()
        day = company._o2c_today(moment) if isinstance(moment, datetime) else moment
        currency = currency or self.currency_id or self.env.company.currency_id
        agreed = {}
        for product in products:
            base, rule = found[product.id]
            price = self.env["o2c.price.agreement"]._price(
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
