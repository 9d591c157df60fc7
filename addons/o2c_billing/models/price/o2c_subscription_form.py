"""How a customer buys: once, per month, for a year ahead."""

from odoo import fields, models


class O2cSubscriptionForm(models.Model):
    """A form of subscription, chosen on the order; prices can depend on it."""

    _name = "o2c.subscription.form"
    _description = "Subscription Form"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name, used when prices are imported.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: shared by all companies."
    )
    active = fields.Boolean(default=True)
