"""Somebody is away: who stands in. Roles decide what standing in means."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class O2cAbsence(models.AbstractModel):
    """From the first day up to and including the last, a deputy stands in."""

    _name = "o2c.absence"
    _description = "Absence"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"
    _rec_name = "user_id"
    #: role that who is away and his deputy must have
    _o2c_role = ""

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
    )

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is not before the first."
    )
    _deputy_check = models.Constraint(
        "CHECK(user_id <> deputy_id)", "Nobody is his own deputy."
    )

    @api.constrains("deputy_id", "user_id")
    def _check_roles(self):
        role = self.env.ref(self._o2c_role).sudo()
        for user in self.user_id | self.deputy_id:
            if role not in user.sudo().all_group_ids:
                raise ValidationError(
                    self.env._(
                        "%(name)s has not the role “%(role)s”. Give it first.",
                        name=user.name,
                        role=role.name,
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
        """Hook: who may write these absences down.

        :raises AccessError: who may not
        """
