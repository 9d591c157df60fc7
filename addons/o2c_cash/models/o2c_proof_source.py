"""Sheets of the auditor's export: bank lines that were booked, and by whom."""

from odoo import api, models
from odoo.fields import Domain


class O2cProofSource(models.AbstractModel):
    _inherit = "o2c.proof.source"

    @api.model
    def _sheets(self, company, first, last):
        period = (company, first, last)
        decided = self._touched("o2c.cash.match", "date decided_at", *period)
        return [
            *super()._sheets(company, first, last),
            self._record_sheet(
                "bank_lines",
                self.env._("Bank lines"),
                "o2c.cash.match",
                decided & Domain("state", "!=", "proposed"),
                "date company_id debtor_id amount currency_id text state certainty "
                "explanation write_off automatic decided_by_id decided_at",
            ),
            self._record_sheet(
                "cash_approvals",
                self.env._("Approval of matching"),
                "o2c.cash.approval",
                self._touched("o2c.cash.approval", "approved_at", *period),
                "approved_at company_id user_id note",
            ),
        ]
