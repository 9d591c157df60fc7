"""The invoice: under which references of the customer it is sent."""

from odoo import fields, models

from .o2c_customer_references import REFERENCES


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "o2c.customer.references"]

    def _o2c_references_partner(self):
        if not self.is_sale_document(include_receipts=True):
            return self.env["res.partner"]
        return self.partner_id

    def _o2c_references_depends(self):
        return ("partner_id", "move_type")

    def _o2c_printed_references(self):
        """Label and reference of what the customer gave, for his copy on paper."""
        self.ensure_one()
        labels = {
            "o2c_buyer_reference": self.env._("Your reference"),
            "o2c_contract_reference": self.env._("Your contract"),
            "o2c_project_reference": self.env._("Your project"),
            "o2c_cost_centre": self.env._("Your cost centre"),
        }
        return [(labels[name], self[name]) for name in REFERENCES if self[name]]


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    o2c_cost_centre = fields.Char(
        string="Cost Centre of the Line",
        help="Where the customer books this line, when that differs from the document.",
    )
