"""The credit note that pays a bonus is no turnover for the next one."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    o2c_bonus_settlement_id = fields.Many2one(
        "o2c.bonus.settlement",
        string="Year-end Bonus",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The settlement of a year-end bonus that this document pays.",
    )
