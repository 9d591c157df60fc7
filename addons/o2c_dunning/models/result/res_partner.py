"""Key accounts: customers with whom nothing is tried out."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_key_account = fields.Boolean(
        string="Key Account",
        copy=False,
        groups="o2c_base.group_collector",
        help="Takes no part when other words are tried out on a share of the "
        "customers. Set it on the customer itself, not on his contacts.",
    )
