"""Disputed invoices in the account: what is in dispute is neither late nor asked."""

from decimal import Decimal

from odoo import api, models
from odoo.fields import Domain

from ..policy import dispute_share


class O2cAccountOverview(models.AbstractModel):
    _inherit = "o2c.account.overview"

    @api.model
    def _late_part(self, move, late, disputed):
        """Late amount of an invoice that nobody disputes."""
        left, late, disputed = (
            Decimal(str(value)) for value in (move.amount_residual, late, disputed)
        )
        return move.currency_id.round(
            float(dispute_share.late_and_asked(left, late, disputed))
        )

    @api.model
    def _disputed_moves(self, partner):
        """Open invoices of the customer with a dispute that runs.

        :return: documents that the user may read, dict of invoice id to amount
        """
        amounts = self._disputed(self._whose(partner))
        moves = self.env["account.move"].search(
            self._domain(partner)
            & Domain("id", "in", list(amounts))
            & Domain("amount_residual", ">", 0)
        )
        return moves, amounts

    @api.model
    def _wholly_disputed(self, partner):
        """Ids of invoices of which nothing is asked, because all is in dispute."""
        moves, amounts = self._disputed_moves(partner)
        return moves.filtered(
            lambda move: (
                move.currency_id.compare_amounts(amounts[move.id], move.amount_residual)
                >= 0
            )
        ).ids

    @api.model
    def _disputed_late(self, partner, company, currency):
        """What would be late in an account if it were not in dispute."""
        moves, amounts = self._disputed_moves(partner)
        moves = moves.filtered(
            lambda move: move.company_id == company and move.currency_id == currency
        )
        parts = self._next_parts(moves)
        late = {move: parts[move.id]["late"] for move in moves if move.id in parts}
        return sum(
            amount - self._late_part(move, amount, amounts[move.id])
            for move, amount in late.items()
        )

    @api.model
    def _dispute_text(self, move, disputed):
        """What a dispute means for who looks at the invoice; empty without one."""
        if not disputed:
            return ""
        if move.currency_id.compare_amounts(disputed, move.amount_residual) >= 0:
            return self.env._(
                "This invoice is in dispute. We look into it; you do not have to pay "
                "it meanwhile."
            )
        return self.env._(
            "%s of this invoice is in dispute. We look into it; you do not have to pay "
            "that part meanwhile.",
            self.env["o2c.payment.link"]._money_of(disputed, move.currency_id),
        )
