"""The customer's standing references, per contact or for the whole customer."""

from odoo import fields, models

from .o2c_customer_references import REFERENCES


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_buyer_reference = fields.Char(
        string="Buyer Reference",
        help="Put on every new order and invoice of this customer: the code by which "
        "he routes invoices inside his house.",
    )
    o2c_contract_reference = fields.Char(
        string="Contract Number",
        help="Put on every new order and invoice of this customer.",
    )
    o2c_project_reference = fields.Char(
        string="Project Number",
        help="Put on every new order and invoice of this customer.",
    )
    o2c_cost_centre = fields.Char(
        string="Cost Centre",
        help="Put on every new order and invoice of this customer: where he books it.",
    )

    def _o2c_reference_defaults(self):
        """References of this address; what it does not have comes from the company."""
        self.ensure_one()
        entity = self.commercial_partner_id
        return {name: self[name] or entity[name] for name in REFERENCES}
