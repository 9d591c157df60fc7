"""The order line: when a contract charges it, the order does not."""

from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    o2c_contract_line_ids = fields.One2many(
        "o2c.contract.line", "order_line_id", string="Contract Lines"
    )

    def _o2c_is_recurring(self):
        """Is this sold as a contract?"""
        self.ensure_one()
        return bool(
            self.product_id.o2c_contract_period
            and not self.display_type
            and not self.is_downpayment
            and self.company_id._o2c_mode("billing") != "off"
        )

    def _o2c_contract_line(self):
        """Values of the contract line; the discount of the order stays in the price."""
        self.ensure_one()
        product = self.product_id
        return {
            "product_id": product.id,
            "quantity": self.product_uom_id._compute_quantity(
                self.product_uom_qty, product.uom_id
            ),
            "price_unit": self.product_uom_id._compute_price(
                self.price_unit * (1 - self.discount / 100), product.uom_id
            ),
            "period_unit": product.o2c_contract_period,
            "timing": product.o2c_contract_timing or "advance",
            "order_line_id": self.id,
        }

    def _o2c_by_contract(self):
        """Does a contract charge this, so that the order does not?"""
        self.ensure_one()
        return bool(
            self.company_id._o2c_mode("billing") == "live"
            and self.sudo().o2c_contract_line_ids
        )

    def _o2c_charged_when_ordered(self):
        return super()._o2c_charged_when_ordered() and not self._o2c_is_recurring()

    def _o2c_record_deltas(self, source, deltas, key=None, at=None):
        """What a contract charges makes no event when it is delivered."""
        deltas = {
            line: delta
            for line, delta in deltas.items()
            if not line._o2c_is_recurring()
        }
        return super()._o2c_record_deltas(source, deltas, key=key, at=at)

    @api.depends("o2c_contract_line_ids")
    def _compute_qty_to_invoice(self):
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line.qty_to_invoice and line._o2c_by_contract():
                line.qty_to_invoice = 0.0
        return result

    @api.depends("o2c_contract_line_ids")
    def _compute_invoice_status(self):
        result = super()._compute_invoice_status()
        for line in self:
            if line.state == "sale" and line._o2c_by_contract():
                line.invoice_status = "invoiced"
        return result

    @api.depends("o2c_contract_line_ids")
    def _compute_untaxed_amount_to_invoice(self):
        result = super()._compute_untaxed_amount_to_invoice()
        for line in self:
            if line.untaxed_amount_to_invoice and line._o2c_by_contract():
                line.untaxed_amount_to_invoice = 0.0
        return result

    @api.depends("o2c_contract_line_ids")
    def _compute_amount_to_invoice(self):
        result = super()._compute_amount_to_invoice()
        for line in self:
            if line.amount_to_invoice and line._o2c_by_contract():
                line.amount_to_invoice = 0.0
        return result
