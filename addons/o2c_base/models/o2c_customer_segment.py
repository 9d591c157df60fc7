"""Which kind of customer this is, as people see it."""

from odoo import fields, models


class O2cCustomerSegment(models.Model):
    """A kind of customer, set by people: it decides tone, policy and reports."""

    _name = "o2c.customer.segment"
    _description = "Customer Segment"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Short fixed name that policies and ladders refer to, such as sme.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    natural_person = fields.Boolean(
        help="Customers of this segment are natural persons: consumer law applies "
        "and decisions about them are proposed to a person, never taken alone.",
    )
    public_body = fields.Boolean(
        help="Customers of this segment are public bodies: a payment term of 30 days "
        "and e-invoices are the rule.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(code)", "A segment with this code already exists. Choose another code."
    )
