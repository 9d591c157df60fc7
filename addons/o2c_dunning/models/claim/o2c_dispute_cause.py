"""Why an invoice is disputed, and which department has to mend it."""

from odoo import api, fields, models

#: What a customer can choose from; causes of the house refine it.
CAUSES = [
    ("price", "Price"),
    ("quantity", "Quantity"),
    ("quality", "Quality"),
    ("delivery", "Delivery"),
    ("paid", "Already paid"),
    ("address", "Wrong address or reference"),
    ("other", "Other"),
]


class O2cDisputeDepartment(models.Model):
    """Where disputes come from: sales, warehouse, invoicing …"""

    _name = "o2c.dispute.department"
    _description = "Department at Fault"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Answers Disputes",
        domain="[('share', '=', False)]",
        help="Owner of disputes of this department when no rule names somebody.",
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Manager",
        domain="[('share', '=', False)]",
        help="Hears of disputes that are past their deadline.",
    )

    _name_uniq = models.Constraint(
        "UNIQUE(name)", "There is already a department with this name."
    )


class O2cDisputeCause(models.Model):
    """A cause as your house knows it, under one of those that customers choose."""

    _name = "o2c.dispute.cause"
    _description = "Cause of a Dispute"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    code = fields.Selection(
        CAUSES,
        string="For the Customer",
        required=True,
        default="other",
        help="What a customer chooses in the portal. The first cause under each is "
        "taken until somebody refines it.",
    )
    department_id = fields.Many2one(
        "o2c.dispute.department",
        string="Usually at Fault",
        ondelete="restrict",
        help="Where it usually goes wrong; can be changed on the dispute.",
    )
    working_days = fields.Integer(
        string="Answer Within",
        default=10,
        help="Working days within which the customer has an answer.",
    )

    _days_positive = models.Constraint(
        "CHECK(working_days >= 0)", "Working days cannot be negative."
    )

    @api.model
    def _by_code(self, code):
        """The first cause under what a customer chose.

        :return: ``o2c.dispute.cause``; empty when there is none
        """
        return self.sudo().search([("code", "=", code)], limit=1)


class O2cDisputeRoute(models.Model):
    """A rule that says who answers which disputes; the first that fits counts."""

    _name = "o2c.dispute.route"
    _description = "Routing of Disputes"
    _order = "sequence, id"
    _check_company_auto = True

    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: in every company.",
    )
    cause_id = fields.Many2one(
        "o2c.dispute.cause", ondelete="cascade", help="Empty: every cause."
    )
    categ_id = fields.Many2one(
        "product.category",
        string="Product Category",
        ondelete="cascade",
        help="Of a disputed line, or one above it. Empty: every product.",
    )
    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        ondelete="cascade",
        help="Of the invoice. Empty: every team.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Owner",
        required=True,
        domain="[('share', '=', False)]",
        help="Who finds out and answers the customer.",
    )
    manager_id = fields.Many2one(
        "res.users",
        string="Manager",
        domain="[('share', '=', False)]",
        help="Hears of it past the deadline. Empty: the manager of the department.",
    )
    working_days = fields.Integer(
        string="Answer Within",
        help="Working days. Zero: as the cause says.",
    )

    @api.depends("cause_id", "categ_id", "team_id", "user_id")
    def _compute_display_name(self):
        for route in self:
            names = (route.cause_id, route.categ_id, route.team_id)
            what = ", ".join(one.display_name for one in names if one)
            route.display_name = (
                f"{what or self.env._('Everything')} → {route.user_id.name or ''}"
            )
