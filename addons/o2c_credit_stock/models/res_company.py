"""How long held goods stay reserved."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_reservation_days = fields.Integer(
        string="Keep Goods Reserved",
        default=5,
        help="Days that an order on hold keeps its goods; after that others may have "
        "them, and they are reserved again when it goes on.",
    )

    _o2c_reservation_days_positive = models.Constraint(
        "CHECK(o2c_reservation_days >= 0)",
        "Days of reservation cannot be negative: use 0 to give goods free at once.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_reservation_days = fields.Integer(
        related="company_id.o2c_reservation_days", readonly=False
    )
