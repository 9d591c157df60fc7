"""No paper leaves with a code that leads nowhere."""

from odoo import models
from odoo.exceptions import UserError


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Extends account: an invoice with an address that customers cannot open.

        Who downloads it himself in the portal or on a pay page is no print of ours.
        """
        if self.env.user._is_internal() and self._is_invoice_report(report_ref):
            moves = self.env["account.move"].browse(res_ids)
            if problem := moves._o2c_print_problem():
                raise UserError(problem)
        return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
