"""The invoice line: the price steps as they were when it was invoiced, and the agreed
price for lines of invoices that are made by hand."""

from odoo import api, models
from odoo.tools import float_compare

from .o2c_priced_line import SAME
from .pricing_round import KEY, PricingRound


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "o2c.priced.line"]

    def _compute_price_unit(self):
        result = super()._compute_price_unit()
        self._o2c_ask_prices()
        return result

    @api.onchange("quantity")
    def _onchange_o2c_quantity(self):
        """Tiers: another quantity can have another price."""
        self.filtered(lambda line: line._o2c_follows_rules())._o2c_ask_prices()

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if any(lines.company_id.mapped("o2c_price_invoices")):
            new = lines.filtered(lambda line: not line.sudo().o2c_price_trace)
            new._o2c_judge_prices(typed=not self.env.su)
        return lines

    def write(self, vals):
        result = super().write(vals)
        if "price_unit" in vals:
            self._o2c_judge_prices(typed=not self.env.su)
            if not self.env.su:
                self._o2c_compare_with_order()
        elif "quantity" in vals:
            self.filtered(lambda line: line._o2c_follows_rules())._o2c_ask_prices()
        return result

    def _o2c_priced_by_hand(self):
        """Lines of customer invoices without an order, where the company wants agreed
        prices on them; what was imported keeps the price it came with."""
        return self.filtered(
            lambda line: line.company_id.o2c_price_invoices
            and line.product_id
            and line.display_type == "product"
            and not line.is_imported
            and not line.sale_line_ids
            and line.move_id.state == "draft"
            and line.move_id.is_sale_document(include_receipts=True)
            and line.company_id._o2c_mode("billing") == "live"
        )

    def _o2c_follows_rules(self):
        """Has this line the price that the rules gave when they were asked?"""
        trace = self.sudo().o2c_price_trace or {}
        given = trace.get("unit")
        return bool(
            given
            and not float_compare(self.price_unit, float(given), precision_digits=SAME)
        )

    def _o2c_ask_prices(self):
        """Give each line the price of the customer's pricelist and agreements."""
        for line, amount, trace in self._o2c_prices_by_rules():
            line.price_unit = amount
            line._o2c_with_pen().o2c_price_trace = trace

    def _o2c_judge_prices(self, typed):
        """Say what the rules give, beside a price that is there already.

        :param bool typed: a colleague wrote the price, so that another one than the
            rules give is a price by hand; what a contract or another system brought
            is not ours to judge
        """
        for line, amount, trace in self._o2c_prices_by_rules():
            manual = bool(float_compare(line.price_unit, amount, precision_digits=SAME))
            if typed or not manual:
                line._o2c_with_pen().o2c_price_trace = {**trace, "manual": manual}

    def _o2c_compare_with_order(self):
        """A colleague wrote another price than the order has: by hand from now on."""
        for line in self.filtered("sale_line_ids"):
            trace, origin = line.sudo().o2c_price_trace, line.sale_line_ids[:1].sudo()
            if not trace or trace.get("mode") != "live":
                continue
            differs = float_compare(
                line.price_unit, origin.price_unit, precision_digits=SAME
            )
            manual = bool(differs or origin.o2c_price_manual)
            if manual != bool(trace.get("manual")):
                line._o2c_with_pen().o2c_price_trace = {**trace, "manual": manual}

    def _o2c_prices_by_rules(self):
        """What the rules give for these lines now.

        :return: (line, price with the taxes of the invoice in it, snapshot) of each
        """
        lines = self._o2c_priced_by_hand()
        going_on = PricingRound(lines.product_id)
        for line in lines.with_context(**{KEY: going_on}):
            price = line._o2c_price_by_rules()
            amount = line._o2c_with_taxes_of_move(float(price.amount))
            floor = price.floor and line._o2c_with_taxes_of_move(float(price.floor))
            currency = line.move_id.currency_id
            trace = line._o2c_snapshot(price, "live", currency, False, floor=floor)
            yield line, amount, {**trace, "unit": amount}

    def _o2c_price_by_rules(self):
        """Ask pricelist and agreements.

        :return: :class:`policy.price.Price`
        """
        self.ensure_one()
        move, company = self.move_id, self.company_id
        question = {
            "quantity": self.quantity or 1.0,
            "uom": self.product_uom_id or self.product_id.uom_id,
            "currency": move.currency_id,
        }
        day = move.invoice_date or company._o2c_today()
        base = (
            move._o2c_pricelist()
            .with_env(self.env)
            ._get_product_price(self.product_id, date=day, o2c_inner=True, **question)
        )
        return self.env["o2c.price.agreement"]._price(
            self.product_id,
            base,
            day=day,
            company=company,
            buyer=move.partner_id._o2c_buyer(company),
            **question,
        )

    def _o2c_with_taxes_of_move(self, price):
        """A price with the taxes in it that this invoice has."""
        return self.product_id._get_tax_included_unit_price_from_price(
            price,
            product_taxes=self.product_id.taxes_id._filter_taxes_by_company(
                self.company_id
            ),
            fiscal_position=self.move_id.fiscal_position_id,
        )
