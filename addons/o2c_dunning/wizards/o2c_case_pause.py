"""Pause a case: until when, and why."""

from odoo import fields, models
from odoo.exceptions import UserError


class O2cCasePause(models.TransientModel):
    """No reminders for a while, with a reason colleagues can read."""

    _name = "o2c.case.pause"
    _description = "Pause a Case"

    case_id = fields.Many2one("o2c.dunning.case", required=True, ondelete="cascade")
    until = fields.Date(
        string="No Reminders Until",
        required=True,
        default=lambda self: fields.Date.add(fields.Date.context_today(self), days=7),
        help="The last day without reminders.",
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Pause the case."""
        self.ensure_one()
        if self.until < self.case_id.company_id._o2c_today():
            raise UserError(self.env._("Choose a day from today on."))
        self.case_id._pause(self.until, self.reason)
