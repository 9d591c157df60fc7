"""How the credit policy talks: how many proposals, from which difference on."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_policy_proposals = fields.Integer(
        string="Limit Proposals a Week",
        default=25,
        help="The policy proposes at most this many other limits in seven days, the "
        "largest differences first. Zero: none.",
    )
    o2c_policy_margin = fields.Float(
        string="Limit Differs More Than (%)",
        default=25.0,
        help="A limit that differs less than this from what the policy advises is left "
        "alone.",
    )
    o2c_sell_more_days = fields.Integer(
        string="No Order For (Days)",
        default=60,
        help="Good customers with room in their limit who ordered nothing for so many "
        "days are on the list Sell More.",
    )

    _o2c_policy_settings_positive = models.Constraint(
        "CHECK(o2c_policy_proposals >= 0 AND o2c_policy_margin >= 0"
        " AND o2c_sell_more_days >= 0)",
        "Numbers of the credit policy cannot be negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_policy_proposals = fields.Integer(
        related="company_id.o2c_policy_proposals", readonly=False
    )
    o2c_policy_margin = fields.Float(
        related="company_id.o2c_policy_margin", readonly=False
    )
    o2c_sell_more_days = fields.Integer(
        related="company_id.o2c_sell_more_days", readonly=False
    )
