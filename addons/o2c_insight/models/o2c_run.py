"""Kinds of runs of the key figures."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[("key_figures", "Key figures")],
        ondelete={"key_figures": "cascade"},
    )
