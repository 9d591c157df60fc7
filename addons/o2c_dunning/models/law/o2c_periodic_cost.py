"""Collection cost of periodic terms (Stb. 2024, 44): a reading, not a certainty."""

from odoo import api, fields, models

from ...policy.collection_cost import PeriodicRule
from ...tools.amount import decimal

CERTAINTY = [
    ("confirmed", "Confirmed"),
    ("likely", "Likely"),
    ("uncertain", "Uncertain"),
]


class O2cPeriodicCost(models.Model):
    """Cost of missed terms of one continuing contract, from a date."""

    _name = "o2c.periodic.cost"
    _description = "Cost of Periodic Terms"
    _inherit = "o2c.legal.figure"
    _order = "start desc, id desc"
    _rec_name = "start"

    start = fields.Date(string="Terms From", required=True)
    months = fields.Integer(string="Months Looked Back", required=True, default=6)
    first = fields.Float(string="First Missed Term", required=True, digits=(16, 2))
    following = fields.Float(string="Each Next One", required=True, digits=(16, 2))
    maximum = fields.Float(string="At Most", required=True, digits=(16, 2))
    below = fields.Float(
        string="For Terms Below",
        required=True,
        digits=(16, 2),
        help="Higher terms follow the usual scale.",
    )
    certainty = fields.Selection(CERTAINTY, default="uncertain", required=True)
    source = fields.Char(string="Read In", help="So that somebody can check it.")
    active = fields.Boolean(default=True)

    _amounts_positive = models.Constraint(
        "CHECK(months > 0 AND first >= 0 AND following >= 0 AND maximum >= 0)",
        "Months and amounts are positive.",
    )

    @api.model
    def _signed_fields(self):
        figures = {"months", "first", "following", "maximum", "below"}
        return super()._signed_fields() | figures

    @api.model
    def _rule(self):
        """The newest active rule as the policy reads it, or None."""
        found = self.sudo().search([], limit=1)
        if not found:
            return None
        return PeriodicRule(
            found.start,
            found.months,
            decimal(found.first),
            decimal(found.following),
            decimal(found.maximum),
            decimal(found.below),
        )
