"""Send a draft back to the one who can mend it."""

from odoo import fields, models
from odoo.exceptions import AccessError


class O2cDraftReturn(models.TransientModel):
    """What is wrong with the draft, and who mends it."""

    _name = "o2c.draft.return"
    _description = "Return Draft"

    move_ids = fields.Many2many(
        "account.move",
        required=True,
        default=lambda self: self.env.context.get("active_ids", []),
    )
    user_id = fields.Many2one(
        "res.users",
        string="To",
        required=True,
        domain=[("share", "=", False)],
        default=lambda self: self._default_user(),
    )
    note = fields.Text(string="What must change?", required=True)

    def _default_user(self):
        moves = self.env["account.move"].browse(self.env.context.get("active_ids", []))
        return (moves.invoice_user_id or moves.company_id.o2c_responsible_id)[:1]

    def action_return(self):
        """The draft waits for its maker; the approver sees it again afterwards."""
        self.ensure_one()
        if not self.env.user.has_group("o2c_base.group_billing_approver"):
            raise AccessError(self.env._("Only a billing approver returns drafts."))
        drafts = self.move_ids.filtered(
            lambda move: move.state == "draft" and move.o2c_check_state == "to_check"
        )
        drafts.write({"o2c_check_state": "returned", "o2c_check_note": self.note})
        for draft in drafts:
            draft.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Draft returned by the approver"),
                note=self.note,
                user_id=self.user_id.id,
            )
        drafts.o2c_event_ids.sudo().write({"user_id": self.user_id.id})
