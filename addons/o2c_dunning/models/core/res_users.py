"""Who may act in collecting: one rule, whichever record, button or call it is."""

from odoo import models
from odoo.exceptions import AccessError


class ResUsers(models.Model):
    _inherit = "res.users"

    def _o2c_check_collector(self, manager=False):
        """Collectors act on cases and what belongs to them; what concerns a whole run
        or leaves the house is for their manager.

        :param bool manager: only a collecting manager will do
        :raises AccessError: who has neither role
        """
        self.ensure_one()
        group = "group_collecting_manager" if manager else "group_collector"
        if not self.has_group(f"o2c_base.{group}"):
            raise AccessError(
                self.env._("Only a collecting manager can do this.")
                if manager
                else self.env._("Only collectors can do this.")
            )
