"""Collection agencies, and whether they are in the register."""

from odoo import api, fields, models
from odoo.exceptions import UserError

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
    new_name = fields.Char(
        string="Name",
        store=False,
        help="Fill this in when the agency is no contact yet: it is made one.",
    )
    new_email = fields.Char(
        string="E-mail", store=False, help="Where the new agency gets its files."
    )
    new_phone = fields.Char(string="Phone", store=False, help="Of the new agency.")
    note = fields.Text(string="Agreements", help="Rates and how you deliver files.")

    _partner_uniq = models.UniqueIndex(
        "(partner_id, COALESCE(company_id, 0))",
        "This agency is on the list already.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Who may add an agency may add it as a contact too, and nothing else."""
        self.check_access("create")
        plain = []
        for values in vals_list:
            values = dict(values)
            name, email, phone = (
                (values.pop(f"new_{field}", None) or "").strip()
                for field in ("name", "email", "phone")
            )
            if not values.get("partner_id"):
                if not name:
                    raise UserError(
                        self.env._("Choose the agency, or fill in its name.")
                    )
                values["partner_id"] = self._new_contact(name, email, phone).id
            plain.append(values)
        return super().create(plain)

    @api.model
    def _new_contact(self, name, email, phone):
        """The contact of a new agency; called with the authority checked."""
        contacts = self.env["res.partner"].sudo()
        return contacts.create(
            {"name": name, "email": email, "phone": phone, "is_company": True}
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
