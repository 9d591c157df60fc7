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

    def write(self, vals):
        result = super().write(vals)
        if "price_unit" in vals or "discount" in vals:
            self._o2c_mark_hand()
        elif "quantity" in vals:
            self.filtered(lambda line: line._o2c_follows_rules())._o2c_ask_prices()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._o2c_mark_hand()
        return lines

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
        lines = self._o2c_priced_by_hand()
        going_on = PricingRound(lines.product_id)
        for line in lines.with_context(**{KEY: going_on}):
            move = line.move_id
            company, currency = line.company_id, move.currency_id
            question = {
                "quantity": line.quantity or 1.0,
                "uom": line.product_uom_id or line.product_id.uom_id,
                "currency": currency,
            }
            day = move.invoice_date or company._o2c_today()
            base = move._o2c_pricelist()._get_product_price(
                line.product_id, date=day, o2c_inner=True, **question
            )
            price = self.env["o2c.price.agreement"]._price(
                line.product_id,
                base,
                day=day,
                company=company,
                buyer=move.partner_id._o2c_buyer(company),
                **question,
            )
            line._o2c_take(price)

    def _o2c_take(self, price):
        """Put this price on the line, with the reason."""
        amount = self._o2c_with_taxes_of_move(float(price.amount))
        floor = price.floor and self._o2c_with_taxes_of_move(float(price.floor))
        self.price_unit = amount
        self.o2c_price_trace = {
            **self._o2c_snapshot(
                price, "live", self.move_id.currency_id, False, floor=floor
            ),
            "unit": amount,
        }

    def _o2c_with_taxes_of_move(self, price):
        """A price with the taxes in it that this invoice has."""
        return self.product_id._get_tax_included_unit_price_from_price(
            price,
            product_taxes=self.product_id.taxes_id._filter_taxes_by_company(
                self.company_id
            ),
            fiscal_position=self.move_id.fiscal_position_id,
        )

    def _o2c_mark_hand(self):
        """Say on lines that the rules priced whether somebody chose another price."""
        for line in self:
            trace = line.sudo().o2c_price_trace
            if not trace or "unit" not in trace:
                continue
            manual = not line._o2c_follows_rules()
            if manual != bool(trace.get("manual")):
                line.o2c_price_trace = {**trace, "manual": manual}
