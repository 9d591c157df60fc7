"""The order line: its price by agreement, and why."""

from odoo import api, fields, models
from odoo.tools import float_compare
from odoo.tools.sql import column_exists, create_column

from .o2c_priced_line import SAME
from .pricing_round import KEY, PricingRound


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
        for line in self._o2c_in_a_round()._o2c_with_pen():
            mode = line._o2c_mode()
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
                    price,
                    mode,
                    line.currency_id,
                    line._o2c_differs_from_rules(),
                    floor=price.floor
                    and line._o2c_with_taxes_of_order(float(price.floor)),
                )

    def _compute_pricelist_item_id(self):
        return super(SaleOrderLine, self._o2c_in_a_round())._compute_pricelist_item_id()

    def _compute_price_unit(self):
        """Core, once for all lines; a price set by hand also stays where it differs by
        less than core looks at."""
        lines = self._o2c_in_a_round()
        if not self.env.context.get("force_price_recomputation"):
            lines -= lines.filtered(
                lambda line: line._o2c_by_hand() and line._o2c_mode() == "live"
            )
        return super(SaleOrderLine, lines)._compute_price_unit()

    def _compute_discount(self):
        return super(SaleOrderLine, self._o2c_in_a_round())._compute_discount()

    @api.model_create_multi
    def create(self, vals_list):
        asked = [self._o2c_as_asked(vals) for vals in vals_list]
        lines = super().create(vals_list)
        given = self.browse().union(
            *(
                line
                for line, vals in zip(lines, vals_list, strict=False)
                if vals.get("price_unit")
            )
        )
        untouched = self.browse().union(
            *(line for line, same in zip(lines, asked, strict=False) if same)
        )
        untouched._o2c_follow_order()
        (given - untouched)._o2c_remember_hand()
        lines.order_id._o2c_reprice_together()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"product_uom_qty", "product_uom_id", "product_id"} & vals.keys():
            self.order_id._o2c_reprice_together()
        return result

    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders.exists()._o2c_reprice_together()
        return result

    def action_o2c_agreed_price(self):
        """Back to the agreed price: what somebody set by hand goes."""
        for order, lines in self.grouped("order_id").items():
            if order.state in ("draft", "sent") and not order.locked:
                lines._o2c_ask_again()

    def _o2c_in_a_round(self):
        """These lines, so that what they have in common is read once."""
        if isinstance(self.env.context.get(KEY), PricingRound):
            return self
        going_on = PricingRound(self.product_id, self.order_id)
        return self.with_context(**{KEY: going_on})

    def _o2c_mode(self):
        """What billing does in the company of the line."""
        return (self.company_id or self.env.company)._o2c_mode("billing")

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

    # What somebody set by hand

    def _o2c_by_hand(self):
        """Is this price somebody's own? Core keeps its own beside it."""
        self.ensure_one()
        own, technical = self.price_unit, self.technical_price_unit
        return bool(float_compare(own, technical, precision_digits=SAME))

    @api.model
    def _o2c_as_asked(self, vals):
        """Does a new line bring the price along that a form asked for it?

        A form sends core's own price beside the price: where they are the same,
        nobody typed one.
        """
        own, technical = vals.get("price_unit"), vals.get("technical_price_unit")
        if not own or not technical:
            return False
        return not float_compare(own, technical, precision_digits=SAME)

    def _o2c_follow_order(self):
        """Ask again what was asked before the order said its customer, form or day."""
        quotes = self.order_id._o2c_open_quotes()
        lines = self.filtered(lambda line: line.order_id in quotes)
        moved = lines.filtered(lambda line: (line.o2c_price_trace or {}).get("manual"))
        moved._o2c_reprice()

    def _o2c_remember_hand(self):
        """A price that came with a new line is somebody's own too, where it is not the
        price by the rules; core takes it for its own and would change it."""
        for line in self.sudo()._o2c_in_a_round():
            if line._o2c_mode() == "live" and (line.o2c_price_trace or {}).get(
                "manual"
            ):
                line.with_context(
                    sale_write_from_compute=True
                ).technical_price_unit = line._o2c_price_by_rules()

    def _o2c_by_rules(self):
        """Lines whose price follows the rules and may still move."""
        return self.filtered(
            lambda line: line._o2c_priced_by_rules()
            and not line.qty_invoiced
            and not line._o2c_by_hand()
        )

    def _o2c_differs_from_rules(self):
        """Is the price of the line another one than the rules give now?"""
        self.ensure_one()
        by_rules = self._o2c_price_by_rules()
        return bool(float_compare(self.price_unit, by_rules, precision_digits=SAME))

    def _o2c_price_by_rules(self):
        """What core would put on the line now, with the taxes of the order in it."""
        line = self.with_company(self.company_id)
        return line._o2c_with_taxes_of_order(line._get_display_price())

    def _o2c_with_taxes_of_order(self, price):
        """A price with the taxes in it that this order has, as core puts it there."""
        return self.product_id._get_tax_included_unit_price_from_price(
            price,
            product_taxes=self.product_id.taxes_id._filter_taxes_by_company(
                self.company_id
            ),
            fiscal_position=self.order_id.fiscal_position_id,
        )

    def _o2c_reprice(self):
        """Ask the prices again that nobody set by hand."""
        self._o2c_by_rules()._o2c_ask_again()

    def _o2c_ask_again(self):
        if not self:
            return
        self.invalidate_recordset(["pricelist_item_id"])
        lines = self._o2c_in_a_round()
        lines.with_context(force_price_recomputation=True)._compute_price_unit()
        lines._compute_discount()
        lines._compute_o2c_price_trace()

    # The price itself

    def _o2c_price(self, base):
        """Ask the agreements.

        :param float base: core's price for this line
        :return: :class:`policy.price.Price`
        """
        self.ensure_one()
        going_on = PricingRound.of(self.env)
        quantity = self.product_uom_qty or 1.0
        key = (self._ids, base, quantity, self.product_id.id, self.product_uom_id.id)
        if key not in going_on.answers:
            company = self.company_id or self.env.company
            going_on.answers[key] = self.env["o2c.price.agreement"]._price(
                self.product_id,
                base,
                quantity=quantity,
                uom=self.product_uom_id,
                day=self.order_id._o2c_price_day(),
                currency=self.currency_id or company.currency_id,
                company=company,
                buyer=going_on.buyer(self.order_id),
                line=self,
            )
        return going_on.answers[key]

    def _o2c_agreed_price(self, base):
        """Core's price, or the agreed one where billing is live."""
        self.ensure_one()
        if self._o2c_mode() != "live" or not self._o2c_priced_by_rules():
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
        trace = self.sudo().o2c_price_trace
        if trace:
            values["o2c_price_trace"] = trace
        return values
