"""Whether signatures are looked at, and above which amount."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_signatory_mode = fields.Selection(
        [("off", "Off"), ("flag", "Tell"), ("hold", "Hold")],
        string="Who Signs",
        default="off",
        required=True,
        help="Off: signatures are not looked at. Tell: an alert and an internal note "
        "when somebody signs who is not an authorised signatory by the newest report. "
        "Hold: the order waits for a credit controller.",
    )
    o2c_signatory_amount = fields.Monetary(
        string="Look at Signatures Above",
        default=10000.0,
        help="Signatures for this amount or less are never looked at.",
    )

    _o2c_signatory_positive = models.Constraint(
        "CHECK(o2c_signatory_amount >= 0)",
        "The amount above which signatures are looked at cannot be negative.",
    )
