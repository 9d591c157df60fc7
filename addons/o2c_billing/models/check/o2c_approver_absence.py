"""An approver is away: who stands in."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...policy.draft_approver import Absence


class O2cApproverAbsence(models.Model):
    """From the first day up to and including the last, a deputy may approve too."""

    _name = "o2c.approver.absence"
    _description = "Absence of an Approver"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    user_id = fields.Many2one(
        "res.users",
        string="Away",
        required=True,
        index=True,
        tracking=True,
        domain="[('share', '=', False)]",
        default=lambda self: self.env.user,
        ondelete="cascade",
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    date_to = fields.Date(
        string="Until",
        required=True,
        index=True,
        tracking=True,
        help="The last day, included.",
    )
    deputy_id = fields.Many2one(
        "res.users",
        string="Deputy",
        required=True,
        tracking=True,
        domain="[('share', '=', False)]",
        ondelete="cascade",
        help="Approves with the authority of who is away, beside his own. What either "
        "of them made is approved by somebody else.",
    )

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is not before the first."
    )
    _deputy_check = models.Constraint(
        "CHECK(user_id <> deputy_id)", "Nobody is his own deputy."
    )

    @api.constrains("deputy_id", "user_id")
    def _check_approvers(self):
        for absence in self:
            for user in (absence.user_id, absence.deputy_id):
                if not user.has_group("o2c_base.group_billing_approver"):
                    raise ValidationError(
                        self.env._(
                            "%(name)s is no billing approver. Give that role first.",
                            name=user.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        absences = super().create(vals_list)
        absences._check_who_says_so()
        return absences

    def write(self, vals):
        self._check_who_says_so()
        result = super().write(vals)
        self._check_who_says_so()
        return result

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
