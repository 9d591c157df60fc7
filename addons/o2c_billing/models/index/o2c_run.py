"""Kinds of runs of agreements and indexations."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[
            ("indexation", "Indexation"),
            ("indexation_letter", "Letters about indexation"),
            ("agreement", "Agreements that end"),
            ("bonus", "Bonus figures"),
        ],
        ondelete={
            "indexation": "cascade",
            "indexation_letter": "cascade",
            "agreement": "cascade",
            "bonus": "cascade",
        },
    )
