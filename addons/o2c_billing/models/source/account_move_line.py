"""The file that a booking belongs to."""

from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    o2c_dossier = fields.Char(
        string="Dossier",
        help="The file or declaration for which this was paid or charged. Fill it in "
        "on the bill of what you advance, and you see what was never charged on.",
    )

    def _check_edi_line_tax_required(self):
        """What was advanced in the customer's name rightly carries no VAT."""
        return super()._check_edi_line_tax_required() and not self.o2c_pass_through
