"""Monitoring is a run like any other."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("credit_watch", "Nightly monitoring")],
        ondelete={"credit_watch": "cascade"},
    )
