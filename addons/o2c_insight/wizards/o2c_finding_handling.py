"""What a person says about a finding: who follows up, or why it is left."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


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
    hint = fields.Char(
        compute="_compute_hint", help="What somebody could say about such a finding."
    )
    reason = fields.Char(
        help="For colleagues and the auditor. It stays with the row until it changes."
    )

    @api.depends("finding_ids.kind")
    @api.depends_context("lang")
    def _compute_hint(self):
        hints = {
            "small": self.env._("The rest follows with the next payment"),
            "credit": self.env._("Kept for the next order, as he asked"),
            "double": self.env._("Two branches of one company"),
            "loose": self.env._("The director calls himself"),
        }
        for one in self:
            kinds = set(one.finding_ids.mapped("kind"))
            one.hint = hints[kinds.pop()] if len(kinds) == 1 else False

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
            told = self.finding_ids._follow_up(
                self.user_id, self.day, self.action.strip()
            )
            return self.finding_ids._tell(
                self.env._(
                    "%(user)s follows up on %(day)s: %(what)s.",
                    user=self.user_id.name,
                    day=format_date(self.env, self.day),
                    what=told,
                )
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
