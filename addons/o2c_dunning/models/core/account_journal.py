"""The bank account: are its lines needed to know who has paid?"""

from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    o2c_bank_watch = fields.Selection(
        [
            ("auto", "When it gets statement lines"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        string="Wait for Bank Data",
        default="auto",
        help="Customers are reminded only when the lines of this account are recent "
        "enough (see the settings of collecting). Choose Never for an account into "
        "which customers do not pay.",
    )
