"""The customer: segment, shared by all his contacts."""

from odoo import api, fields, models

#: Field of a contact to the problems that a new value solves.
MENDS = {
    "email": ("email_missing", "email_bounced"),
    "street": ("address_missing", "post_returned"),
    "zip": ("address_missing", "post_returned"),
    "city": ("address_missing", "post_returned"),
    "phone": ("phone_wrong",),
    "company_registry": ("registration_missing",),
    "peppol_endpoint": ("registration_missing", "einvoice_rejected"),
}


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
                    ("partner_id", "in", self.commercial_partner_id.ids),
                    ("company_id", "in", self.env.companies.ids),
                    ("state", "=", "open"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            customer = partner.sudo().commercial_partner_id._origin
            partner.o2c_contact_task_count = counts.get(customer, 0)

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["o2c_segment_id"]

    def action_o2c_contact_tasks(self):
        """Open what is wrong with this customer's contact data."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_base.o2c_contact_task_action"
        )
        return action | {"domain": [("partner_id", "=", self.commercial_partner_id.id)]}

    def _o2c_address_line(self):
        """The postal address in one line; empty when there is none."""
        self.ensure_one()
        lines = self._display_address(without_company=True).splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())

    def write(self, vals):
        result = super().write(vals)
        if MENDS.keys() & vals.keys():
            self._o2c_mended_by(vals)
        return result

    def _o2c_mended_by(self, vals):
        """New contact data solves what was wrong with the old."""
        kinds = {
            kind for name, kinds in MENDS.items() if name in vals for kind in kinds
        }
        lines = (
            self.env["o2c.contact.problem"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", (self | self.child_ids).ids),
                    ("problem", "in", list(kinds)),
                    ("solved_on", "=", False),
                ]
            )
        )
        lines.filtered(
            lambda line: line._kind() != "email" or line.partner_id.email
        ).filtered(
            lambda line: (
                line._kind() != "address"
                or line.partner_id.street
                and line.partner_id.zip
                and line.partner_id.city
            )
        ).action_solved()

    @api.model
    def _o2c_place(self, vals_list):
        """Put records about customers where the debt is: at the commercial entity of
        who is named, and at the head company. One query for all of them.

        :param list vals_list: values to create, changed in place
        """
        partners = self.browse(
            {vals["partner_id"] for vals in vals_list if vals.get("partner_id")}
        )
        debtors = {one.id: one.commercial_partner_id.id for one in partners}
        companies = self.env["res.company"]
        for vals in vals_list:
            vals["partner_id"] = debtors.get(vals.get("partner_id"), False)
            company = companies.browse(vals.get("company_id")) or self.env.company
            vals["company_id"] = company.root_id.id
