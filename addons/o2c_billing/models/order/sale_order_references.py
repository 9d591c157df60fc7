"""The order: references of the customer, carried to its invoices."""

from odoo import fields, models

from .o2c_customer_references import REFERENCES


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "o2c.customer.references"]

    def _o2c_references_partner(self):
        return self.partner_invoice_id or self.partner_id

    def _o2c_references_depends(self):
        return ("partner_id", "partner_invoice_id")

    def _prepare_invoice(self):
        # texts, never False: core sorts the values by these keys
        return super()._prepare_invoice() | {
            name: self[name] or "" for name in REFERENCES
        }

    def _get_invoice_grouping_keys(self):
        """One document has one set of references: other references, another invoice."""
        return super()._get_invoice_grouping_keys() + list(REFERENCES)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    o2c_cost_centre = fields.Char(
        string="Cost Centre of the Line",
        help="Where the customer books this line, when that differs from the document.",
    )

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.o2c_cost_centre:
            values.setdefault("o2c_cost_centre", self.o2c_cost_centre)
        return values
