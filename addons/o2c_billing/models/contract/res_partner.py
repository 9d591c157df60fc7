"""The customer: his contracts."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_contract_count = fields.Integer(
        string="Number of Contracts",
        compute="_compute_o2c_contract_count",
        groups="o2c_base.group_billing_user,sales_team.group_sale_salesman",
    )

    def _compute_o2c_contract_count(self):
        customers = self.commercial_partner_id
        counts = dict(
            self.env["o2c.contract"]._read_group(
                [("partner_id", "in", customers.ids), ("state", "!=", "ended")],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.o2c_contract_count = counts.get(partner.commercial_partner_id, 0)

    def action_o2c_contracts(self):
        """Open the contracts of this customer, also from one of his contacts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_contract_action"
        )
        customer = self.commercial_partner_id
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
