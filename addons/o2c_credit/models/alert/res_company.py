"""What a company finds worth an alert."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_digest = fields.Boolean(
        string="Daily Mail With New Alerts",
        default=True,
        help="One mail a day to each colleague who owns new alerts, only when there is "
        "something new and only while credit is live.",
    )
    o2c_report_months = fields.Integer(
        string="A Report Is Old After",
        default=12,
        help="Months after which the newest report of a customer who owes or orders is "
        "too old. 0: never.",
    )
    o2c_watch_over_days = fields.Integer(
        string="Propose a Limit After",
        default=14,
        help="Days over the limit after which another limit is proposed: lower with a "
        "bad or worse grade, higher with a good one. A person decides.",
    )

    _o2c_watch_settings_positive = models.Constraint(
        "CHECK(o2c_report_months >= 0 AND o2c_watch_over_days >= 0)",
        "Months and days of monitoring cannot be negative.",
    )
