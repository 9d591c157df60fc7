"""What was settled of a bonus: the first credit note and its corrections."""

from odoo import api, fields, models


class O2cBonusSettlement(models.Model):
    """One document per bonus and number, by a unique key; only the program writes."""

    _name = "o2c.bonus.settlement"
    _description = "Bonus Settlement"
    _order = "bonus_id, number"

    bonus_id = fields.Many2one(
        "o2c.volume.bonus", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="bonus_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="bonus_id.partner_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    number = fields.Integer(
        required=True,
        aggregator=None,
        help="1 is the credit note at the end of the period, later ones correct it.",
    )
    date = fields.Date(required=True, help="When it was worked out.")
    turnover = fields.Monetary(help="Turnover of the period as it was that day.")
    earned = fields.Monetary(help="The whole bonus as it was that day.")
    amount = fields.Monetary(
        help="What this document settles, without VAT; negative is taken back."
    )
    parts = fields.Json(help="The amount per set of taxes.")
    move_id = fields.Many2one(
        "account.move",
        string="Document",
        index="btree_not_null",
        ondelete="set null",
        help="The draft or posted credit note; empty when it was deleted.",
    )
    move_state = fields.Selection(related="move_id.state", string="Status")

    _number_uniq = models.Constraint(
        "UNIQUE(bonus_id, number)", "This bonus was settled already."
    )

    @api.depends("bonus_id", "number")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.bonus_id.name} / {one.number}"
