"""Why a file comes back: withdrawn by us, or given back by the agency."""

from odoo import fields, models


class O2cFileReason(models.TransientModel):
    """A reason, before the step is taken."""

    _name = "o2c.file.reason"
    _description = "Reason for a Collection File"

    file_id = fields.Many2one("o2c.collection.file", required=True, ondelete="cascade")
    step = fields.Selection(
        [("withdraw", "Withdraw"), ("returned", "Given back")], required=True
    )
    reason = fields.Text(required=True)

    def action_apply(self):
        """Take the step."""
        self.ensure_one()
        if self.step == "withdraw":
            self.file_id._withdraw(self.reason)
        else:
            self.file_id._returned(self.reason)
