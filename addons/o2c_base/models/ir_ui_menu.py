"""Menus of parts that the user's company does not use are hidden."""

from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        hidden = super()._load_menus_blacklist()
        # The user's own company, not the active one: core caches menus per user.
        if self.env.user.sudo().company_id.o2c_profile == "reminders":
            for xmlid in ("o2c_base.o2c_credit_menu", "o2c_base.o2c_billing_menu"):
                menu = self.env.ref(xmlid, raise_if_not_found=False)
                if menu:
                    hidden.append(menu.id)
        return hidden
