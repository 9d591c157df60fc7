"""The company's G-account, and how much of an invoice goes there."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_blocked_bank_id = fields.Many2one(
        "res.partner.bank",
        string="G-Account",
        domain="[('partner_id', '=', partner_id)]",
        help="The blocked account (G-rekening) that hirers of your people pay a part "
        "of the invoice to, against their liability for wage tax and VAT.",
    )
    o2c_blocked_percent = fields.Float(
        string="Share for the G-Account (%)",
        default=25.0,
        help="Of the amount with VAT. 25 % where you have the certificate of the "
        "Stichting Normering Arbeid.",
    )
    o2c_blocked_percent_reverse = fields.Float(
        string="Share When VAT Is Reverse-Charged (%)",
        default=20.0,
        help="Of the amount of an invoice without VAT because it is reverse-charged.",
    )

    _o2c_blocked_range = models.Constraint(
        "CHECK(o2c_blocked_percent BETWEEN 0 AND 100 "
        "AND o2c_blocked_percent_reverse BETWEEN 0 AND 100)",
        "The share for the G-account is between 0 and 100 percent.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_blocked_bank_id = fields.Many2one(
        related="company_id.o2c_blocked_bank_id", readonly=False
    )
    o2c_blocked_percent = fields.Float(
        related="company_id.o2c_blocked_percent", readonly=False
    )
    o2c_blocked_percent_reverse = fields.Float(
        related="company_id.o2c_blocked_percent_reverse", readonly=False
    )
