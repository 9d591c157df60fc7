"""Kinds of runs of the key figures and the cash forecast."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[
            ("key_figures", "Key figures"),
            ("cash_forecast", "Cash forecast"),
        ],
        ondelete={"key_figures": "cascade", "cash_forecast": "cascade"},
    )
