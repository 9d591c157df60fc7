"""The credit policy can ask for a look at the drafts of a customer."""

from odoo import api, fields, models


class O2cCreditPolicy(models.Model):
    _inherit = "o2c.credit.policy"

    o2c_draft_check = fields.Boolean(
        string="Check Drafts",
        help="Somebody looks at each invoice of these customers before it is posted.",
    )

    @api.model
    def _asks_for_looks(self):
        """Whether any cell asks for it at all: one small query for a batch."""
        return bool(self.search_count([("o2c_draft_check", "=", True)], limit=1))

    def _carried(self):
        return {**super()._carried(), "default_o2c_draft_check": self.o2c_draft_check}

    def _effects(self):
        effects = super()._effects()
        if self.o2c_draft_check:
            effects.append(
                {
                    "key": "draft_check",
                    "text": self.env._("Drafts are checked"),
                    "tone": "",
                }
            )
        return effects
