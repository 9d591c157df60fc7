"""Why reminders are withdrawn: asked before, kept in the conversation."""

from odoo import fields, models
from odoo.exceptions import UserError


class O2cNoticeWithdrawal(models.TransientModel):
    """A reason, before reminders are taken back."""

    _name = "o2c.notice.withdrawal"
    _description = "Withdrawal of Reminders"

    notice_ids = fields.Many2many(
        "o2c.dunning.notice", string="Reminders", required=True
    )
    reason = fields.Char(required=True)

    def action_apply(self):
        """Withdraw them."""
        self.ensure_one()
        reason = self.reason.strip()
        if not reason:
            raise UserError(self.env._("Say why you withdraw."))
        self.notice_ids._withdraw_because(reason)
