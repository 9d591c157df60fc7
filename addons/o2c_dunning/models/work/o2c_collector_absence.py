"""A collector is away: who works his cases meanwhile."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class O2cCollectorAbsence(models.Model):
    """From the first day up to and including the last, a deputy has the cases on his
    own list. They stay with their collector, who finds them when he is back."""

    _name = "o2c.collector.absence"
    _description = "Absence of a Collector"
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
        help="Sees the cases on his own work list and works them.",
    )

    _dates_check = models.Constraint(
        "CHECK(date_from <= date_to)", "The last day is not before the first."
    )
    _deputy_check = models.Constraint(
        "CHECK(user_id <> deputy_id)", "Nobody is his own deputy."
    )

    @api.constrains("deputy_id", "user_id")
    def _check_collectors(self):
        for absence in self:
            for user in (absence.user_id, absence.deputy_id):
                if not user.has_group("o2c_base.group_collector"):
                    raise ValidationError(
                        self.env._(
                            "%s is no collector. Give that role first.", user.name
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

    @api.ondelete(at_uninstall=False)
    def _unlink_except_own(self):
        self._check_who_says_so()

    def _check_who_says_so(self):
        """A collector speaks for himself; a manager for everybody."""
        manager = self.env.user.has_group("o2c_base.group_collecting_manager")
        if self.env.su or manager:
            return
        if any(absence.user_id != self.env.user for absence in self):
            raise AccessError(
                self.env._(
                    "You can only say when you are away yourself. Ask a collecting "
                    "manager for somebody else."
                )
            )

    @api.model
    def _away(self, day):
        """Who is away on a day.

        :return: dict of user id to the ids of his deputies
        """
        away = {}
        absences = self.sudo().search(
            [("date_from", "<=", day), ("date_to", ">=", day)]
        )
        for absence in absences:
            away.setdefault(absence.user_id.id, set()).add(absence.deputy_id.id)
        return away

    @api.model
    def _works_for(self, user, day):
        """Whose cases are on somebody's list on a day: his own, and those of the
        colleagues he stands in for.

        :return: list of user ids, his own first
        """
        others = {
            away for away, deputies in self._away(day).items() if user.id in deputies
        }
        return [user.id, *sorted(others - {user.id})]
