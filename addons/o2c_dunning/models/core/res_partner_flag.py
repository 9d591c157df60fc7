"""The customer: flags that hold reminders back."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_debtor_flag_count = fields.Integer(
        compute="_compute_o2c_debtor_flag_count", groups="o2c_base.group_collector"
    )

    def _compute_o2c_debtor_flag_count(self):
        counts = dict(
            self.env["o2c.debtor.flag"]._read_group(
                [
                    ("partner_id", "in", self.commercial_partner_id.ids),
                    ("in_force", "=", True),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.o2c_debtor_flag_count = counts.get(partner.commercial_partner_id, 0)

    def action_o2c_debtor_flags(self):
        """Flags of this customer, and a place to set one."""
        self.ensure_one()
        customer = self.commercial_partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_dunning.o2c_debtor_flag_action"
        )
        return action | {
            "domain": [("partner_id", "=", customer.id)],
            "context": {"default_partner_id": customer.id},
        }
