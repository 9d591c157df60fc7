"""The invoice line: the price steps as they were when it was invoiced."""

from odoo import models


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "o2c.priced.line"]
