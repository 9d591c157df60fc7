"""Kinds of runs that insight adds."""

from odoo import fields, models


class O2cRun(models.Model):
    _inherit = "o2c.run"

    kind = fields.Selection(
        selection_add=[
            ("key_figures", "Key figures"),
            ("cash_forecast", "Cash forecast"),
            ("provision", "Provision for doubtful debts"),
            ("proof_export", "Export for the auditor"),
            ("ledger_check", "Check of the ledger"),
        ],
        ondelete={
            "key_figures": "cascade",
            "cash_forecast": "cascade",
            "provision": "cascade",
            "proof_export": "cascade",
            "ledger_check": "cascade",
        },
    )
