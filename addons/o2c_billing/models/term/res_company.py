"""The company itself: is it large?"""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    o2c_large = fields.Boolean(
        string="We Are a Large Company",
        help="Two of three: more than 25 million assets, more than 50 million "
        "turnover, 250 people or more. A large seller may agree on more than 30 days "
        "with a large customer.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    o2c_large = fields.Boolean(related="company_id.o2c_large", readonly=False)
