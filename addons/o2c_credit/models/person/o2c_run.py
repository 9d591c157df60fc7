"""The clean-up of old data of persons is a run like any other."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("person_retention", "Removal of old data of persons")],
        ondelete={"person_retention": "cascade"},
    )
