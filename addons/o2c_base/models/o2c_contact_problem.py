"""One thing that is wrong with the data of a customer or one of his contacts."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: Contacts that a customer's post and mail may go to instead, best first.
PREFERENCE = ("invoice", "contact", "other", "delivery")


class O2cContactProblem(models.Model):
    """A line of a contact data task; closed when somebody mended it."""

    _name = "o2c.contact.problem"
    _description = "Contact Data Problem"
    _order = "task_id, id"
    _rec_name = "problem"

    task_id = fields.Many2one(
        "o2c.contact.task", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="task_id.company_id", store=True, index=True, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        required=True,
        index=True,
        ondelete="cascade",
        help="Whose address or number it is.",
    )
    problem = fields.Selection(
        [
            ("email_missing", "E-mail address missing"),
            ("email_bounced", "E-mail comes back"),
            ("registration_missing", "Registration number missing"),
            ("address_missing", "Postal address incomplete"),
            ("post_returned", "Post comes back"),
            ("phone_wrong", "Phone number does not work"),
            ("einvoice_rejected", "E-invoice refused"),
            ("portal_correction", "Correction from the portal"),
            ("other", "Other"),
        ],
        required=True,
        help="What is wrong.",
    )
    value = fields.Char(
        string="In Our Books",
        compute="_compute_value",
        help="The address or number as we have it now.",
    )
    note = fields.Text(help="What is missing or wrong, and where it was noticed.")
    proposal = fields.Char(
        compute="_compute_proposal",
        help="Another address of this customer that we know already.",
    )
    solved_on = fields.Datetime(
        string="Mended On", readonly=True, help="Empty as long as it is wrong."
    )

    _open_uniq = models.UniqueIndex(
        "(task_id, partner_id, problem) WHERE solved_on IS NULL",
        "This problem is on the task already.",
    )

    @api.depends("problem", "partner_id")
    def _compute_value(self):
        for line in self:
            partner = line.partner_id
            kind = line._kind()
            if kind == "email":
                line.value = partner.email or ""
            elif kind == "phone":
                line.value = partner.phone or partner.commercial_partner_id.phone
            elif kind == "address":
                line.value = partner._o2c_address_line()
            else:
                line.value = partner.commercial_partner_id.company_registry or ""

    def _kind(self):
        """What kind of data the problem is about."""
        self.ensure_one()
        if (self.problem or "").startswith("email"):
            return "email"
        if self.problem in ("address_missing", "post_returned"):
            return "address"
        return "phone" if self.problem == "phone_wrong" else "number"

    @api.depends("problem", "partner_id", "solved_on")
    def _compute_proposal(self):
        for line in self:
            other = line._alternative() if not line.solved_on else False
            if not other:
                line.proposal = False
            elif line._kind() == "email":
                line.proposal = f"{other.email} ({other.display_name})"
            else:
                line.proposal = other._o2c_address_line()

    def _alternative(self):
        """Another contact of the customer with a usable address, or an empty one."""
        self.ensure_one()
        partner = self.partner_id
        kind = self._kind()
        none = partner.browse()
        if kind in ("number", "phone"):
            return none
        customer = partner.commercial_partner_id
        wrong = self.task_id.problem_ids.filtered(
            lambda line: not line.solved_on and line._kind() == kind
        ).partner_id
        others = (customer | customer.child_ids) - wrong - partner
        if kind == "email":
            bad = {one.email_normalized for one in wrong | partner}
            others = others.filtered(
                lambda one: one.email_normalized and one.email_normalized not in bad
            )
        else:
            others = others.filtered(
                lambda one: one.street
                and one.zip
                and one.city
                and (one.street, one.zip) != (partner.street, partner.zip)
            )
        ranks = {name: place for place, name in enumerate(PREFERENCE)}
        return others.sorted(lambda one: (ranks.get(one.type, 9), one.id))[:1]

    def action_take_proposal(self):
        """Use the other address for this contact, and go on."""
        for line in self.filtered(lambda one: not one.solved_on):
            other = line._alternative()
            if not other:
                raise UserError(
                    self.env._("We know no other address. Ask the customer for one.")
                )
            if line._kind() == "email":
                line.partner_id.email = other.email
            else:
                names = ("street", "street2", "zip", "city", "state_id", "country_id")
                line.partner_id.write(
                    line.partner_id._convert_to_write({n: other[n] for n in names})
                )
        self.action_solved()

    def action_solved(self):
        """This was mended: what waits for it goes on."""
        self.check_access("write")
        still = self.filtered(lambda line: not line.solved_on)
        still.write({"solved_on": fields.Datetime.now()})
        still.task_id._close()
        still.task_id.sudo()._mended(still.sudo())
