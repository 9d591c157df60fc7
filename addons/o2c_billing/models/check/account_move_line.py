"""The invoice line: advanced in the customer's name, or our own turnover."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    o2c_pass_through = fields.Boolean(
        string="Advanced",
        readonly=True,
        help="Advanced in the customer's name, duties at customs for example, and "
        "passed on to him as it was: no turnover of ours.",
    )
