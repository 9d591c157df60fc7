"""Collection agencies, and whether they are in the register."""

from odoo import fields, models

from ...policy.hand_over import Agency, registered


class O2cCollectionAgency(models.Model):
    """A partner that collects for us, with his number in the register (Wki)."""

    _name = "o2c.collection.agency"
    _description = "Collection Agency"
    _inherit = ["mail.thread"]
    _order = "sequence, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        help="The agency, bailiff or lawyer who collects.",
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this company works with the agency. Empty: every company may.",
    )
    register_number = fields.Char(
        string="Number in the Register",
        tracking=True,
        help="Number in the register of collection services of Justis. Without it "
        "nobody may collect from natural persons, sole traders included.",
    )
    registered_from = fields.Date(
        tracking=True, help="First day of the registration. Empty: not known."
    )
    registered_until = fields.Date(
        tracking=True, help="Last day of the registration. Empty: no end is known."
    )
    checked_on = fields.Date(
        string="Register Looked Up On",
        tracking=True,
        help="Day on which somebody looked the number up in the public register.",
    )
    registered = fields.Boolean(
        compute="_compute_registered",
        help="Whether the agency is in the register today, by the dates here.",
    )
    email = fields.Char(related="partner_id.email", string="Agency E-mail")
    phone = fields.Char(related="partner_id.phone", string="Agency Phone")
    note = fields.Text(string="Agreements", help="Rates and how you deliver files.")

    _partner_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(company_id, 0))",
        "This agency is on the list already.",
    )

    def _compute_registered(self):
        today = fields.Date.context_today(self)
        for agency in self:
            agency.registered = registered(agency._policy_agency(), today)

    def _policy_agency(self):
        """The agency as the policy reads it, None when there is none."""
        if not self:
            return None
        self.ensure_one()
        return Agency(
            register_number=self.register_number or "",
            registered_from=self.registered_from or None,
            registered_until=self.registered_until or None,
            checked_on=self.checked_on or None,
        )
