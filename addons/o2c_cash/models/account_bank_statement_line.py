"""Bank lines: core's own undo is told to our match."""

from odoo import fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    o2c_bank_key = fields.Char(
        string="Key of the Bank",
        readonly=True,
        copy=False,
        help="Tells whether this transaction was imported before.",
    )

    _o2c_bank_key_uniq = models.UniqueIndex(
        "(journal_id, o2c_bank_key) WHERE o2c_bank_key IS NOT NULL",
        "This transaction was imported before.",
    )

    def action_undo_reconciliation(self):
        """Whoever undoes it in core's way: the match is undone as well."""
        result = super().action_undo_reconciliation()
        matches = (
            self.env["o2c.cash.match"]
            .sudo()
            .search([("statement_line_id", "in", self.ids), ("state", "=", "booked")])
        )
        self.env["o2c.counter.account"]._learn(matches, -1)
        for match in matches:
            match._use_specification(used=False)
        matches.write({"state": "undone"})
        return result
