"""The customer: segment, shared by all his contacts."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_segment_id = fields.Many2one(
        "o2c.customer.segment",
        string="Segment",
        index="btree_not_null",
        ondelete="restrict",
        help="Which kind of customer this is. It decides the tone of reminders, the "
        "credit policy and how figures are grouped.",
    )
    o2c_contact_task_ids = fields.One2many(
        "o2c.contact.task",
        "partner_id",
        groups="o2c_base.group_credit_controller,o2c_base.group_billing_user,"
        "o2c_base.group_collector",
    )
    o2c_contact_task_count = fields.Integer(compute="_compute_o2c_contact_task_count")

    @api.depends_context("allowed_company_ids")
    def _compute_o2c_contact_task_count(self):
        counts = dict(
            self.env["o2c.contact.task"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.ids),
                    ("company_id", "in", self.env.companies.ids),
                    ("state", "=", "open"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.o2c_contact_task_count = counts.get(partner.sudo()._origin, 0)

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_segment_id"]

    def action_o2c_contact_tasks(self):
        """Open what is wrong with this customer's contact data."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_base.o2c_contact_task_action"
        )
        return action | {"domain": [("partner_id", "=", self.id)]}
