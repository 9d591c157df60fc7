"""The months of a bonus, for the list of what to set aside."""

from odoo import fields, models


class O2cVolumeBonusMonth(models.Model):
    """How far a bonus was at the end of each month; written by the night."""

    _name = "o2c.volume.bonus.month"
    _description = "Bonus per Month"
    _order = "bonus_id, month"
    _rec_name = "month"

    bonus_id = fields.Many2one(
        "o2c.volume.bonus", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="bonus_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="bonus_id.partner_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(required=True, help="First day of the month.")
    turnover = fields.Monetary(
        string="Turnover So Far", help="Since the period began.", aggregator="sum"
    )
    accrued = fields.Monetary(string="Earned So Far", aggregator="sum")

    _month_uniq = models.Constraint(
        "UNIQUE(bonus_id, month)", "This month of the bonus is there already."
    )
