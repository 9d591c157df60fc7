"""The nightly run of the contracts."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("contracts", "Contracts")], ondelete={"contracts": "cascade"}
    )
