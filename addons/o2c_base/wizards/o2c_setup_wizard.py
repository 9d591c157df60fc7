"""Six questions, and the company watches what the add-ons would do."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class O2cSetupWizard(models.TransientModel):
    """Set a company up. It ends in *watch*: nothing leaves the house."""

    _name = "o2c.setup.wizard"
    _description = "Set Up Order to Cash"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        help="The company that starts with order to cash.",
    )
    profile = fields.Selection(
        [("full", "The whole chain"), ("reminders", "Reminders only")],
        string="What will you use?",
        compute="_compute_answers",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    start_date = fields.Date(
        string="From which date?",
        required=True,
        default=fields.Date.context_today,
        help="Deliveries and invoices before this date are left alone until you "
        "decide otherwise.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        string="Who gets what nobody else owns?",
        compute="_compute_answers",
        precompute=True,
        store=True,
        readonly=False,
        required=True,
    )
    segment_id = fields.Many2one(
        "o2c.customer.segment",
        string="Segment of customers without one",
        help="Companies without a segment get this one. Leave empty to set segments "
        "yourself.",
    )

    @api.depends("company_id")
    def _compute_answers(self):
        """What the company answered before stands there already."""
        for wizard in self:
            wizard.profile = wizard.company_id.o2c_profile or "full"
            wizard.responsible_id = (
                wizard.company_id.o2c_responsible_id or self.env.user
            )

    def action_apply(self):
        """Write the answers; every installed part of the scope goes to *watch*."""
        self.ensure_one()
        if not self.env.user.has_group("base.group_system"):
            raise AccessError(
                self.env._("Only an administrator can set up order to cash.")
            )
        self.company_id.write(
            {
                "o2c_profile": self.profile,
                "o2c_responsible_id": self.responsible_id.id,
            }
        )
        for part in self._chosen_parts():
            self._apply_part(part)
        if self.segment_id:
            self._apply_segment()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "o2c_base.o2c_settings_action"
        )

    def _chosen_parts(self):
        """Installed parts that belong to the chosen scope."""
        parts = self.company_id._o2c_parts()
        if self.profile == "reminders":
            return [part for part in parts if part == "dunning"]
        return parts

    def _apply_part(self, part):
        """Hook: set up one part. The floor turns its switch to *watch*.

        :param str part: "credit", "billing", "dunning" or "cash"
        """
        if self.company_id._o2c_mode(part) == "off":
            self.company_id.write(
                {
                    f"o2c_{part}_start_date": self.start_date,
                    f"o2c_{part}_mode": "watch",
                }
            )

    @api.model
    def _customers_without_segment(self, company):
        """Top-level customers that nobody gave a segment."""
        return self.env["res.partner"].search(
            [
                ("o2c_segment_id", "=", False),
                ("parent_id", "=", False),
                ("customer_rank", ">", 0),
                ("company_id", "in", (False, company.id)),
                ("is_company", "=", True),
            ]
        )

    def _apply_segment(self):
        """Give companies without a segment the chosen one."""
        customers = self._customers_without_segment(self.company_id)
        customers.write({"o2c_segment_id": self.segment_id.id})
