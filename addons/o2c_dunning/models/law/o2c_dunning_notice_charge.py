"""Interest and cost that a reminder shows: what is owed by then, and nothing else."""

from odoo import models

from odoo.addons.o2c_base.tools.local_form import day_text


class O2cDunningNotice(models.Model):
    _inherit = "o2c.dunning.notice"

    def _charge_figures(self, lang):
        """Extends: interest and cost of the items in it, as far as the law allows.

        Nothing when a rate is not confirmed; no cost before it is owed.
        """
        figures = super()._charge_figures(lang)
        found = self._asked_lines().move_id._o2c_cost_and_interest(self.date)
        if not found or not all(one.sure for one in found.values()):
            return figures
        words = self.with_context(lang=lang).env
        interest = float(sum(one.interest_left for one in found.values()))
        cost = float(sum(one.cost_left for one in found.values()))
        if interest:
            label = words._(
                "Interest up to and including %s",
                day_text(self.env, self.date, lang, long=True),
            )
            figures += [(label, self._wik_money(interest, lang))]
        if cost:
            label = words._("Collection cost")
            figures += [(label, self._wik_money(cost, lang))]
        return figures
