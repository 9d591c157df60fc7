"""The tiers of a bonus."""

from odoo import fields, models


class O2cVolumeBonusTier(models.Model):
    """From a volume on, a rate."""

    _name = "o2c.volume.bonus.tier"
    _description = "Bonus Tier"
    _order = "bonus_id, threshold"
    _rec_name = "threshold"

    bonus_id = fields.Many2one(
        "o2c.volume.bonus", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="bonus_id.company_id", store=True, index=True)
    threshold = fields.Float(
        string="From",
        required=True,
        digits=(16, 2),
        aggregator=None,
        help="Turnover or units from which the rate holds; the threshold counts.",
    )
    rate = fields.Float(
        required=True,
        digits=(16, 4),
        aggregator=None,
        help="Percentage of the turnover, or amount per unit.",
    )

    _threshold_uniq = models.Constraint(
        "UNIQUE(bonus_id, threshold)",
        "This bonus has a tier from that volume already. Change that one.",
    )
    _rate_check = models.Constraint(
        "CHECK(threshold >= 0 AND rate >= 0)",
        "Threshold and rate of a tier are not negative.",
    )
