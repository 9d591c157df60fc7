"""How long before its end somebody thinks about an agreement."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_agreement_notice_days = fields.Integer(
        string="Agreements End Within (days)",
        default=60,
        help="So many days before a price agreement ends its owner gets a task, once.",
    )

    _o2c_agreement_notice_check = models.Constraint(
        "CHECK(o2c_agreement_notice_days >= 0)",
        "The number of days before an agreement ends is not negative.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_agreement_notice_days = fields.Integer(
        related="company_id.o2c_agreement_notice_days", readonly=False
    )
