"""What the customer wants on his invoices, and how he wants them."""

from odoo import api, fields, models

from ...policy import channel as policy
from .o2c_sending_preference import WAYS


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_order_reference_required = fields.Boolean(
        string="Order Number Required",
        help="Invoices without the customer's own order number are not sent: they wait "
        "until somebody fills it in.",
    )
    o2c_sending_preference_ids = fields.One2many(
        "o2c.sending.preference",
        "partner_id",
        groups="o2c_base.group_billing_user",
    )

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_order_reference_required"]

    def write(self, vals):
        result = super().write(vals)
        chosen = "invoice_sending_method" in vals
        if chosen and not self.env.context.get("o2c_from_preference"):
            self._o2c_follow_method(vals["invoice_sending_method"])
        return result

    def _o2c_follow_method(self, method):
        """Somebody chose another way in Odoo's own field: the preference follows."""
        rows = (
            self.env["o2c.sending.preference"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "=", self.env.company.id),
                ]
            )
        )
        [way] = policy.of_method(method)
        if way == policy.HAND:
            way = policy.PORTAL
        for row in rows:
            same = method == policy.to_method(
                row._ways(), row.company_id._o2c_methods()
            )
            if way not in row._ways() and not same:
                row.write({name: one == way for name, one in WAYS.items()})

    def action_o2c_sending_preference(self):
        """How this customer or address wants its documents: the row, or a new one."""
        self.ensure_one()
        preference = self.env["o2c.sending.preference"].search(
            [("partner_id", "=", self.id), ("company_id", "=", self.env.company.id)]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_billing.o2c_sending_preference_action"
        )
        ways = policy.of_method(
            self.commercial_partner_id.with_company(
                self.env.company
            ).invoice_sending_method
        )
        defaults = {f"default_{name}": way in ways for name, way in WAYS.items()}
        return action | {
            "views": [(False, "form")],
            "res_id": preference.id,
            "target": "new",
            "context": {"default_partner_id": self.id, **defaults},
        }
