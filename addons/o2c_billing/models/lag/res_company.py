"""What waiting costs, and what we want it to be."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_internal_rate = fields.Float(
        string="Internal Interest Rate (%)",
        default=8.0,
        help="What money costs the company in a year. It turns days of waiting into an "
        "amount: amount x days x rate / 365.",
    )
    o2c_lag_target = fields.Float(
        string="Target Days to Invoice",
        default=1.0,
        help="From the delivery until the invoice has left. The green line in the "
        "chart.",
    )
    o2c_lag_benchmark = fields.Float(
        string="Others Take (Days)",
        default=3.5,
        help="What companies need on average; in logistics it is 6 to 7 days. The red "
        "line in the chart.",
    )

    _o2c_lag_check = models.Constraint(
        "CHECK(o2c_internal_rate >= 0 AND o2c_lag_target >= 0"
        " AND o2c_lag_benchmark >= 0)",
        "Give rate and days as 0 or more.",
    )
