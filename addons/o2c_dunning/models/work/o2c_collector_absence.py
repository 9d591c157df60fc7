"""A collector is away: who works his cases meanwhile."""

from odoo import api, fields, models
from odoo.exceptions import AccessError


class O2cCollectorAbsence(models.Model):
    """From the first day up to and including the last, a deputy has the cases on his
    own list. They stay with their collector, who finds them when he is back."""

    _name = "o2c.collector.absence"
    _description = "Absence of a Collector"
    _inherit = ["o2c.absence"]
    _o2c_role = "o2c_base.group_collector"

    deputy_id = fields.Many2one(
        help="Sees the cases on his own work list and works them.",
    )

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
