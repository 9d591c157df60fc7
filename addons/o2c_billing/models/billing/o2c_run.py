"""The runs of billing."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[
            ("billing", "Billing queue"),
            ("sending", "Sending queue"),
            ("measured", "Measured deliveries"),
        ],
        ondelete={"billing": "cascade", "sending": "cascade", "measured": "cascade"},
    )
