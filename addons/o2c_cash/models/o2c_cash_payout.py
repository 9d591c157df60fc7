"""Money that we paid back: credit notes, what a customer paid too much, refunds.

Money that left is mostly wages and suppliers, which are not ours to match. So only what
is certain becomes a match; everything else stays as it is, and nothing is said of it.
"""

from odoo import api, models
from odoo.tools import SQL

from ..policy.judge import paid_back
from ..policy.money import CERTAIN
from .o2c_cash_evidence import decimal


class O2cCashMatch(models.Model):
    _inherit = "o2c.cash.match"

    @api.model
    def _payout_values(self, company, rows, receipts):
        """Values of matches for money that certainly went back to a customer.

        :param list rows: ``BankRow`` of money that left and is no storno
        :param dict receipts: proposals for the money that came; a credit that a certain
            one of them counts is not there any more
        """
        if not rows:
            return []
        book, open_rows = self._open_book(company, owed=True)
        taken = {
            share.key: -share.settled
            for proposal in receipts.values()
            if proposal.certainty == CERTAIN
            for share in proposal.shares
            if share.key in book.items
        }
        turned = [row._replace(amount=-row.amount, value=-row.value) for row in rows]
        found = paid_back(self._lines(company, turned, book), book, taken)
        found = self._without_bills(company, turned, found)
        self.browse(
            [row.match_id for row in rows if row.match_id and row.id not in found]
        ).unlink()
        return [
            self._payout_of(company, row, found[row.id], open_rows)
            for row in rows
            if row.id in found
        ]

    @api.model
    def _payout_of(self, company, row, proposal, open_rows):
        values = self._proposal_values(company, row, proposal, open_rows)
        for item in values["items"]:
            item["amount"] = -item["amount"]
        reasons = [["payout", {}], *values["reasons"]]
        return values | {"kind": "payout", "reasons": reasons}

    @api.model
    def _without_bills(self, company, rows, found):
        """Without what may as well be a bill of a customer who supplies us: nothing
        named the credit, and we owe him the same amount as a supplier."""
        named = {"structured", "number", "set_reference"}
        unsure = {
            key: proposal.debtor
            for key, proposal in found.items()
            if not named.intersection(code for code, _facts in proposal.reasons)
        }
        if not unsure:
            return found
        self.env["account.move.line"].flush_model()
        bills = {
            (partner, decimal(amount))
            for partner, amount in self.env.execute_query(
                SQL(
                    """
                    SELECT p.commercial_partner_id, -l.amount_residual_currency
                      FROM account_move_line l
                      JOIN account_account a ON a.id = l.account_id
                      JOIN res_partner p ON p.id = l.partner_id
                     WHERE l.company_id = ANY(%s) AND l.parent_state = 'posted'
                       AND l.reconciled IS NOT TRUE
                       AND a.account_type = 'liability_payable'
                       AND p.commercial_partner_id = ANY(%s)
                    """,
                    self._family(company).ids,
                    list(unsure.values()),
                )
            )
        }
        amounts = {row.id: decimal(row.amount) for row in rows}
        return {
            key: proposal
            for key, proposal in found.items()
            if (unsure.get(key), amounts[key]) not in bills
        }
