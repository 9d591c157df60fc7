"""The article: is it charged once, or again and again?"""

from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    o2c_contract_period = fields.Selection(
        [
            ("month", "Every month"),
            ("quarter", "Every quarter"),
            ("half", "Every half-year"),
            ("year", "Every year"),
        ],
        string="Recurring",
        help="Sold as a contract: a confirmed order proposes one, with the price of "
        "the order for each of these periods. The contract is invoiced, not the order.",
    )
    o2c_contract_timing = fields.Selection(
        [("advance", "In advance"), ("arrears", "In arrears")],
        string="Charged",
        default="advance",
        help="When the periods of the contract are invoiced.",
    )
