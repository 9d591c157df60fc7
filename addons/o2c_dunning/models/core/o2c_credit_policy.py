"""The credit policy also decides how a customer is reminded."""

from odoo import fields, models


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    o2c_dunning_ladder_id = fields.Many2one(
        "o2c.dunning.ladder",
        string="Reminder Ladder",
        ondelete="set null",
        check_company=True,
        help="How customers in this row are reminded. Empty: the ladder of their "
        "segment, else the company's default.",
    )
