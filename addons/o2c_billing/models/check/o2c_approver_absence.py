"""An approver is away: who stands in."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...policy.draft_approver import Absence


class O2cApproverAbsence(models.Model):
    """From the first day up to and including the last, a deputy may approve too."""

    _name = "o2c.approver.absence"
    _description = "Absence of an Approver"
    _inherit = ["o2c.absence"]
    _o2c_role = "o2c_base.group_billing_approver"

    deputy_id = fields.Many2one(
        help="Approves with the authority of who is away, beside his own. What either "
        "of them made is approved by somebody else.",
    )

    def _check_who_says_so(self):
        """Nobody takes the authority of another: who is away names his deputy, or a
        third colleague does."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        if any(absence.deputy_id == self.env.user for absence in self):
            raise AccessError(
                self.env._(
                    "Nobody makes himself a deputy. Let the colleague who is away, or "
                    "a third one, name you."
                )
            )

    @api.model
    def _absences(self):
        """All that are not over, as the policy reads them: one query."""
        return [
            Absence(one.user_id.id, one.date_from, one.date_to, one.deputy_id.id)
            for one in self.sudo().search([("date_to", ">=", "today -1d")])
        ]
