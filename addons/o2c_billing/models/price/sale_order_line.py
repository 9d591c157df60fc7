"""The order line: its price by agreement, and why."""

from datetime import datetime

from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "o2c.priced.line"]

    o2c_price_trace = fields.Json(
        compute="_compute_o2c_price_trace", store=True, precompute=True
    )

    def _auto_init(self):
        # Lines that exist already keep no trace: nothing is computed at install.
        if not column_exists(self.env.cr, self._table, "o2c_price_trace"):
            create_column(self.env.cr, self._table, "o2c_price_trace", "jsonb")
        return super()._auto_init()

    @api.depends("product_id", "product_uom_id", "product_uom_qty", "price_unit")
    def _compute_o2c_price_trace(self):  # pylint: disable=missing-return
        for line in self:
            mode = (line.company_id or self.env.company)._o2c_mode("billing")
            if not line._o2c_priced_by_rules():
                line.o2c_price_trace = False
            elif mode == "off":
                line.o2c_price_trace = line.o2c_price_trace or False
            elif line.qty_invoiced > 0:
                # Core does not reprice what is invoiced; its reason stands.
                line.o2c_price_trace = line.o2c_price_trace
            else:
                price = line._o2c_price(
                    super(SaleOrderLine, line)._get_pricelist_price()
                )
                line.o2c_price_trace = line._o2c_snapshot(
                    price, mode, line.currency_id, line._o2c_set_by_hand()
                )

    def _o2c_core_price(self):
        """What the price would be without agreements."""
        return super()._get_pricelist_price()

    def _o2c_priced_by_rules(self):
        """Can an agreement say anything about this line?"""
        self.ensure_one()
        return bool(
            self.product_id
            and self.product_uom_id
            and not self.display_type
            and not self.is_downpayment
            and not self.combo_item_id
            and self.product_type != "combo"
            and not self.is_expense
            and not self._is_global_discount()
        )

    def _o2c_set_by_hand(self):
        """Did a person, or whoever made the line, choose another price?"""
        self.ensure_one()
        line = self.with_company(self.company_id)
        by_rules = line.product_id._get_tax_included_unit_price_from_price(
            line._get_display_price(),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(
                line.company_id
            ),
            fiscal_position=line.order_id.fiscal_position_id,
        )
        currency = line.currency_id or line.company_id.currency_id
        return bool(currency.compare_amounts(line.price_unit, by_rules))

    def _o2c_price(self, base):
        """Ask the agreements.

        :param float base: core's price for this line
        :return: :class:`policy.price.Price`
        """
        self.ensure_one()
        company = self.company_id or self.env.company
        moment = self._get_order_date() or fields.Datetime.now()
        return self.env["o2c.price.agreement"]._price(
            self.product_id,
            base,
            quantity=self.product_uom_qty or 1.0,
            uom=self.product_uom_id,
            day=company._o2c_today(moment) if isinstance(moment, datetime) else moment,
            currency=self.currency_id or company.currency_id,
            company=company,
            buyer=self.order_id._o2c_buyer(),
        )

    def _o2c_agreed_price(self, base):
        """Core's price, or the agreed one where billing is live."""
        self.ensure_one()
        company = self.company_id or self.env.company
        if company._o2c_mode("billing") != "live" or not self._o2c_priced_by_rules():
            return base
        price = self._o2c_price(base)
        return float(price.amount) if price.agreed else base

    def _get_pricelist_kwargs(self):
        return {**super()._get_pricelist_kwargs(), "o2c_inner": True}

    def _get_pricelist_price(self):
        return self._o2c_agreed_price(super()._get_pricelist_price())

    def _get_pricelist_price_before_discount(self):
        """An agreed price is net: core shows no discount beside it."""
        before = super()._get_pricelist_price_before_discount()
        core = super()._get_pricelist_price()
        agreed = self._o2c_agreed_price(core)
        return before if agreed == core else agreed

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.o2c_price_trace:
            values["o2c_price_trace"] = self.o2c_price_trace
        return values
