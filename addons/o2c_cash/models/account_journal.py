"""The bank account: are its lines matched, and how far by themselves?"""

from odoo import fields, models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    o2c_cash_match = fields.Selection(
        [
            ("company", "As the company"),
            ("propose", "Proposals only"),
            ("off", "Not at all"),
        ],
        string="Cash Matching of This Account",
        default="company",
        help="Proposals only: nothing of this account is booked by itself. Not at "
        "all: for an account into which customers do not pay.",
    )
    o2c_bank_last = fields.Json(
        string="Last Statement Taken In",
        readonly=True,
        copy=False,
        groups="o2c_cash.group_cash_clerk",
        help="Number, day and closing balance of the last bank file of this account: "
        "the next one should follow it.",
    )
