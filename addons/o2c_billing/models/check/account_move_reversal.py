"""A credit note of what was advanced in the customer's name credits an advance."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def copy(self, default=None):
        copies = super().copy(default)
        if not (default or {}).get("reversed_entry_id"):
            return copies
        for move, reversal in zip(self, copies, strict=True):
            lines = move.invoice_line_ids.sorted(lambda one: (one.sequence, one.id))
            mirror = reversal.invoice_line_ids.sorted(
                lambda one: (one.sequence, one.id)
            )
            if len(lines) != len(mirror):
                continue
            for line, other in zip(lines, mirror, strict=True):
                if line.o2c_pass_through:
                    other.sudo().o2c_pass_through = True
        return copies


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """The invoice that comes instead keeps what was advanced, and its prices."""
        if not is_modify:
            return super().reverse_moves(is_modify)
        pen = self.env["o2c.priced.line"]._o2c_with_pen().env
        return super(AccountMoveReversal, self.with_env(pen)).reverse_moves(is_modify)
