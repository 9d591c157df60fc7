"""Whether this customer agreed to the payment term."""

from odoo import fields, models

from .res_company import TERM_AGREED


class ResPartner(models.Model):
    _inherit = "res.partner"

    o2c_term_agreed = fields.Selection(
        TERM_AGREED,
        string="Payment Term Is",
        company_dependent=True,
        groups="o2c_base.group_collector,o2c_base.group_credit_controller",
        help="Decides when this customer is in default. Empty: as the settings say. A "
        "payment agreement goes before it. Set it on the customer, not on contacts.",
    )
