"""Runs of this add-on: proposing and booking."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("cash", "Cash matching")], ondelete={"cash": "cascade"}
    )
