"""What a person says about a finding: who follows up, or why it is left."""

from odoo import fields, models
from odoo.exceptions import UserError


class O2cFindingHandling(models.TransientModel):
    """Plan a follow-up, or dismiss with a reason."""

    _name = "o2c.finding.handling"
    _description = "Handling of Findings"

    what = fields.Selection(
        [("follow_up", "Plan a follow-up"), ("dismiss", "Dismiss")],
        required=True,
        readonly=True,
    )
    finding_ids = fields.Many2many("o2c.ledger.finding", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Who",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
        help="Gets the case.",
    )
    day = fields.Date(
        string="When",
        default=fields.Date.context_today,
        help="Until this day it is not on the list.",
    )
    action = fields.Char(string="Next Step", help="What will be done, in your words.")
    reason = fields.Char(
        help="For colleagues and the auditor. It stays with the row until it changes."
    )

    def action_apply(self):
        """Do what was chosen."""
        self.ensure_one()
        if self.what == "dismiss":
            if not (self.reason or "").strip():
                raise UserError(self.env._("Say why: a colleague will ask."))
            self.finding_ids._dismiss(self.reason.strip())
        else:
            if not (self.action or "").strip() or not self.user_id or not self.day:
                raise UserError(self.env._("Say who does what, and when."))
            if self.day < fields.Date.context_today(self):
                raise UserError(self.env._("Choose today or a later day."))
            self.finding_ids._follow_up(self.user_id, self.day, self.action.strip())
        return {"type": "ir.actions.client", "tag": "soft_reload"}
