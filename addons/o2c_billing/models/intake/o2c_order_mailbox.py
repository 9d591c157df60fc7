"""The address of a company to which customers mail their orders."""

from odoo import fields, models


class O2cOrderMailbox(models.Model):
    """One per company: what is attached to a mail is read as orders."""

    _name = "o2c.order.mailbox"
    _description = "Order Mailbox"
    _inherit = ["mail.alias.mixin.optional"]
    _order = "company_id, id"

    name = fields.Char(required=True, default=lambda self: self.env._("Orders"))
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        index="btree_not_null",
        help="Looks at what does not go by itself. Empty: the responsible of the "
        "company.",
    )

    _company_uniq = models.Constraint(
        "UNIQUE(company_id)", "This company has an order mailbox already."
    )

    def _alias_get_creation_values(self):
        """A mail to the alias becomes a received order file."""
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("o2c.order.intake")
        if self.id:
            values["alias_defaults"] = {"company_id": self.company_id.id}
        return values
