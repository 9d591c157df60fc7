"""What is open in other ledgers, on the statement and in its table."""

from decimal import Decimal

from odoo import api, models


class O2cAccountStatement(models.AbstractModel):
    _inherit = "o2c.account.statement"

    @api.model
    def _memo_rows(self, statement):
        """Open items of other ledgers that the customer may see; none on a statement
        that ends before today: what was open there on another day is not known.

        :param dict statement: of :meth:`_statement`
        """
        company = statement["company"]
        if statement["until"] < company._o2c_today():
            return []
        memos = self.env["o2c.memo.item"].sudo()
        shown = memos._shown(company, statement["partner"], statement["currency"])
        return shown.get(statement["partner"].id, [])

    @api.model
    def _as_table(self, statement):
        """Items of other ledgers stand under the closing balance, in no balance."""
        table = super()._as_table(statement)
        currency = statement["currency"]
        for row in self._memo_rows(statement):
            table.append(
                (
                    row["date"],
                    self.env._("Administration: %s", row["ledger"]),
                    row["number"],
                    "",
                    row["due"],
                    Decimal(f"{row['amount']:.{currency.decimal_places}f}"),
                    "",
                    currency.name,
                )
            )
        return table
