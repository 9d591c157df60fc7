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
        currency = currency or self.currency_id or self.env.company.currency_id
        moment = date or fields.Datetime.now()
        day = company._o2c_today(moment) if isinstance(moment, datetime) else moment
        ask = self.env["o2c.price.agreement"]._price
        return {
            product.id: (
                self._o2c_agreed(
                    ask(
                        product,
                        found[product.id][0],
                        quantity=quantity,
                        uom=uom or product.uom_id,
                        day=day,
                        currency=currency,
                        company=company,
                        buyer=buyer or ANYONE,
                    ),
                    found[product.id][0],
                ),
                found[product.id][1],
            )
            for product in products
        }

    def _o2c_agreed(self, price, base):
        """The agreed amount, or core's own float where no rule had a say."""
        return float(price.amount) if price.agreed else base
