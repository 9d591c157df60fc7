"""Why is this limit refused?"""

from odoo import fields, models


class O2cLimitRefusal(models.TransientModel):
    """Asks the reason; the change itself checks who may refuse."""

    _name = "o2c.limit.refusal"
    _description = "Refuse Limit Changes"

    change_ids = fields.Many2many("o2c.limit.change", string="Changes", required=True)
    reason = fields.Text(required=True, help="Kept with the change, for the proposer.")

    def action_refuse(self):
        """Refuse the changes with this reason."""
        self.ensure_one()
        return self.change_ids.action_refuse(self.reason)
