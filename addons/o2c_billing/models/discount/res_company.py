"""How generous the company is with early payment discounts."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_discount_automatic = fields.Boolean(
        string="Book Discounts Taken in Time",
        default=True,
        help="When exactly the discounted amount came in by the last day of the "
        "offer, the discount is booked, with its VAT. What comes later stays open and "
        "is shown.",
    )
    o2c_discount_tolerance_days = fields.Integer(
        string="Days of Grace for Banks",
        help="A payment by bank that comes so many days after the offer still counts "
        "as in time. Online the last day is the last day.",
    )

    _o2c_discount_tolerance = models.Constraint(
        "CHECK(COALESCE(o2c_discount_tolerance_days, 0) BETWEEN 0 AND 31)",
        "The days of grace are between 0 and 31.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_discount_automatic = fields.Boolean(
        related="company_id.o2c_discount_automatic", readonly=False
    )
    o2c_discount_tolerance_days = fields.Integer(
        related="company_id.o2c_discount_tolerance_days", readonly=False
    )
