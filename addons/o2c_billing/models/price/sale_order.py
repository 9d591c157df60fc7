"""The order: who buys, and in which form."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_subscription_form_id = fields.Many2one(
        "o2c.subscription.form",
        string="Subscription Form",
        ondelete="restrict",
        check_company=True,
        help="How the customer buys; agreed prices can depend on it.",
    )

    def _o2c_buyer(self):
        """What the price policy wants to know of who buys here.

        :return: dict, see ``res.partner._o2c_buyer``
        """
        self.ensure_one()
        return self.partner_id._o2c_buyer(
            self.company_id or self.env.company, self.o2c_subscription_form_id
        )

    @api.onchange("partner_id", "o2c_subscription_form_id")
    def _onchange_o2c_buyer(self):
        """Another buyer can have other prices: offer to update them."""
        if self.order_line and self.company_id._o2c_mode("billing") == "live":
            self.show_update_pricelist = True

    def _recompute_prices(self):
        result = super()._recompute_prices()
        self._get_update_prices_lines()._compute_o2c_price_trace()
        return result

    def _get_product_catalog_order_data(self, products, **kwargs):
        kwargs.setdefault("o2c_buyer", self._o2c_buyer())
        return super()._get_product_catalog_order_data(products, **kwargs)

    def _get_product_catalog_order_line_info(
        self, product_ids, child_field=False, **kwargs
    ):
        kwargs.setdefault("o2c_buyer", self._o2c_buyer())
        return super()._get_product_catalog_order_line_info(
            product_ids, child_field=child_field, **kwargs
        )

    def _update_order_line_info(
        self, product_id, quantity, *, section_id=False, child_field="order_line", **kw
    ):
        kw.setdefault("o2c_buyer", self._o2c_buyer())
        return super()._update_order_line_info(
            product_id, quantity, section_id=section_id, child_field=child_field, **kw
        )
