"""A posted entry of a write-off is matched with its invoice."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _o2c_write_offs(self):
        """Write-offs whose journal entry is among these."""
        entries = self.filtered(lambda move: move.move_type == "entry")
        model = self.env["o2c.write.off"].sudo()
        return model.search([("entry_id", "in", entries.ids)]) if entries else model

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._o2c_write_offs()._entry_posted()
        return posted

    def button_draft(self):
        result = super().button_draft()
        self._o2c_write_offs()._entry_unposted()
        return result
