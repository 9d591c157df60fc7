"""Sending stops at an invoice whose link customers could not open."""

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _hook_invoice_document_before_pdf_report_render(self, invoice, invoice_data):
        """Extends account: one clear sentence, for this invoice only."""
        result = super()._hook_invoice_document_before_pdf_report_render(
            invoice, invoice_data
        )
        if problem := invoice._o2c_print_problem():
            invoice_data["error"] = {
                "error_title": self.env._("The invoice cannot be printed."),
                "errors": [problem],
            }
        return result
