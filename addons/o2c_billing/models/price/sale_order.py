"""The order: who buys, in which form, and when its prices are asked again."""

from datetime import datetime

from odoo import api, fields, models

from .pricing_round import KEY, PricingRound

#: What an agreed price of a line can depend on, besides the line itself.
FACTORS = {
    "partner_id",
    "o2c_subscription_form_id",
    "date_order",
    "pricelist_id",
    "currency_id",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    o2c_subscription_form_id = fields.Many2one(
        "o2c.subscription.form",
        string="Subscription Form",
        ondelete="restrict",
        check_company=True,
        help="How the customer buys; agreed prices can depend on it.",
    )
    o2c_outdated_prices = fields.Integer(
        string="Outdated Prices",
        compute="_compute_o2c_outdated_prices",
        groups="base.group_user",
        help="Lines whose price is not what the rules give now; without those that "
        "were set by hand.",
    )
    o2c_manual_prices = fields.Integer(
        string="Prices by Hand",
        compute="_compute_o2c_manual_prices",
        groups="base.group_user",
        help="Lines whose price was set by hand.",
    )
    o2c_below_floor = fields.Integer(
        string="Lines Below the Minimum",
        compute="_compute_o2c_manual_prices",
        groups="base.group_user",
        help="Lines that cost less than the minimum price or margin allows.",
    )

    @api.depends("state", *sorted(FACTORS))
    def _compute_o2c_outdated_prices(self):
        self.o2c_outdated_prices = 0
        for order in self._o2c_open_quotes():
            lines = order.order_line._o2c_in_a_round()._o2c_by_rules()
            order.o2c_outdated_prices = len(
                lines.filtered(lambda line: line._o2c_differs_from_rules())
            )

    @api.depends("order_line.o2c_price_manual", "order_line.o2c_below_floor")
    def _compute_o2c_manual_prices(self):
        for order in self:
            lines = order.order_line
            order.o2c_manual_prices = len(lines.filtered("o2c_price_manual"))
            order.o2c_below_floor = len(lines.filtered("o2c_below_floor"))

    def write(self, vals):
        result = super().write(vals)
        if FACTORS & vals.keys():
            quotes = self._o2c_open_quotes()
            quotes = quotes.filtered(lambda one: one.company_id.o2c_reprice == "auto")
            quotes.order_line._o2c_reprice()
        return result

    @api.onchange(*sorted(FACTORS))
    def _onchange_o2c_buyer(self):
        """Another buyer, form, day or list can have other prices.

        Nobody has seen the prices of a quotation that is being made: they follow.
        """
        if not self.order_line or self.company_id._o2c_mode("billing") != "live":
            return
        at_once = not self._origin or self.company_id.o2c_reprice == "auto"
        if at_once and self._o2c_open_quotes():
            self.order_line._o2c_reprice()
        else:
            self.show_update_pricelist = True

    @api.onchange("order_line")
    def _onchange_o2c_order_tier(self):
        """Lines count together in some agreements: one quantity moves other prices."""
        self._o2c_reprice_together()

    def action_o2c_agreed_prices(self):
        """Back to the agreed prices, also where somebody set one by hand."""
        self.ensure_one()
        self.order_line.filtered("o2c_price_manual").action_o2c_agreed_price()

    def _o2c_open_quotes(self):
        """Those whose prices may still move: quotations where billing is live."""
        return self.filtered(
            lambda order: order.state in ("draft", "sent")
            and order.company_id._o2c_mode("billing") == "live"
        )

    def _o2c_reprice_together(self):
        """Ask prices again where a rule looks at the whole order."""
        agreements = self.env["o2c.price.agreement"]
        for order in self._o2c_open_quotes():
            books = agreements._books(order.company_id, order._o2c_buyer())
            if any(book.looks_at_order for book in books):
                lines = order.order_line._o2c_in_a_round()._o2c_by_rules()
                moved = lines.filtered(lambda line: line._o2c_differs_from_rules())
                moved._o2c_reprice()

    def _o2c_price_day(self):
        """The day whose agreements hold, in the time zone of the company.

        The lines say it: core prices the cart of a web shop as of now.
        """
        company = self.company_id or self.env.company
        line = self.order_line[:1]
        moment = line._get_order_date() if line else self.date_order
        moment = moment or fields.Datetime.now()
        return company._o2c_today(moment) if isinstance(moment, datetime) else moment

    def _o2c_buyer(self):
        """What the price policy wants to know of who buys here.

        :return: dict, see ``res.partner._o2c_buyer``
        """
        self.ensure_one()
        return self.partner_id._o2c_buyer(
            self.company_id or self.env.company, self.o2c_subscription_form_id
        )

    def _get_update_prices_lines(self):
        """Prices set by hand stay, where agreed prices apply."""
        lines = super()._get_update_prices_lines()
        if self.company_id._o2c_mode("billing") != "live":
            return lines
        return lines.filtered(lambda line: not line._o2c_by_hand())

    def _recompute_prices(self):
        lines = self._get_update_prices_lines()
        orders = self.with_context(**{KEY: PricingRound(lines.product_id, self)})
        result = super(SaleOrder, orders)._recompute_prices()
        lines._compute_o2c_price_trace()
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
