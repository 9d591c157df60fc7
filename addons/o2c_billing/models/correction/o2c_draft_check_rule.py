"""In words: why a credit note of the queue waits."""

from odoo import api, models

from .account_move import CREDIT


class O2cDraftCheckRule(models.Model):
    _inherit = "o2c.draft.check.rule"

    @api.model
    def _words(self, kind, detail="", grade=""):
        if kind == CREDIT:
            return self.env._("Credit note made by itself")
        return super()._words(kind, detail, grade)
